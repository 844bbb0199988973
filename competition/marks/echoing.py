"""What the server holds of a judge's sheets: the only ground on which a tablet says saved."""

from collections.abc import Sequence
from datetime import datetime

from competition.marks.echoes import Echo, HeldMark, Request
from competition.states import sheet_state
from db import Transaction, own_sheets
from db import changes as change_rows
from db import rounds as round_rows
from db.shapes import RoundRow
from db.store import Row

NONE = own_sheets.Held("", "", asked=False)


def sheet_echo(
    tx: Transaction, round_row: RoundRow, entrant_id: str, person_id: str, at: datetime
) -> Echo:
    """Return what the server holds of one sheet."""
    held = own_sheets.held(tx, round_row["id"], person_id, entrant_id)
    (echo,) = _echoes(tx, round_row, held, [entrant_id], person_id, at)
    return echo


def echoes(
    tx: Transaction,
    round_row: RoundRow,
    entrant_ids: Sequence[str],
    person_id: str,
    at: datetime,
) -> list[Echo]:
    """Return what the server holds of a judge's sheets, in the order of the entrants given."""
    held = own_sheets.held(tx, round_row["id"], person_id)
    return _echoes(tx, round_row, held, entrant_ids, person_id, at)


def _echoes(
    tx: Transaction,
    round_row: RoundRow,
    held: dict[str, own_sheets.Held],
    entrant_ids: Sequence[str],
    person_id: str,
    at: datetime,
) -> list[Echo]:
    of = round_rows.criteria_count(tx, round_row["id"])
    version = change_rows.version_of(tx, round_row["id"], person_id)
    echoes: list[Echo] = []
    for entrant_id in entrant_ids:
        pair = held.get(entrant_id) or NONE
        sheet = pair.rows[0] if pair.rows and pair.rows[0]["id"] else None
        marks = [row for row in pair.rows if row["criterion_id"] is not None]
        echoes.append(
            {
                "event": round_row["competition_id"],
                "seat": person_id,
                "round": round_row["id"],
                "entrant": entrant_id,
                "state": sheet_state(sheet, round_row["state"], at) if sheet else "draft",
                "came": pair.came,
                "rev": sheet["rev"] if sheet else 0,
                "saved": sum(mark["value"] is not None for mark in marks),
                "of": of,
                "saved_at": sheet["saved_at"] if sheet else None,
                "submitted_at": sheet["submitted_at"] if sheet else None,
                "locked_at": sheet["locked_at"] if sheet else None,
                "marks": {mark["criterion_id"]: _held_mark(mark) for mark in marks},
                "request": _request(tx, pair.request) if pair.request else None,
                "asked": pair.asked,
                "version": version,
            }
        )
    return echoes


def _held_mark(row: Row) -> HeldMark:
    return {
        "value": row["value"],
        "rev": row["mark_rev"],
        "id": row["client_id"],
        "at": row["at"],
    }


def _request(tx: Transaction, request_id: str) -> Request | None:
    request = change_rows.request(tx, request_id)
    if request is None:
        return None
    asked = change_rows.requested_marks(tx, request["id"])
    marks = {mark["criterion_id"]: mark["value"] for mark in asked}
    return {"id": request["id"], "at": request["asked_at"], "marks": marks}
