"""What a tablet sends, late and twice as it may come: each change done once, each answered.

A batch is never refused for one bad change in it: every change has an outcome of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from competition import fields
from competition.errors import (
    Absent,
    BadInput,
    Missing,
    SheetIncomplete,
    SheetLocked,
    StaleMark,
    WrongEvent,
)
from competition.marks.change_requests import put_late
from competition.marks.sheets import (
    MarkChange,
    is_done,
    put_done,
    put_mark,
    put_submitted,
    require_complete,
    require_seat,
    sheet_echo,
    writable,
)
from competition.recording import record
from competition.rights import require_act, require_read
from competition.visitor import Visitor
from db import Store, Transaction
from db import changes as rows
from db import rounds as round_rows
from db import sheets as sheet_rows

Outcome = dict[str, Any]


def take_marks(
    store: Store,
    who: Visitor,
    *,
    event: str,
    seat: str,
    round_id: str,
    entrant_id: str,
    changes: Sequence[MarkChange],
    at: datetime,
) -> dict[str, Any]:
    """Store what can be stored of a tablet's changes to one sheet, oldest first.

    Returns
    -------
    dict
        The echo of `pad_echo`, and ``results``: for each change its ``id`` and ``outcome``:
        ``done``; ``requested`` (it came after the lock and waits for a second person);
        ``conflict`` (a newer value is ``held``); ``refused`` (with ``error``).

    Raises
    ------
    WrongEvent, WrongSeat, Recused, NotAssigned, Withdrawn, NotNow
        None of them can be taken.
    """
    with store.writing() as tx:
        require_seat(tx, who, seat)
        require_event(who, event)
        round_row = require_read(tx, who, "own_sheets", round_id)
        is_open = round_row["state"] == "open"
        if is_open:
            require_act(tx, who, "record_marks", round_id)
        fresh = [change for change in changes if not is_done(tx, change.client_id, seat)]
        results = {c.client_id: _as_before(tx, c) for c in changes if c not in fresh}
        try:
            sheet = writable(tx, round_row, entrant_id, seat, at) if is_open else None
        except (SheetLocked, Absent):
            sheet = None
        if sheet is None:
            require_act(tx, who, "request_change", round_id)
            key = {"round_id": round_id, "entrant_id": entrant_id, "person_id": seat}
            results |= _each(fresh, lambda change: put_late(tx, who, key, change, at))
            if any(results[change.client_id]["outcome"] == "requested" for change in fresh):
                record(tx, who, "change_requested", entrant_id, at=at, round_id=round_id)
        else:
            results |= _write(tx, who, sheet, fresh, at)
        echo = pad_echo(tx, round_row, entrant_id, seat, at)
        return {**echo, "results": [results[change.client_id] for change in changes]}


def _as_before(tx: Transaction, change: MarkChange) -> Outcome:
    found = rows.applied(tx, change.client_id)
    return {"id": change.client_id, "outcome": found["outcome"] if found else "done"}


def _write(
    tx: Transaction,
    who: Visitor,
    sheet: dict[str, Any],
    fresh: Sequence[MarkChange],
    at: datetime,
) -> dict[str, Outcome]:
    criteria = {row["id"]: row for row in round_rows.criteria(tx, sheet["round_id"])}
    held = [sheet]

    def put(change: MarkChange) -> str:
        if change.criterion_id not in criteria:
            raise Missing(what="criterion")
        held[0] = put_mark(tx, held[0], criteria[change.criterion_id], change, at)
        return "done"

    results = _each(fresh, put)
    for change in fresh:
        if results[change.client_id].get("code") == StaleMark.code:
            mark = sheet_rows.mark(tx, sheet["id"], change.criterion_id)
            results[change.client_id] = _conflict(change, mark, criteria[change.criterion_id])
    if held[0] is not sheet:
        tx.put("sheets", held[0])
        record(tx, who, "marks_recorded", sheet["id"], at=at, round_id=sheet["round_id"])
    return results


def _each(changes: Sequence[MarkChange], act: Callable[[MarkChange], str]) -> dict[str, Outcome]:
    """Do an act for each change by itself; a refusal is its outcome."""
    results: dict[str, Outcome] = {}
    for change in changes:
        outcome: Outcome = {"id": change.client_id}
        try:
            results[change.client_id] = {**outcome, "outcome": act(change)}
        except (BadInput, Missing, SheetLocked, SheetIncomplete, StaleMark) as error:
            results[change.client_id] = {
                **outcome,
                "outcome": "refused",
                "code": error.code,
                "error": error,
            }
    return results


def _conflict(
    change: MarkChange, mark: Mapping[str, Any] | None, criterion: Mapping[str, Any]
) -> Outcome:
    """Both values, for whoever tapped to choose from."""
    value = None if mark is None else mark["value"]
    return {
        "id": change.client_id,
        "outcome": "conflict",
        "value": change.value,
        "held": {
            "value": None if value is None else fields.decimal_text(value, criterion["step"]),
            "rev": mark["rev"] if mark else 0,
            "at": mark["at"] if mark else None,
        },
    }


def take_submit(
    store: Store,
    who: Visitor,
    *,
    event: str,
    seat: str,
    round_id: str,
    entrant_id: str,
    change_id: str,
    seen: Mapping[str, str],
    at: datetime,
) -> dict[str, Any]:
    """Submit a sheet as it was seen on the tablet; it counts from its arrival here.

    Parameters
    ----------
    seen : mapping of str to str
        Every criterion's mark as it was shown when the judge submitted.

    Returns
    -------
    dict
        The echo of `pad_echo`, with ``results`` as `take_marks`.

    Raises
    ------
    StaleMark
        If the server holds other marks than were seen.
    SheetIncomplete, WrongEvent, WrongSeat, Recused, Absent, NotAssigned, Withdrawn, NotNow
    """
    with store.writing() as tx:
        require_seat(tx, who, seat)
        require_event(who, event)
        round_row = require_act(tx, who, "submit_sheet", round_id)
        if not is_done(tx, change_id, seat) and not _is_in(tx, round_id, entrant_id, seat):
            sheet = writable(tx, round_row, entrant_id, seat, at)
            require_complete(tx, sheet)
            _require_as_seen(tx, sheet, seen)
            put_submitted(tx, round_row, sheet, at)
            put_done(tx, sheet, change_id, "submit", at)
            record(tx, who, "sheet_submitted", sheet["id"], at=at, round_id=round_id)
        echo = pad_echo(tx, round_row, entrant_id, seat, at)
        return {**echo, "results": [{"id": change_id, "outcome": "done"}]}


def _is_in(tx: Transaction, round_id: str, entrant_id: str, person_id: str) -> bool:
    """Whether the sheet is submitted already: to submit it again asks for nothing."""
    sheet = sheet_rows.of_pair(tx, round_id, entrant_id, person_id)
    return sheet is not None and sheet["state"] == "submitted"


def _require_as_seen(tx: Transaction, sheet: Mapping[str, Any], seen: Mapping[str, str]) -> None:
    criteria = {row["id"]: row for row in round_rows.criteria(tx, sheet["round_id"])}
    for mark in sheet_rows.marks(tx, sheet["id"]):
        criterion = criteria[mark["criterion_id"]]
        shown = seen.get(criterion["id"])
        if shown is None or fields.parse_mark(shown, criterion) != mark["value"]:
            raise StaleMark(criterion=criterion["name"])


def require_event(who: Visitor, event: str) -> None:
    """Refuse what a tablet kept from another event, a rehearsal for instance (409)."""
    if who.competition_id != event:
        raise WrongEvent


def pad_echo(
    tx: Transaction, round_row: dict[str, Any], entrant_id: str, person_id: str, at: datetime
) -> dict[str, Any]:
    """What the server now holds of a sheet, with what waits for a second person.

    Returns
    -------
    dict
        As `sheet_echo`, with ``request`` (``id, at, marks``: criterion's id to the value asked
        for; or None) and ``version`` of all that is this judge's.
    """
    echo = sheet_echo(tx, round_row, entrant_id, person_id, at)
    found = rows.open_request(tx, round_row["id"], entrant_id, person_id)
    request = None
    if found is not None:
        request = {
            "id": found["id"],
            "at": found["asked_at"],
            "marks": {
                mark["criterion_id"]: fields.decimal_text(mark["value"], mark["step"])
                for mark in rows.requested_marks(tx, found["id"])
            },
        }
    version = rows.version_of(tx, round_row["id"], person_id)
    return {**echo, "request": request, "version": version}
