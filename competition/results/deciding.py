"""建议名单 and 审定名单: what scores say, and what was decided, changed with reason by two people.

Scores, ranks and the certificate stay as they are; a change only moves an entrant to another
prize, into the list or out of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import acting, acting_on
from competition.countersigning import confirmed, confirmed_by, in_force, state_of, withdrawn
from competition.errors import BadInput, NothingChanged, WrongState
from competition.ids import mint
from competition.lineup.entrants import require_place
from competition.results.certificates import CertificateContent
from competition.results.certification import latest_certified
from competition.results.prizes import Prized, PrizeGroup, Reason, prize_groups
from competition.results.standing_lines import CertifiedLine
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction, people, publications

OUT = ""
MAIN = ("prize", "list", "shortlist")


@dataclass(frozen=True)
class ListChange:
    """A change of the list.

    Attributes
    ----------
    prize : str or None
        Name of the prize it moves to; None out of the list.
    before : str or None
        The prize that scores give; None where they give none.
    state : str
        waiting, confirmed or withdrawn.
    """

    id: str
    entrant_id: str
    place: str
    county: str
    before: str | None
    prize: str | None
    reason: str
    entered_by: str
    entered_by_id: str
    confirmed_by: str
    state: str


@dataclass(frozen=True)
class Lists:
    """Both lists of a certificate, its entrants, and the changes from one list to the other."""

    suggested: tuple[PrizeGroup, ...]
    decided: tuple[PrizeGroup, ...]
    changes: tuple[ListChange, ...]
    entrants: tuple[CertifiedLine, ...]
    is_decided: bool


def enter_list_change(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    prize: str | None,
    *,
    reason: str,
    at: datetime,
) -> str:
    """Enter that an entrant was given another prize, or none; it counts once signed again.

    Raises
    ------
    WrongState
        If the list was decided already.
    NothingChanged
        If the entrant has that prize as it is.
    BadInput
        If the list has no such prize.
    """
    with acting(store, who, "enter_list_change", round_id, at=at) as (act, tx):
        certificate = latest_certified(tx, round_id)
        require_open(tx, certificate["id"])
        require_place(tx, round_id, entrant_id)
        content = certificate["content"]
        groups = groups_in_force(tx, certificate["id"], content)
        names = [group.name for group in groups if group.kind in MAIN]
        if prize is not None and prize not in names:
            raise BadInput(field="prize", value=prize[:20])
        if prize_of(groups, entrant_id) == prize:
            raise NothingChanged
        row = {
            "id": mint(),
            "round_id": round_id,
            "snapshot_id": certificate["id"],
            "entrant_id": entrant_id,
            "prize": prize,
            "reason": fields.reason(reason),
            "entered_by": who.person_id,
        }
        tx.put("list_changes", row)
        act.record("list_change_entered", entrant_id, reason=str(row["reason"]))
    return str(row["id"])


def confirm_list_change(store: Store, who: Visitor, change_id: str, *, at: datetime) -> None:
    """Sign a change that another person entered."""
    with acting_on(
        store, who, "confirm_list_change", publications.list_change, change_id, what="change", at=at
    ) as (act, tx, row):
        if confirmed_by(row, who):
            return act.unchanged()
        require_open(tx, row["snapshot_id"])
        tx.put("list_changes", confirmed(row, who))
        act.record("list_change_confirmed", row["entrant_id"], reason=row["reason"])


def withdraw_list_change(
    store: Store, who: Visitor, change_id: str, *, reason: str, at: datetime
) -> None:
    """Take a change back, with a reason; the row stays."""
    with acting_on(
        store,
        who,
        "withdraw_list_change",
        publications.list_change,
        change_id,
        what="change",
        at=at,
    ) as (act, tx, row):
        require_open(tx, row["snapshot_id"])
        tx.put("list_changes", withdrawn(row, reason))
        act.record("list_change_withdrawn", row["entrant_id"], reason=fields.reason(reason))


def require_open(tx: Transaction, snapshot_id: str) -> None:
    """Refuse to change a list that was decided."""
    if "decided" in publications.of_snapshot(tx, snapshot_id):
        raise WrongState(before="decided", after="decided")


def lists(store: Store, who: Visitor, round_id: str) -> Lists:
    """Both lists of the newest certificate."""
    with store.reading() as tx:
        require_read(tx, who, "award_list", round_id)
        certificate = latest_certified(tx, round_id)
        content, key = certificate["content"], certificate["id"]
        suggested = prize_groups(content)
        rows = publications.list_changes(tx, key)
        return Lists(
            suggested=suggested,
            decided=decided_groups(content, in_force(rows)),
            changes=tuple(_view(tx, content, suggested, row) for row in rows),
            entrants=tuple(sorted(content["entrants"], key=lambda one: one["number"] or 0)),
            is_decided="decided" in publications.of_snapshot(tx, key),
        )


def groups_in_force(
    tx: Transaction, snapshot_id: str, content: CertificateContent
) -> tuple[PrizeGroup, ...]:
    """Inside a read: the prizes of a certificate after the changes that two people signed."""
    return decided_groups(content, in_force(publications.list_changes(tx, snapshot_id)))


def awarded_groups(
    tx: Transaction, snapshot_id: str, content: CertificateContent
) -> tuple[PrizeGroup, ...]:
    """Inside a read: what is handed over; once the list was changed its order says nothing."""
    groups = groups_in_force(tx, snapshot_id, content)
    if not in_force(publications.list_changes(tx, snapshot_id)):
        return groups
    return tuple(
        replace(group, unordered=True) if group.kind in MAIN else group for group in groups
    )


def decided_groups(
    content: CertificateContent, changes: Sequence[Mapping[str, Any]]
) -> tuple[PrizeGroup, ...]:
    """The prizes after the signed changes, one after another; pure."""
    groups = list(prize_groups(content))
    lines = {line["entrant_id"]: line for line in content["entrants"]}
    for change in changes:
        line = lines[change["entrant_id"]]
        entry = Prized(line["county"], Reason("decided", line["rank"], key=change["reason"]), line)
        groups = [_moved(group, entry, change["prize"]) for group in groups]
    return tuple(groups)


def _moved(group: PrizeGroup, entry: Prized, prize: str | None) -> PrizeGroup:
    if group.kind not in MAIN or entry.line is None:
        return group
    rest = tuple(
        one for one in group.members if one.line is None or one.line["code"] != entry.line["code"]
    )
    return replace(group, members=(*rest, entry) if group.name == prize else rest)


def prize_of(groups: Sequence[PrizeGroup], entrant_id: str) -> str | None:
    """The prize of the list that an entrant gets; None where it gets none."""
    for group in groups:
        if group.kind in MAIN:
            ids = [one.line["entrant_id"] for one in group.members if one.line is not None]
            if entrant_id in ids:
                return group.name
    return None


def _view(
    tx: Transaction,
    content: CertificateContent,
    suggested: Sequence[PrizeGroup],
    row: Mapping[str, Any],
) -> ListChange:
    line = next(one for one in content["entrants"] if one["entrant_id"] == row["entrant_id"])
    return ListChange(
        id=row["id"],
        entrant_id=row["entrant_id"],
        place=line["village"] or line["township"],
        county=line["county"],
        before=prize_of(suggested, row["entrant_id"]),
        prize=row["prize"],
        reason=row["reason"],
        entered_by=people.name_of(tx, row["entered_by"]),
        entered_by_id=row["entered_by"],
        confirmed_by=people.name_of(tx, row["confirmed_by"]),
        state=state_of(row),
    )
