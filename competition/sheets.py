"""A judge's sheets: marks recorded as tapped, submitted when complete, reopened by two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from competition import fields
from competition.entrants import own_place
from competition.errors import (
    Absent,
    Missing,
    NotAssigned,
    Recused,
    SecondPersonNeeded,
    SheetIncomplete,
    SheetLocked,
    SignInNeeded,
    StaleMark,
    Withdrawn,
    WrongSeat,
    WrongState,
)
from competition.ids import mint
from competition.recording import changed, record
from competition.rights import require_act, require_read
from competition.rounds import rubric
from competition.rules import RoundRules
from competition.states import sheet_state
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, panel, snapshots
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
    """

    criterion_id: str
    value: str | None
    client_id: str
    base_rev: int = 0


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
        sheet = _writable(tx, round_row, entrant_id, seat, at)
        criteria = {row["id"]: row for row in round_rows.criteria(tx, round_id)}
        before = sheet
        for change in changes:
            if change.criterion_id not in criteria:
                raise Missing(what="criterion")
            if not _known(tx, sheet, change):
                sheet = _put_mark(tx, sheet, criteria[change.criterion_id], change, at)
        if sheet is not before:
            tx.put("sheets", sheet)
            record(tx, who, "marks_recorded", sheet["id"], at=at, round_id=round_id)
        return sheet_echo(tx, round_row, entrant_id, seat, at)


def _known(tx: Transaction, sheet: dict[str, Any], change: MarkChange) -> bool:
    """Whether this very change is what is stored already."""
    stored = rows.mark(tx, sheet["id"], change.criterion_id)
    return stored is not None and stored["client_id"] == change.client_id


def _put_mark(
    tx: Transaction,
    sheet: dict[str, Any],
    criterion: dict[str, Any],
    change: MarkChange,
    at: datetime,
) -> dict[str, Any]:
    stored = rows.mark(tx, sheet["id"], criterion["id"])
    if change.base_rev != (stored["rev"] if stored else 0):
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
            "client_id": fields.text(change.client_id, "client_id", longest=64),
            "at": stamp(at),
        },
    )
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
        sheet = _writable(tx, round_row, entrant_id, seat, at)
        if sheet["state"] == "submitted":
            return sheet_echo(tx, round_row, entrant_id, seat, at)
        given = sum(mark["value"] is not None for mark in rows.marks(tx, sheet["id"]))
        left = len(round_rows.criteria(tx, round_id)) - given
        if left:
            raise SheetIncomplete(count=left)
        if rev != sheet["rev"]:
            raise StaleMark(criterion="")
        grace = RoundRules.from_json(round_row["rules"]).grace_seconds
        tx.put(
            "sheets",
            changed(
                sheet,
                state="submitted",
                submitted_at=stamp(at),
                locked_at=stamp(at + timedelta(seconds=grace)),
            ),
        )
        record(tx, who, "sheet_submitted", sheet["id"], at=at, round_id=round_id)
        return sheet_echo(tx, round_row, entrant_id, seat, at)


def require_seat(tx: Transaction, who: Visitor, seat: str) -> None:
    """Refuse a write from a page that was made for another seat (409), or by nobody (401)."""
    if who.person_id is None:
        raise SignInNeeded
    if who.person_id != seat:
        person = people_rows.find(tx, who.person_id)
        raise WrongSeat(name="" if person is None else person["name"])


def _writable(
    tx: Transaction, round_row: dict[str, Any], entrant_id: str, person_id: str, at: datetime
) -> dict[str, Any]:
    """The sheet a judge may write on now, stored or new."""
    round_id = round_row["id"]
    place = own_place(tx, round_id, entrant_id)
    pair = panel.assignment(tx, round_id, entrant_id, person_id)
    if pair is None:
        raise NotAssigned
    if pair["state"] == "recused":
        raise Recused(reason=pair["reason"])
    if pair["state"] == "absent":
        raise Absent(reason=pair["reason"])
    if place["stage"] == "withdrawn":
        raise Withdrawn
    sheet = rows.of_pair(tx, round_id, entrant_id, person_id)
    if sheet is None:
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
    seen = sheet["state"] == "submitted" and snapshots.has_viewed(tx, round_id, person_id)
    if seen or sheet_state(sheet, round_row["state"], at) == "locked":
        raise SheetLocked(since=sheet["locked_at"])
    return sheet


