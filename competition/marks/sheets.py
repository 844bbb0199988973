"""A judge's sheets: which may be written on, one mark put on it, what the server holds of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from competition import fields
from competition.acting import changed
from competition.blind import shown_reason
from competition.errors import BadInput
from competition.ids import mint
from competition.lineup.entrants import require_place
from competition.lineup.errors import NotAssigned, Recused
from competition.marks.echoes import HeldMark
from competition.marks.errors import Absent, SheetIncomplete, SheetLocked, StaleMark, Withdrawn
from competition.rounds.floors import require_floor
from competition.rounds.rules import RoundRules
from competition.states import sheet_state
from competition.times import stamp
from db import Transaction, panel, releases, snapshots
from db import changes as change_rows
from db import rounds as round_rows
from db import sheets as rows
from db.shapes import CriterionRow, RoundRow, Sheet


@dataclass(frozen=True)
class MarkChange:
    """One tap.

    Attributes
    ----------
    criterion_id : str
    value : int or None
        The mark in thousandths; None clears it.
    client_id : str
        Id made where it was tapped; the same id twice is one change.
    base_rev : int
        The mark's revision the page was showing, 0 for none.
    after : str
        Id of the change made before this one on the same device, whose revision it did not
        know yet; empty where it knew.
    """

    criterion_id: str
    value: int | None
    client_id: str
    base_rev: int = 0
    after: str = ""

    def follows(self, stored: Mapping[str, Any] | None) -> bool:
        """Whether the stored mark is the one that was on the judge's screen."""
        if stored is None:
            return self.base_rev == 0 and not self.after
        return bool(self.base_rev == stored["rev"] or self.after == stored["client_id"])


def is_done(tx: Transaction, change_id: str, person_id: str) -> bool:
    """Whether this very change has been done already; then it is answered, never repeated.

    Raises
    ------
    BadInput
        If another person's change has that id.
    """
    applied = change_rows.applied(tx, change_id)
    if applied is not None and applied["person_id"] != person_id:
        raise BadInput(field="id", value=change_id[:20])
    return applied is not None


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
    sheet: Sheet,
    criterion: CriterionRow,
    change: MarkChange,
    at: datetime,
) -> Sheet:
    """Inside an act: write one mark on a sheet; return the sheet as it then is."""
    if not change.follows(rows.mark(tx, sheet["id"], criterion["id"])):
        raise StaleMark(criterion=criterion["name"])
    value = None if change.value is None else fields.check_mark(change.value, criterion)
    if sheet["state"] == "submitted":
        if value is None:
            raise SheetIncomplete(count=1)
        require_floor(tx, sheet, {criterion["id"]: value})
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
    return {**sheet, "rev": rev, "saved_at": stamp(at)}


def require_complete(tx: Transaction, sheet: Mapping[str, Any]) -> None:
    """Refuse a sheet with criteria still to mark; says how many."""
    given = sum(mark["value"] is not None for mark in rows.marks(tx, sheet["id"]))
    left = len(round_rows.criteria(tx, sheet["round_id"])) - given
    if left:
        raise SheetIncomplete(count=left)


def put_submitted(
    tx: Transaction, round_row: RoundRow, sheet: Mapping[str, Any], at: datetime
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


def writable(
    tx: Transaction, round_row: RoundRow, entrant_id: str, person_id: str, at: datetime
) -> Sheet:
    """The sheet a judge may write on now, stored or new."""
    round_id = round_row["id"]
    place = require_place(tx, round_id, entrant_id)
    pair = panel.assignment(tx, round_id, entrant_id, person_id)
    if pair is None:
        raise NotAssigned
    if pair["state"] == "recused":
        raise Recused(reason=shown_reason(round_row, pair))
    if pair["state"] == "absent":
        raise Absent(reason=shown_reason(round_row, pair))
    if place["stage"] == "withdrawn":
        raise Withdrawn
    sheet = rows.of_pair(tx, round_id, entrant_id, person_id)
    if sheet is None:
        return new_sheet(round_id, entrant_id, person_id, at=at)
    seen = sheet["state"] == "submitted" and snapshots.has_viewed(tx, round_id, person_id)
    if seen or sheet_state(sheet, round_row["state"], at) == "locked":
        raise SheetLocked(since=sheet["locked_at"])
    return sheet


def new_sheet(round_id: str, entrant_id: str, person_id: str, *, at: datetime) -> Sheet:
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


def held_mark(mark: Mapping[str, Any]) -> HeldMark:
    """A stored mark as a tablet is answered it."""
    return {
        "value": mark["value"],
        "rev": mark["rev"],
        "id": mark["client_id"],
        "at": mark["at"],
    }
