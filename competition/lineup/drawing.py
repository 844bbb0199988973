"""The running order: entered from a physical draw, or drawn from a seed sealed beforehand."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from competition import typed
from competition.acting import acting, changed
from competition.errors import BadFields, Blank, Duplicate, Missing, Refused
from competition.lineup.errors import AlreadyDrawn, ListChanged, NotSealed, WrongCount, WrongSeed
from competition.rights import require_read
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, setup
from db import entrants as rows
from db import rounds as round_rows
from db.canonical import canonical, sha256
from db.shapes import RoundRow

LAST_NUMBER = 9999
_BETWEEN = re.compile(r"[\s,;\u3001\u53f7]+")
"""What may stand between pasted numbers: blanks, line ends, commas, the sign of a number."""


def set_order(
    store: Store, who: Visitor, round_id: str, numbers: Mapping[str, str], *, at: datetime
) -> None:
    """Enter the numbers of a physical draw, whole: entrant's id to what was typed, or blank.

    Raises
    ------
    BadFields
        Field is the entrant's id: `BadWhole` for what is no number, `Duplicate` for every
        entrant that shares its number with another.
    """
    form = typed.Typed(numbers)
    reader = typed.optional_whole(1, LAST_NUMBER)
    with acting(store, who, "set_order", round_id, at=at) as (act, tx):
        places = {place["id"]: place for place in rows.in_round(tx, round_id)}
        if numbers.keys() - places.keys():
            raise Missing(what="entrant")
        read = {entrant_id: form.read(entrant_id, reader, None) for entrant_id in numbers}
        whole = {key: place["number"] for key, place in places.items()} | read
        taken: dict[int, list[str]] = {}
        for entrant_id, number in whole.items():
            if number is not None:
                taken.setdefault(number, []).append(entrant_id)
        for number, holders in taken.items():
            for holder in holders if len(holders) > 1 else ():
                form.refuse(holder, Duplicate(what=str(number)))
        form.done()
        put_numbers(tx, round_id, whole)
        act.record("order_set")


def set_pasted_order(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_ids: Sequence[str],
    text: str,
    *,
    at: datetime,
) -> None:
    """Enter the numbers of a physical draw from one text: one for each entrant, in this order.

    Raises
    ------
    BadFields
        Field is ``numbers``: `WrongCount` for more or fewer numbers than entrants, else the first
        refusal of `set_order`.
    """
    numbers = [number for number in _BETWEEN.split(typed.plain(text)) if number]
    try:
        if len(numbers) != len(entrant_ids):
            raise WrongCount(have=len(numbers), of=len(entrant_ids))
        set_order(store, who, round_id, dict(zip(entrant_ids, numbers, strict=True)), at=at)
    except BadFields as error:
        raise BadFields({"numbers": next(iter(error.problems.values()))}) from error
    except WrongCount as error:
        raise BadFields({"numbers": error}) from error


def number_by_code(store: Store, who: Visitor, round_id: str, *, at: datetime) -> None:
    """Number the entrants of a round 1, 2, 3 … by their codes: a desk review needs no draw."""
    with acting(store, who, "set_order", round_id, at=at) as (act, tx):
        places = sorted(rows.in_round(tx, round_id), key=lambda e: (e["code"], e["title"]))
        put_numbers(tx, round_id, {e["id"]: n for n, e in enumerate(places, start=1)})
        act.record("order_set")


def seal_draw(store: Store, who: Visitor, round_id: str, *, seed: str, at: datetime) -> str:
    """Seal a seed before the draw: its SHA-256 is kept and returned, the seed itself is not.

    Parameters
    ----------
    seed : str
        One half from the organizer, one from the supervisor, written one after the other.
    """
    with acting(store, who, "seal_draw", round_id, at=at) as (act, tx):
        draw = setup.draw(tx, round_id)
        if draw is not None and draw["drawn_at"]:
            raise AlreadyDrawn
        hashed = sha256(_seed(seed))
        tx.put(
            "draws",
            {
                "round_id": round_id,
                "seed_hash": hashed,
                "list_hash": _list_hash(tx, round_id),
                "sealed_at": stamp(act.at),
                "seed": None,
                "drawn_at": None,
            },
        )
        act.record("draw_sealed")
    return hashed


def draw_order(store: Store, who: Visitor, round_id: str, *, seed: str, at: datetime) -> None:
    """Draw the order from the sealed seed: session by session, by ascending SHA-256.

    What is hashed is the JSON array [competition id, round id, seed, entrant id] without
    spaces, in UTF-8 and NFC; anyone can repeat it.

    Raises
    ------
    NotSealed, AlreadyDrawn, WrongSeed
    ListChanged
        If entrants or sessions are not those of when the seed was sealed.
    """
    with acting(store, who, "draw_order", round_id, at=at) as (act, tx):
        sealed = setup.draw(tx, round_id)
        if sealed is None:
            raise NotSealed
        if sealed["drawn_at"]:
            raise AlreadyDrawn
        text = _seed(seed)
        if sha256(text) != sealed["seed_hash"]:
            raise WrongSeed
        if _list_hash(tx, round_id) != sealed["list_hash"]:
            raise ListChanged
        put_numbers(tx, round_id, _drawn(tx, act.round, text))
        tx.put("draws", changed(sealed, seed=text, drawn_at=stamp(act.at)))
        act.record("order_drawn")


def draw_at_once(store: Store, who: Visitor, round_id: str, *, seed: str, at: datetime) -> None:
    """Seal a seed and draw from it in one act: for a rehearsal, where nothing was sealed before.

    Raises
    ------
    AlreadyDrawn
    """
    with store.writing():
        seal_draw(store, who, round_id, seed=seed, at=at)
        draw_order(store, who, round_id, seed=seed, at=at)


def draw_view(store: Store, who: Visitor, round_id: str) -> dict[str, Any] | None:
    """The sealed draw of a round: ``seed_hash, sealed_at, seed, drawn_at, is_current``."""
    with store.reading() as tx:
        require_read(tx, who, "people", round_id)
        draw = setup.draw(tx, round_id)
        if draw is None:
            return None
        current = bool(draw["drawn_at"]) or _list_hash(tx, round_id) == draw["list_hash"]
        return {**draw, "is_current": current}


def ticket(competition_id: str, round_id: str, seed: str, entrant_id: str) -> str:
    """The SHA-256 that gives an entrant's place in the draw."""
    text = canonical([competition_id, round_id, seed, entrant_id])
    return sha256(unicodedata.normalize("NFC", text))


