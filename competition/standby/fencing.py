"""Two laptops, one event: the one with the lower generation turns read-only.

A generation is proven by a MAC under the competition's salt, which only a copy of the file has: so
no tablet and no stranger can stop a server by naming a high number. Equal numbers, begun apart, go
by the generation's random bits.
"""

import hmac
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import Any, TypedDict

from competition.network import reaches_others
from competition.standby import wire
from db import DatabaseError, Store, Transaction, competitions, events, heads, rounds
from db import standbys as rows

EVERY = timedelta(seconds=3)
"""How often a server asks the other laptop for its generation."""
PATIENCE = 2.0


def salt(tx: Transaction, owner: str) -> bytes:
    """The competition's secret salt; empty before its first event."""
    kept = tx.value("SELECT salt FROM salts WHERE competition_id = :c", c=owner)
    return bytes.fromhex(kept) if kept else b""


def mac(tx: Transaction, owner: str, said: str) -> str:
    """A proof that says a text and that only a copy of the file can make; empty without a salt."""
    key = salt(tx, owner)
    return hmac.new(key, said.encode(), "sha256").hexdigest() if key else ""


def proof_of(tx: Transaction, owner: str) -> str:
    """The present generation with its proof, ``3-9f1c2ab4de5607a8.<64 signs>``."""
    head = heads.last(tx, owner)
    if head is None:
        return ""
    return f"{head.generation}.{mac(tx, owner, _said(owner, head.generation))}"


def _said(owner: str, generation: str) -> str:
    return f"generation {owner} {generation}"


def order(generation: str) -> tuple[int, str]:
    """Sorts generations: by number, then by the random bits."""
    number, _, bits = generation.partition("-")
    return (int(number) if number.isascii() and number.isdigit() else 0), bits


def higher(tx: Transaction, owner: str, proof: str) -> str:
    """The generation of a proof if it is true and higher than the file's; else empty."""
    generation, _, shown = proof[:200].partition(".")
    head = heads.last(tx, owner)
    if head is None or order(generation) <= order(head.generation):
        return ""
    right = mac(tx, owner, _said(owner, generation))
    return generation if right and hmac.compare_digest(shown.encode(), right.encode()) else ""


def meet(store: Store, owner: str | None, proof: str) -> bool:
    """Take what a tablet or the other laptop shows; a true, higher generation ends this server.

    Returns
    -------
    bool
        Whether the file is superseded.
    """
    if store.superseded or not owner or not proof:
        return bool(store.superseded)
    with store.reading() as tx:
        generation = higher(tx, owner, proof)
    if generation:
        store.supersede(generation)
    return bool(generation)


def answer_to(tx: Transaction, owner: str, generation: str, question: str) -> str:
    """What only a copy of the file can say to a page's question, made in a generation."""
    return mac(tx, owner, f"answer {generation} {question}")


def told(store: Store, owner: str, *, above: str = "", question: str = "") -> dict[str, Any]:
    """What a server says of its generation: the event, empty for one that it has not.

    Parameters
    ----------
    above, question : str
        The question of a page, and the generation it was made in. One that serves a lower
        generation, or no longer serves, leaves it without an answer.
    """
    with store.reading() as tx:
        if competitions.find(tx, owner) is None:
            return {"event": "", "generation": "", "serves": False, "answer": ""}
        proof, serves = proof_of(tx, owner), not store.superseded
        may = serves and bool(question) and order(above) <= order(proof.partition(".")[0])
        answer = answer_to(tx, owner, above, question) if may else ""
        return {"event": owner, "generation": proof, "serves": serves, "answer": answer}


def others(tx: Transaction, owner: str) -> tuple[str, ...]:
    """Every address of the two paired laptops; none where no standby is paired."""
    paired = rows.in_state(tx, owner, "paired")
    addresses = [one for row in paired for one in f"{row['first']} {row['second']}".split()]
    return tuple(dict.fromkeys(addresses))


def paired_addresses(store: Store) -> frozenset[str]:
    """Every address of a laptop that was ever paired: an open pad may be any one's page."""
    with store.reading() as tx:
        offers = rows.all_offers(tx)
    return frozenset(one for row in offers for one in f"{row['first']} {row['second']}".split())


class Elsewhere(TypedDict):
    """Where a page goes on when its server is silent: both laptops, and the generation here."""

    event: str
    addresses: list[str]
    generation: str


def elsewhere(store: Store, owner: str | None) -> Elsewhere | None:
    """The two laptops of a competition; None where no second one is paired."""
    if owner is None:
        return None
    with store.reading() as tx:
        addresses, head = others(tx, owner), heads.last(tx, owner)
    reaching = [one for one in addresses if reaches_others(one)]
    if not reaching or head is None:
        return None
    return {"event": owner, "addresses": reaching, "generation": head.generation}


def of_round(store: Store, round_id: str) -> Elsewhere | None:
    """As `elsewhere`, for a screen that shows one round."""
    with store.reading() as tx:
        row = rounds.find(tx, round_id)
    return elsewhere(store, row["competition_id"] if row else None)


def second_addresses(store: Store) -> tuple[str, ...]:
    """Where the second laptop is reached."""
    with store.reading() as tx:
        paired = [
            row for one in competitions.all_of(tx) for row in rows.in_state(tx, one["id"], "paired")
        ]
    return tuple(one for row in paired for one in row["second"].split())


def look(store: Store) -> bool:
    """Ask the other laptop once for its generation; one that is silent changes nothing.

    Returns
    -------
    bool
        Whether one is paired.
    """
    with store.reading() as tx:
        asked = [
            (address, row["id"])
            for row in competitions.all_of(tx)
            for address in others(tx, row["id"])
        ]
    if not asked:
        return False
    with ThreadPoolExecutor(len(asked)) as pool:
        for (_, owner), proof in zip(asked, pool.map(partial(_ask, store), asked), strict=True):
            meet(store, owner, proof)
    return True


def _ask(store: Store, asked: tuple[str, str]) -> str:
    """The proof that an address answers with; empty where it does not."""
    address, owner = asked
    path = f"/standby/generation?event={owner}"
    authority = wire.authority_beside(store.path)
    try:
        answer = wire.ask(address, path, authority=authority, patience=PATIENCE)
    except (OSError, HTTPException, ValueError, wire.FirstRefused):
        return ""
    return str(answer.get("generation", ""))


class Watch:
    """Asks the other laptops again and again, on a separate thread.

    Parameters
    ----------
    stores : callable
        Gives the stores that this process serves now.
    care : callable, optional
        Called each time before they are asked.
    """

    def __init__(
        self,
        stores: Callable[[], Sequence[Store]],
        *,
        care: Callable[[], object] = lambda: None,
    ) -> None:
        self._stores, self._care, self._over = stores, care, threading.Event()
        self._alone: dict[Path, int] = {}
        self._thread = threading.Thread(target=self._run, daemon=True, name="fencing")
        self._thread.start()

    def stop(self) -> None:
        """Ask no more; returns once nothing is being asked."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(EVERY.total_seconds()):
            self._care()
            with suppress(DatabaseError):
                self.step()

    def step(self) -> None:
        """Ask for each store of which a laptop is paired, or in which something has changed."""
        stores = self._stores()
        numbers = events.last_numbers(stores)
        for store in stores:
            number = numbers.get(store.path)
            if number is None or self._alone.get(store.path) == number:
                continue
            with suppress(DatabaseError):
                if not look(store):
                    self._alone[store.path] = number
