"""Changes of the list after a new version: those that still apply are asked again, one by one.

A signature was given on one certificate and goes to no other. So a change of an earlier version is
shown with its reason, entered again or dropped with a reason, and signed again by two people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import acting_on
from competition.countersigning import in_force
from competition.errors import Missing
from competition.ids import mint
from competition.results.certification import Certificate, latest_certified
from competition.results.deciding import MAIN, prize_of, require_open
from competition.results.prizes import prize_groups
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction, people, publications, snapshots


@dataclass(frozen=True)
class Carried:
    """A signed change of an earlier version that the newest one does not make needless.

    Attributes
    ----------
    version : int
        The certificate it was signed for.
    before : str or None
        The prize that the newest scores give; None where they give none.
    is_answered : bool
        Whether a change of this entrant was entered on, or dropped from, the newest certificate.
    """

    id: str
    version: int
    entrant_id: str
    place: str
    county: str
    before: str | None
    prize: str | None
    reason: str
    entered_by: str
    confirmed_by: str
    is_answered: bool


def carried_changes(store: Store, who: Visitor, round_id: str) -> tuple[Carried, ...]:
    """The changes of earlier versions that still apply to the newest certificate."""
    with store.reading() as tx:
        require_read(tx, who, "award_list", round_id)
        return carried(tx, round_id, latest_certified(tx, round_id))


def carried(tx: Transaction, round_id: str, certificate: Certificate) -> tuple[Carried, ...]:
    """Inside a read: the same."""
    content = certificate["content"]
    groups = prize_groups(content)
    prizes = {None, *(group.name for group in groups if group.kind in MAIN)}
    lines = {line["entrant_id"]: line for line in content["entrants"]}
    answered = {row["entrant_id"] for row in publications.list_changes(tx, certificate["id"])}
    return tuple(
        Carried(
            id=row["id"],
            version=version,
            entrant_id=entrant_id,
            place=lines[entrant_id]["village"] or lines[entrant_id]["township"],
            county=lines[entrant_id]["county"],
            before=prize_of(groups, entrant_id),
            prize=row["prize"],
            reason=row["reason"],
            entered_by=people.name_of(tx, row["entered_by"]),
            confirmed_by=people.name_of(tx, row["confirmed_by"]),
            is_answered=entrant_id in answered,
        )
        for entrant_id, version, row in _last_signed(tx, round_id, certificate["version"])
        if entrant_id in lines
        and row["prize"] in prizes
        and prize_of(groups, entrant_id) != row["prize"]
    )


def _last_signed(
    tx: Transaction, round_id: str, below: int
) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
    """Each entrant's change in the last version that has any, where it was signed there."""
    seen: set[str] = set()
    for snapshot in reversed(snapshots.of_round(tx, round_id)):
        if snapshot["version"] >= below:
            continue
        rows = publications.list_changes(tx, snapshot["id"])
        signed = {row["entrant_id"]: row for row in in_force(rows)}
        for entrant_id in dict.fromkeys(row["entrant_id"] for row in rows):
            if entrant_id not in seen and entrant_id in signed:
                yield entrant_id, snapshot["version"], signed[entrant_id]
            seen.add(entrant_id)


def carry_over(store: Store, who: Visitor, change_id: str, *, at: datetime) -> None:
    """Enter a change of an earlier version again, with its reason; another person signs.

    Raises
    ------
    Missing
        If the change does not apply to the newest certificate.
    """
    _answer(store, who, "enter_list_change", change_id, at=at)


def drop_carried(store: Store, who: Visitor, change_id: str, *, reason: str, at: datetime) -> None:
    """Leave a change of an earlier version behind, with a reason."""
    _answer(store, who, "withdraw_list_change", change_id, reason, at=at)


EVENT = {
    "enter_list_change": "list_change_entered",
    "withdraw_list_change": "list_change_withdrawn",
}


def _answer(
    store: Store,
    who: Visitor,
    name: str,
    change_id: str,
    dropped: str | None = None,
    *,
    at: datetime,
) -> None:
    with acting_on(store, who, name, publications.list_change, change_id, what="change", at=at) as (
        act,
        tx,
        row,
    ):
        certificate = latest_certified(tx, row["round_id"])
        changes = [one for one in carried(tx, row["round_id"], certificate) if one.id == change_id]
        if not changes:
            raise Missing(what="change")
        if changes[0].is_answered:
            return act.unchanged()
        require_open(tx, certificate["id"])
        why = None if dropped is None else fields.reason(dropped)
        answer = {
            "id": mint(),
            "round_id": row["round_id"],
            "snapshot_id": certificate["id"],
            "entrant_id": row["entrant_id"],
            "prize": row["prize"],
            "reason": row["reason"],
            "entered_by": who.person_id,
            **({} if why is None else {"withdrawn_reason": why}),
        }
        tx.put("list_changes", answer)
        act.record(EVENT[name], row["entrant_id"], reason=why or row["reason"])