def _drawn(tx: Transaction, round_row: RoundRow, seed: str) -> dict[str, int | None]:
    sessions = {s["id"]: s["position"] for s in round_rows.sessions(tx, round_row["id"])}
    places = sorted(
        rows.in_round(tx, round_row["id"]),
        key=lambda e: (
            sessions.get(e["session_id"] or "", 0),
            ticket(round_row["competition_id"], round_row["id"], seed, e["id"]),
        ),
    )
    return {entrant["id"]: number for number, entrant in enumerate(places, start=1)}


def _seed(typed_seed: str) -> str:
    text = unicodedata.normalize("NFC", typed_seed).strip()
    if not text:
        problem: Refused = Blank(field="seed")
        raise BadFields({"seed": problem})
    return text


def _list_hash(tx: Transaction, round_id: str) -> str:
    pairs = sorted([e["id"], e["session_id"] or ""] for e in rows.in_round(tx, round_id))
    return sha256(canonical(pairs))


def put_numbers(tx: Transaction, round_id: str, numbers: Mapping[str, int | None]) -> None:
    """Inside an act: set these numbers; a number may pass from one entrant to another."""
    stored = {e["id"]: rows.place(tx, round_id, e["id"]) for e in rows.in_round(tx, round_id)}
    changing = {
        key: place
        for key, place in stored.items()
        if place is not None and key in numbers and place["number"] != numbers[key]
    }
    for place in changing.values():
        if place["number"] is not None:
            tx.put("round_entrants", changed(place, number=None))
    for key, place in changing.items():
        if numbers[key] is not None:
            tx.put("round_entrants", changed(place, number=numbers[key]))
