"""A judge's sheets: marks recorded as tapped, submitted when complete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from competition import fields
from competition.blind import told_reason
from competition.errors import (
    Absent,
    BadInput,
    Missing,
    NotAssigned,
    Recused,
    SheetIncomplete,
    SheetLocked,
    SignInNeeded,
    StaleMark,
    Withdrawn,
    WrongSeat,
)
from competition.ids import mint
from competition.lineup.entrants import own_place
from competition.recording import changed, record
from competition.rights import require_act
from competition.rounds.floors import require_floor
from competition.rounds.rules import RoundRules
from competition.states import sheet_state
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, panel, releases, snapshots, transcriptions
from db import changes as change_rows
from db import people as people_rows
from db import rounds as round_rows
from db import sheets as rows


@dataclass(frozen=True)
class MarkChange:
    """One tap.

    Attributes
    ----------
    criterion_id : str
    value : str or None
        What was typed or tapped, as a decimal; None clears the mark.
    client_id : str
        Id made where it was tapped; the same id twice is one change.
    base_rev : int
        The mark's revision the page was showing, 0 for none.
    after : str
        Id of the change made before this one on the same device, whose revision it did not
        know yet; empty where it knew.
    """

    criterion_id: str
    value: str | None
    client_id: str
    base_rev: int = 0
    after: str = ""

    def follows(self, stored: Mapping[str, Any] | None) -> bool:
        """Whether the stored mark is the one that whoever tapped was looking at."""
        if stored is None:
            return self.base_rev == 0 and not self.after
        return bool(self.base_rev == stored["rev"] or self.after == stored["client_id"])


def record_marks(
    store: Store,
    who: Visitor,
    *,
    seat: str,
    round_id: str,
    entrant_id: str,
    changes: Sequence[MarkChange],
    at: datetime,
) -> dict[str, Any]:
    """Store one judge's marks of one entrant, all or none.

    Parameters
    ----------
    seat : str
        The person the page was made for.

    Returns
    -------
    dict
        The sheet as the server now holds it (see `sheet_echo`).

    Raises
    ------
    WrongSeat, StaleMark
        409: the page is not this seat's, or shows an older value.
    MarkNotANumber, MarkOutOfRange, MarkOffStep
        422, naming criterion and mark.
    SheetLocked, Recused, Absent, NotAssigned, Withdrawn
    """
    with store.writing() as tx:
        require_seat(tx, who, seat)
        round_row = require_act(tx, who, "record_marks", round_id)
        sheet = writable(tx, round_row, entrant_id, seat, at)
        criteria = {row["id"]: row for row in round_rows.criteria(tx, round_id)}
        before = sheet
        for change in changes:
            if change.criterion_id not in criteria:
                raise Missing(what="criterion")
            if not is_done(tx, change.client_id, seat):
                sheet = put_mark(tx, sheet, criteria[change.criterion_id], change, at)
        if sheet is not before:
            tx.put("sheets", sheet)
            record(tx, who, "marks_recorded", sheet["id"], at=at, round_id=round_id)
        return sheet_echo(tx, round_row, entrant_id, seat, at)


def is_done(tx: Transaction, change_id: str, person_id: str) -> bool:
    """Whether this very change has been done already; then it is answered, never repeated.

    Raises
    ------
    BadInput
        If another person's change has that id.
    """
    found = change_rows.applied(tx, change_id)
    if found is not None and found["person_id"] != person_id:
        raise BadInput(field="id", value=change_id[:20])
    return found is not None


def put_done(
    tx: Transaction,
    sheet: Mapping[str, Any],
    change_id: str,
    kind: str,
    at: datetime,
    *,
    outcome: str = "done",
) -> None:
    """Inside an act: remember a change, so that its repetition has no effect."""
    key = {name: sheet[name] for name in ("round_id", "entrant_id", "person_id")}
    row = {"id": change_id, **key, "kind": kind, "outcome": outcome, "at": stamp(at)}
    tx.put("applied_changes", row)


def put_mark(
    tx: Transaction,
    sheet: dict[str, Any],
    criterion: dict[str, Any],
    change: MarkChange,
    at: datetime,
) -> dict[str, Any]:
    """Inside an act: write one mark on a sheet; return the sheet as it then is."""
    if not change.follows(rows.mark(tx, sheet["id"], criterion["id"])):
        raise StaleMark(criterion=criterion["name"])
    value = None if change.value is None else fields.parse_mark(change.value, criterion)
    if value is None and sheet["state"] == "submitted":
        raise SheetIncomplete(count=1)
    if sheet["rev"] == 0:
        tx.put("sheets", sheet)
    rev = sheet["rev"] + 1
    tx.put(
        "marks",
        {
            "sheet_id": sheet["id"],
            "criterion_id": criterion["id"],
            "value": value,
            "rev": rev,
            "client_id": change.client_id,
            "at": stamp(at),
        },
    )
    put_done(tx, sheet, change.client_id, "mark", at)
    if sheet["state"] == "submitted":
        require_floor(tx, sheet)
    return changed(sheet, rev=rev, saved_at=stamp(at))


def submit_sheet(
    store: Store, who: Visitor, *, seat: str, round_id: str, entrant_id: str, rev: int, at: datetime
) -> dict[str, Any]:
    """Submit a complete sheet; it locks after the grace time of the rules.

    Parameters
    ----------
    rev : int
        The sheet's revision the page was showing: what is submitted is what was seen.

    Raises
    ------
    SheetIncomplete
        With the number of criteria still to mark.
    StaleMark, WrongSeat, SheetLocked, Recused, Absent, NotAssigned, Withdrawn
    """
    with store.writing() as tx:
        require_seat(tx, who, seat)
        round_row = require_act(tx, who, "submit_sheet", round_id)
        sheet = writable(tx, round_row, entrant_id, seat, at)
        if sheet["state"] != "submitted":
            require_complete(tx, sheet)
            if rev != sheet["rev"]:
                raise StaleMark(criterion="")
            put_submitted(tx, round_row, sheet, at)
            record(tx, who, "sheet_submitted", sheet["id"], at=at, round_id=round_id)
        return sheet_echo(tx, round_row, entrant_id, seat, at)


def require_complete(tx: Transaction, sheet: Mapping[str, Any]) -> None:
    """Refuse a sheet with criteria still to mark; says how many."""
    given = sum(mark["value"] is not None for mark in rows.marks(tx, sheet["id"]))
    left = len(round_rows.criteria(tx, sheet["round_id"])) - given
    if left:
        raise SheetIncomplete(count=left)


def put_submitted(
    tx: Transaction, round_row: Mapping[str, Any], sheet: dict[str, Any], at: datetime
) -> None:
    """Inside an act: a complete sheet becomes submitted; it locks after the grace time.

    Where scores are announced one by one it stays open until its entrant's is.

    Raises
    ------
    BelowFloor
        If the rules have a floor and the total is below it.
    """
    require_floor(tx, sheet)
    rules = RoundRules.from_json(round_row["rules"])
    locked_at: str | None = stamp(at + timedelta(seconds=rules.grace_seconds))
    if rules.releases and not releases.of_entrant(tx, sheet["round_id"], sheet["entrant_id"]):
        locked_at = None
    tx.put(
        "sheets",
        changed(sheet, state="submitted", submitted_at=stamp(at), locked_at=locked_at),
    )


def require_seat(tx: Transaction, who: Visitor, seat: str) -> None:
    """Refuse a write from a page that was made for another seat (409), or by nobody (401)."""
    if who.person_id is None:
        raise SignInNeeded
    if who.person_id != seat:
        person = people_rows.find(tx, who.person_id)
        raise WrongSeat(name="" if person is None else person["name"])


def require_own_seat(store: Store, who: Visitor, seat: str) -> None:
    """As `require_seat`, before an act that does not ask for it."""
    with store.reading() as tx:
        require_seat(tx, who, seat)


def writable(
    tx: Transaction, round_row: dict[str, Any], entrant_id: str, person_id: str, at: datetime
) -> dict[str, Any]:
    """The sheet a judge may write on now, stored or new."""
    round_id = round_row["id"]
    place = own_place(tx, round_id, entrant_id)
    pair = panel.assignment(tx, round_id, entrant_id, person_id)
    if pair is None:
        raise NotAssigned
    if pair["state"] == "recused":
        raise Recused(reason=told_reason(round_row, pair))
    if pair["state"] == "absent":
        raise Absent(reason=told_reason(round_row, pair))
    if place["stage"] == "withdrawn":
        raise Withdrawn
    sheet = rows.of_pair(tx, round_id, entrant_id, person_id)
    if sheet is None:
        return new_sheet(round_id, entrant_id, person_id, at=at)
    seen = sheet["state"] == "submitted" and snapshots.has_viewed(tx, round_id, person_id)
    if seen or sheet_state(sheet, round_row["state"], at) == "locked":
        raise SheetLocked(since=sheet["locked_at"])
    return sheet


def new_sheet(round_id: str, entrant_id: str, person_id: str, *, at: datetime) -> dict[str, Any]:
    """A sheet before its first mark; it is stored with that."""
    return {
        "id": mint(),
        "round_id": round_id,
        "entrant_id": entrant_id,
        "person_id": person_id,
        "state": "draft",
        "rev": 0,
        "saved_at": stamp(at),
        "submitted_at": None,
        "locked_at": None,
    }


def sheet_echo(
    tx: Transaction, round_row: dict[str, Any], entrant_id: str, person_id: str, at: datetime
) -> dict[str, Any]:
    """What the server now holds of a sheet: the only ground for saying saved.

    Returns
    -------
    dict
        ``seat, round, entrant, state, came, rev, saved, of, saved_at, submitted_at,
        locked_at, marks``; came is ``dictated`` or ``paper`` where it was typed in for the judge;
        marks maps a criterion's id to ``value`` (decimal string or None), ``rev``,
        ``id`` of the change and ``at``.
    """
    criteria = {row["id"]: row for row in round_rows.criteria(tx, round_row["id"])}
    sheet = rows.of_pair(tx, round_row["id"], entrant_id, person_id)
    stored = rows.marks(tx, sheet["id"]) if sheet else []
    marks = {
        mark["criterion_id"]: {
            "value": None
            if mark["value"] is None
            else fields.decimal_text(mark["value"], criteria[mark["criterion_id"]]["step"]),
            "rev": mark["rev"],
            "id": mark["client_id"],
            "at": mark["at"],
        }
        for mark in stored
    }
    return {
        "event": round_row["competition_id"],
        "seat": person_id,
        "round": round_row["id"],
        "entrant": entrant_id,
        "state": sheet_state(sheet, round_row["state"], at) if sheet else "draft",
        "came": transcriptions.kind_of(tx, round_row["id"], entrant_id, person_id),
        "rev": sheet["rev"] if sheet else 0,
        "saved": sum(mark["value"] is not None for mark in stored),
        "of": len(criteria),
        "saved_at": sheet["saved_at"] if sheet else None,
        "submitted_at": sheet["submitted_at"] if sheet else None,
        "locked_at": sheet["locked_at"] if sheet else None,
        "marks": marks,
    }


def own_row(tx: Transaction, sheet_id: str) -> dict[str, Any]:
    """A stored sheet, or `Missing`."""
    found = rows.find(tx, sheet_id)
    if found is None:
        raise Missing(what="sheet")
    return found
