"""The two acts of a tablet on a sheet: marks recorded, sheet submitted. Each change is done once.

A batch is never refused for one bad change in it: every change has its outcome.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from competition import clock, fields
from competition.acting import Act, acting
from competition.errors import Missing, Refused
from competition.marks.change_requests import put_late
from competition.marks.echoes import Answer, Outcome
from competition.marks.echoing import sheet_echo
from competition.marks.errors import Absent, SheetLocked, StaleMark
from competition.marks.pace import require_late_pace
from competition.marks.sheets import (
    MarkChange,
    held_mark,
    is_done,
    put_done,
    put_mark,
    put_submitted,
    require_complete,
    writable,
)
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction
from db import changes as rows
from db import rounds as round_rows
from db import sheets as sheet_rows
from db.shapes import Sheet


def record_marks(
    store: Store,
    who: Visitor,
    *,
    round_id: str,
    entrant_id: str,
    changes: Sequence[MarkChange],
    at: datetime,
) -> Answer:
    """Store what can be stored of a judge's changes to one sheet, oldest first.

    What comes after the lock becomes a change request.

    Raises
    ------
    Recused, NotAssigned, Withdrawn, NotNow
        None of them can be taken.
    """
    with store.writing(shares=True) as tx:
        at = clock.never_before(tx, at)
        round_row = require_read(tx, who, "own_sheets", round_id)
        seat = str(who.person_id)
        is_open = round_row["state"] == "open"
        try:
            sheet = writable(tx, round_row, entrant_id, seat, at) if is_open else None
        except (SheetLocked, Absent):
            sheet = None
        name = "record_marks" if sheet else "request_change"
        if sheet is None:
            require_late_pace(tx, seat, at)
        with acting(store, who, name, round_id, at=at) as (act, _):
            results = _write(act, sheet, changes) if sheet else _request(act, entrant_id, changes)
        return {**sheet_echo(tx, round_row, entrant_id, seat, at), "results": results}


def _request(act: Act, entrant_id: str, changes: Sequence[MarkChange]) -> list[Outcome]:
    tx, seat = act.tx, str(act.who.person_id)
    key = {"round_id": act.round["id"], "entrant_id": entrant_id, "person_id": seat}
    fresh = [change for change in changes if rows.applied(tx, change.client_id) is None]

    results = _each(tx, seat, changes, lambda change: put_late(tx, act.who, key, change, act.at))
    asked = {result["id"] for result in results if result["outcome"] == "requested"}
    if any(change.client_id in asked for change in fresh):
        act.record("change_requested", entrant_id)
    else:
        act.unchanged()
    return results


def _write(act: Act, sheet: Sheet, changes: Sequence[MarkChange]) -> list[Outcome]:
    tx = act.tx
    criteria = {row["id"]: row for row in round_rows.criteria(tx, sheet["round_id"])}
    held = [sheet]

    def put(change: MarkChange) -> str:
        if change.criterion_id not in criteria:
            raise Missing(what="criterion")
        held[0] = put_mark(tx, held[0], criteria[change.criterion_id], change, act.at)
        return "done"

    results = _each(tx, sheet["person_id"], changes, put)
    for change, result in zip(changes, results, strict=True):
        if result.get("code") == StaleMark.code:
            _show_both(tx, sheet, change, result)
    if held[0] is not sheet:
        now = held[0]
        tx.change("sheets", {"id": now["id"]}, rev=now["rev"], saved_at=now["saved_at"])
        act.record("marks_recorded", sheet["id"])
    else:
        act.unchanged()
    return results


def _each(
    tx: Transaction, seat: str, changes: Sequence[MarkChange], act: Callable[[MarkChange], str]
) -> list[Outcome]:
    """Do an act for each change by itself; a refusal is its outcome, and nothing is written."""
    results: list[Outcome] = []
    for change in changes:
        try:
            if is_done(tx, change.client_id, seat):
                before = rows.applied(tx, change.client_id) or {}
                outcome = str(before["outcome"])
            else:
                outcome = act(change)
            results.append({"id": change.client_id, "outcome": outcome})
        except Refused as error:
            results.append(
                {
                    "id": change.client_id,
                    "outcome": "refused",
                    "code": error.code,
                    "error": error,
                }
            )
    return results


def _show_both(tx: Transaction, sheet: Sheet, change: MarkChange, result: Outcome) -> None:
    """Turn a refusal into a conflict with both values, for the judge to choose from."""
    mark = sheet_rows.mark(tx, sheet["id"], change.criterion_id)
    result["outcome"] = "conflict"
    del result["code"], result["error"]
    result["value"] = change.value
    result["held"] = None if mark is None else held_mark(mark)


def submit_sheet(
    store: Store,
    who: Visitor,
    *,
    round_id: str,
    entrant_id: str,
    change_id: str,
    seen: Mapping[str, int],
    at: datetime,
) -> Answer:
    """Submit a judge's sheet as it was seen; it counts from its arrival here.

    Parameters
    ----------
    seen : mapping of str to int
        Every criterion's mark in thousandths, as it was shown when the judge submitted.

    Raises
    ------
    StaleMark
        If the server holds other marks than were seen.
    SheetIncomplete
        With the number of criteria still to mark.
    BelowFloor, SheetLocked, Recused, Absent, NotAssigned, Withdrawn, NotNow
    """
    with acting(store, who, "submit_sheet", round_id, at=at, shares=True) as (act, tx):
        at = act.at
        seat = str(who.person_id)
        if is_done(tx, change_id, seat) or _is_in(tx, round_id, entrant_id, seat):
            act.unchanged()
        else:
            sheet = writable(tx, act.round, entrant_id, seat, act.at)
            require_complete(tx, sheet)
            _require_as_seen(tx, sheet, seen)
            put_submitted(tx, act.round, sheet, act.at)
            put_done(tx, sheet, change_id, "submit", act.at)
            act.record("sheet_submitted", sheet["id"])
        echo = sheet_echo(tx, act.round, entrant_id, seat, act.at)
        return {**echo, "results": [{"id": change_id, "outcome": "done"}]}


def _is_in(tx: Transaction, round_id: str, entrant_id: str, person_id: str) -> bool:
    """True if the sheet is submitted already: to submit it again asks for nothing."""
    sheet = sheet_rows.of_pair(tx, round_id, entrant_id, person_id)
    return sheet is not None and sheet["state"] == "submitted"


def _require_as_seen(tx: Transaction, sheet: Sheet, seen: Mapping[str, int]) -> None:
    criteria = {row["id"]: row for row in round_rows.criteria(tx, sheet["round_id"])}
    for mark in sheet_rows.marks(tx, sheet["id"]):
        criterion = criteria[mark["criterion_id"]]
        shown = seen.get(criterion["id"])
        if shown is None or fields.check_mark(shown, criterion) != mark["value"]:
            raise StaleMark(criterion=criterion["name"])