def sheet_echo(
    tx: Transaction, round_row: dict[str, Any], entrant_id: str, person_id: str, at: datetime
) -> dict[str, Any]:
    """What the server now holds of a sheet: the only ground for saying saved.

    Returns
    -------
    dict
        ``seat, round, entrant, state, rev, saved, of, saved_at, submitted_at, locked_at,
        marks``; marks maps a criterion's id to ``value`` (decimal string or None), ``rev``,
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
        "rev": sheet["rev"] if sheet else 0,
        "saved": sum(mark["value"] is not None for mark in stored),
        "of": len(criteria),
        "saved_at": sheet["saved_at"] if sheet else None,
        "submitted_at": sheet["submitted_at"] if sheet else None,
        "locked_at": sheet["locked_at"] if sheet else None,
        "marks": marks,
    }


def own_sheet(
    store: Store, who: Visitor, round_id: str, entrant_id: str, *, at: datetime
) -> dict[str, Any]:
    """The judge's own sheet of one entrant as the server holds it."""
    with store.reading() as tx:
        round_row = require_read(tx, who, "own_sheets", round_id)
        own_place(tx, round_id, entrant_id)
        return sheet_echo(tx, round_row, entrant_id, str(who.person_id), at)


def own_work(store: Store, who: Visitor, round_id: str, *, at: datetime) -> dict[str, Any]:
    """A judge's whole work in a round: seat, entrants, own sheets and totals.

    Returns
    -------
    dict
        ``seat``, ``criteria``, ``sheets`` (a dict for each assigned entrant, with ``state``
        in not_begun, marking, submitted, locked, reopened, recused, absent, withdrawn, and
        ``total`` the judge's own points as a decimal string when complete).
    """
    with store.reading() as tx:
        round_row = require_read(tx, who, "own_sheets", round_id)
        person_id = str(who.person_id)
        return {
            "round": round_row,
            "seat": panel.seat(tx, round_id, person_id),
            "criteria": rubric(tx, round_id),
            "sheets": work_of(tx, round_row, person_id, at),
        }


def work_of(
    tx: Transaction, round_row: dict[str, Any], person_id: str, at: datetime
) -> list[dict[str, Any]]:
    """A judge's entrants in the order of the stage, with state and total of each sheet."""
    criteria = round_rows.criteria(tx, round_row["id"])
    step = min((c["step"] for c in criteria), default=fields.THOUSAND)
    return [
        {
            **row,
            "state": _work_state(row, round_row["state"], at),
            "total": fields.decimal_text(row["points"], step)
            if row["marked"] == len(criteria)
            else None,
        }
        for row in panel.of_judge(tx, round_row["id"], person_id)
    ]


def _work_state(row: dict[str, Any], round_state: str, at: datetime) -> str:
    if row["stage"] == "withdrawn":
        return "withdrawn"
    if row["assignment"] != "expected":
        return str(row["assignment"])
    if row["sheet_id"] is None:
        return "not_begun"
    state = sheet_state({**row, "state": row["sheet_state"]}, round_state, at)
    return "marking" if state == "draft" else state


def ask_reopening(store: Store, who: Visitor, sheet_id: str, *, reason: str, at: datetime) -> str:
    """Ask for a locked sheet to be reopened; a judge only for an own one."""
    reopening_id = mint()
    with store.writing() as tx:
        sheet = _sheet(tx, sheet_id)
        round_row = require_act(tx, who, "ask_reopening", sheet["round_id"])
        staff = who.roles_in(sheet["round_id"]) & {"organizer", "scorekeeper"}
        if not staff and sheet["person_id"] != who.person_id:
            raise NotAssigned
        why = fields.reason(reason)
        state = sheet_state(sheet, round_row["state"], at)
        if state != "locked" or rows.asked(tx, sheet_id):
            raise WrongState(before=state, after="reopened")
        tx.put(
            "reopenings",
            {
                "id": reopening_id,
                "sheet_id": sheet_id,
                "reason": why,
                "asked_by": who.person_id,
                "asked_at": stamp(at),
                "state": "asked",
            },
        )
        record(tx, who, "reopening_asked", sheet_id, at=at, round_id=sheet["round_id"], reason=why)
    return reopening_id


def answer_reopening(
    store: Store, who: Visitor, reopening_id: str, *, approve: bool, at: datetime
) -> None:
    """Approve or refuse a request; never the person who asked.

    Raises
    ------
    SecondPersonNeeded
        If the same person asked.
    """
    with store.writing() as tx:
        found = rows.reopening(tx, reopening_id)
        if found is None:
            raise Missing(what="request")
        sheet = _sheet(tx, found["sheet_id"])
        require_act(tx, who, "answer_reopening", sheet["round_id"])
        if found["asked_by"] == who.person_id:
            raise SecondPersonNeeded
        if found["state"] != "asked":
            raise WrongState(before=found["state"], after="approved")
        answer = "approved" if approve else "refused"
        tx.put(
            "reopenings",
            changed(found, state=answer, answered_by=who.person_id, answered_at=stamp(at)),
        )
        if approve:
            tx.put("sheets", changed(sheet, state="reopened", submitted_at=None, locked_at=None))
        record(
            tx,
            who,
            f"reopening_{answer}",
            sheet["id"],
            at=at,
            round_id=sheet["round_id"],
            reason=found["reason"],
        )


def _sheet(tx: Transaction, sheet_id: str) -> dict[str, Any]:
    found = rows.find(tx, sheet_id)
    if found is None:
        raise Missing(what="sheet")
    return found
