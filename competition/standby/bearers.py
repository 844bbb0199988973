"""A tablet's sign-in at the other laptop: a token that a copy of the file can check.

The tablet's cookie belongs to the first laptop's address, and no script can read it. So the pad
gets a token, a MAC over its sign-in under the competition's salt, and shows it to the second one.
"""

import hmac
from datetime import datetime
from typing import TypedDict

from competition.errors import SignInNeeded
from competition.network import reaches_others
from competition.sign_ins import visitor_behind
from competition.standby.fencing import answer_to, mac, others, proof_of
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, people

LONGEST = 300


class Second(TypedDict):
    """What a pad knows of the two laptops.

    Attributes
    ----------
    addresses : list of str
        Both laptops', whichever serves now.
    bearer : str
        The token for whichever is not the page's own.
    proof : str
        The present generation with its proof, which the pad shows with each request.
    question, answer : str
        What the pad asks another laptop before it shows its token there, and the right answer.
    """

    addresses: list[str]
    bearer: str
    proof: str
    question: str
    answer: str


def second_of(store: Store, who: Visitor) -> Second | None:
    """What a signed-in judge's pad gets; None where no second laptop is paired."""
    owner = who.competition_id
    if owner is None or who.seat_hash is None or "judge" not in who.roles:
        return None
    with store.reading() as tx:
        addresses = others(tx, owner)
        row = people.sign_in(tx, who.seat_hash)
        if not addresses or row is None:
            return None
        said = _said(row["id_hash"], row["person_id"], row["link_id"])
        proof, question = proof_of(tx, owner), mac(tx, owner, f"asks {said}")
        return {
            "addresses": [one for one in addresses if reaches_others(one)],
            "bearer": f"{said}.{mac(tx, owner, said)}",
            "proof": proof,
            "question": question,
            "answer": answer_to(tx, owner, proof.partition(".")[0], question),
        }


def _said(id_hash: str, person_id: str, link_id: str) -> str:
    return f"{id_hash}.{person_id}.{link_id}"


def who_bears(store: Store, bearer: str, *, at: datetime) -> Visitor:
    """The person behind a token of `second_of`.

    A sign-in that came after the last copy is written down here, where its link is known.

    Raises
    ------
    SignInNeeded, Replaced, LinkExpired
        As `sign_ins.who_is`.
    """
    parts = bearer[:LONGEST].split(".")
    if len(parts) != 4:
        raise SignInNeeded
    id_hash, person_id, link_id, shown = parts
    with store.reading() as tx:
        person = people.find(tx, person_id)
        right = (
            mac(tx, person["competition_id"], _said(id_hash, person_id, link_id)) if person else ""
        )
        if not right or not hmac.compare_digest(shown.encode(), right.encode()):
            raise SignInNeeded
    know_sign_in(store, id_hash, person_id, link_id, at=at)
    return visitor_behind(store, id_hash, at=at)


def know_sign_in(store: Store, id_hash: str, person_id: str, link_id: str, *, at: datetime) -> None:
    """Write a proven sign-in down that came after the last copy; raises as `who_bears`."""
    with store.reading() as tx:
        is_known = people.sign_in(tx, id_hash) is not None
    if not is_known:
        with store.writing() as tx:
            _write_down(tx, id_hash, person_id, link_id, at)


def _write_down(tx: Transaction, id_hash: str, person_id: str, link_id: str, at: datetime) -> None:
    link = people.link(tx, link_id)
    if link is None or link["person_id"] != person_id or link["revoked_at"] is not None:
        raise SignInNeeded
    if people.sign_in(tx, id_hash) is not None:
        return
    people.add_sign_in(
        tx,
        {
            "id_hash": id_hash,
            "person_id": person_id,
            "link_id": link_id,
            "device": "",
            "lang": "zh",
            "created_at": stamp(at),
            "last_seen": stamp(at),
            "former": None,
        },
    )
