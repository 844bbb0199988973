"""Marks that came after the lock: kept as a request, written when a second person approves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import acting_on, changed
from competition.blind import shown_reason
from competition.countersigning import answered_by
from competition.errors import Missing, SecondPersonNeeded, WrongState
from competition.ids import mint
from competition.lineup.entrants import require_place
from competition.lineup.errors import NotAssigned, Recused
from competition.marks.errors import Absent, SheetIncomplete, StaleMark, Withdrawn
from competition.marks.sheets import MarkChange, new_sheet, put_done, put_mark, put_submitted
from competition.rights import require_read
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, panel
from db import changes as rows
from db import rounds as round_rows
from db import sheets as sheet_rows
from db.shapes import CriterionRow, RoundRow, Sheet

Key = Mapping[str, str]
"""``round_id, entrant_id, person_id``: which sheet."""


def put_late(tx: Transaction, who: Visitor, key: Key, change: MarkChange, at: datetime) -> str:
    """Inside an act: keep a mark that came after the lock, for a second person to approve.

    Returns
    -------
    str
        ``requested``; or ``done`` where the sheet has that very mark.
    """
    require_pair(tx, key)
    value = _checked(tx, key, change)
    request = rows.open_request(tx, **key)
    if request is None and _held(tx, key, change.criterion_id) == value:
        return "done"
    request_id = request["id"] if request else _put_request(tx, who, key, at)
    put_requested(tx, key, request_id, change, at)
    put_done(tx, key, change.client_id, "mark", at, outcome="requested")
    return "requested"


def require_pair(tx: Transaction, key: Key) -> None:
    """Refuse for a judge who does not mark this entrant; an absence may still be undone."""
    place = require_place(tx, key["round_id"], key["entrant_id"])
    pair = panel.assignment(tx, **key)
    if pair is None:
        raise NotAssigned
    if pair["state"] == "recused":
        round_row = round_rows.get(tx, key["round_id"])
        raise Recused(reason=shown_reason(round_row, pair))
    if place["stage"] == "withdrawn":
        raise Withdrawn


def _put_request(tx: Transaction, who: Visitor, key: Key, at: datetime) -> str:
    request_id = mint()
    tx.put(
        "change_requests",
        {
            "id": request_id,
            **key,
            "cause": "late",
            "reason": "",
            "asked_by": who.person_id,
            "asked_at": stamp(at),
            "state": "asked",
        },
    )
    return request_id


def put_requested(
    tx: Transaction, key: Key, request_id: str, change: MarkChange, at: datetime
) -> None:
    """Inside an act: add a mark to a request, with the one it would take the place of."""
    tx.put(
        "requested_marks",
        {
            "request_id": request_id,
            "criterion_id": change.criterion_id,
            "value": _checked(tx, key, change),
            "before": _held(tx, key, change.criterion_id),
            "client_id": change.client_id,
            "at": stamp(at),
        },
    )


def _checked(tx: Transaction, key: Key, change: MarkChange) -> int:
    if change.value is None:
        raise SheetIncomplete(count=1)
    return fields.check_mark(change.value, _criterion(tx, key, change.criterion_id))


def _criterion(tx: Transaction, key: Key, criterion_id: str) -> CriterionRow:
    criterion = round_rows.criterion(tx, criterion_id)
    if criterion is None or criterion["round_id"] != key["round_id"]:
        raise Missing(what="criterion")
    return criterion


def _held(tx: Transaction, key: Key, criterion_id: str) -> int | None:
    sheet = sheet_rows.of_pair(tx, **key)
    mark = sheet_rows.mark(tx, sheet["id"], criterion_id) if sheet else None
    return None if mark is None else mark["value"]


def answer_change(
    store: Store, who: Visitor, request_id: str, *, approve: bool, at: datetime
) -> None:
    """Write the requested marks, or refuse them; not by the person who asked, nor by the judge.

    Raises
    ------
    SecondPersonNeeded, WrongState
    StaleMark
        If a mark is no longer what it was when the change was asked for.
    Absent
        If the judge is recorded absent: undo that first.
    """
    with acting_on(
        store, who, "answer_change", rows.request, request_id, what="request", at=at
    ) as (act, tx, request):
        answer = "approved" if approve else "refused"
        if who.person_id in (request["asked_by"], request["person_id"]):
            raise SecondPersonNeeded
        if answered_by(request, who, answer):
            return act.unchanged()
        if request["state"] != "asked":
            raise WrongState(before=request["state"], after="approved")
        if approve:
            _apply(tx, act.round, request, act.at)
        row = changed(request, state=answer, answered_by=who.person_id, answered_at=stamp(act.at))
        tx.put("change_requests", row)
        act.record(f"change_{answer}", request_id, reason=request["reason"] or None)


def _apply(tx: Transaction, round_row: RoundRow, request: Mapping[str, Any], at: datetime) -> None:
    key = {name: request[name] for name in ("round_id", "entrant_id", "person_id")}
    require_pair(tx, key)
    pair = panel.assignment(tx, **key)
    if pair is not None and pair["state"] == "absent":
        raise Absent(reason=pair["reason"])
    sheet = sheet_rows.of_pair(tx, **key) or new_sheet(**key, at=at)
    for mark in rows.requested_marks(tx, request["id"]):
        criterion = _criterion(tx, key, mark["criterion_id"])
        stored = sheet_rows.mark(tx, sheet["id"], criterion["id"])
        if (stored["value"] if stored else None) != mark["before"]:
            raise StaleMark(criterion=criterion["name"])
        rev = stored["rev"] if stored else 0
        change = MarkChange(criterion["id"], mark["value"], mark["client_id"], rev)
        sheet = put_mark(tx, sheet, criterion, change, at)
    if _wants_submit(tx, round_row, sheet):
        put_submitted(tx, round_row, sheet, at)
    else:
        tx.put("sheets", sheet)


def _wants_submit(tx: Transaction, round_row: RoundRow, sheet: Sheet) -> bool:
    """Whether the file that brought the marks also had the sheet's submit, and it is whole now."""
    given = [mark for mark in sheet_rows.marks(tx, sheet["id"]) if mark["value"] is not None]
    is_whole = len(given) == len(round_rows.criteria(tx, round_row["id"]))
    is_open = round_row["state"] == "open" and sheet["state"] != "submitted"
    key = (sheet["round_id"], sheet["entrant_id"], sheet["person_id"])
    return is_open and is_whole and rows.is_submit_requested(tx, *key)


def change_requests(store: Store, who: Visitor, round_id: str) -> list[dict[str, Any]]:
    """The change requests of a round, newest first, each with its ``marks`` old and new."""
    with store.reading() as tx:
        require_read(tx, who, "change_requests", round_id)
        return [{**row, "marks": _shown(tx, row)} for row in rows.requests(tx, round_id)]


def _shown(tx: Transaction, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "criterion": mark["name"],
            "before": None
            if mark["before"] is None
            else fields.decimal_text(mark["before"], mark["step"]),
            "value": fields.decimal_text(mark["value"], mark["step"]),
        }
        for mark in rows.requested_marks(tx, row["id"])
    ]
