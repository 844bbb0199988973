"""Marks that a tablet kept and gives back after an older file was put in place of a newer one.

Each keeps its first id, and ``after``, the id of the mark it took the place of: so the order in
which tablets come does not matter.  Nothing newer is ever overwritten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competition.acting import acting
from competition.errors import Missing, Refused
from competition.marks.change_requests import put_late
from competition.marks.echoes import Echo, Outcome
from competition.marks.echoing import sheet_echo
from competition.marks.errors import Absent, SheetLocked, StaleMark
from competition.marks.sheets import (
    MarkChange,
    held_mark,
    is_done,
    put_done,
    put_mark,
    put_submitted,
    writable,
)
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, heads
from db import changes as change_rows
from db import rounds as round_rows
from db import sheets as sheet_rows
from db.shapes import RoundRow, Sheet


@dataclass(frozen=True)
class Kept:
    """One acknowledged change that a tablet kept.

    Attributes
    ----------
    seen : mapping or None
        Of a submit: every criterion's mark in thousandths as it was shown; None for a mark.
    head : str
        The head of the answer that acknowledged it.
    """

    change_id: str
    entrant_id: str
    head: str
    criterion_id: str = ""
    value: int | None = None
    after: str = ""
    seen: Mapping[str, int] | None = None


def resend_marks(
    store: Store, who: Visitor, *, round_id: str, kept: Sequence[Kept], at: datetime
) -> dict[str, Any]:
    """Take back what a tablet kept, oldest first, each change once.

    Returns
    -------
    dict
        ``event, seat, round``; ``results``, for each change its ``id`` and ``outcome``:
        ``known``, ``done``, ``wait`` (what it took the place of is not here yet), ``conflict``
        (with ``value`` and ``held``), ``requested`` or ``refused``; ``sheets``, the echoes of
        the sheets that were touched.
    """
    with acting(store, who, "resend_marks", round_id, at=at) as (act, tx):
        desk = _Returning(tx, who, act.round, act.at)
        results = [desk.take(one) for one in kept]
        desk.store_sheets()
        if tx.changes:
            act.record("marks_resent", who.person_id, reason=_first_head(kept))
        else:
            act.unchanged()
        echoes = [desk.echo(entrant_id) for entrant_id in {one.entrant_id: None for one in kept}]
    return {
        "event": who.competition_id,
        "seat": who.person_id,
        "round": round_id,
        "results": results,
        "sheets": echoes,
    }


class _Returning:
    """One batch of a tablet inside its transaction."""

    def __init__(self, tx: Transaction, who: Visitor, round_row: RoundRow, at: datetime) -> None:
        self.tx, self.who, self.round, self.at = tx, who, round_row, at
        self.seat = str(who.person_id)
        self.criteria = {row["id"]: row for row in round_rows.criteria(tx, round_row["id"])}
        self.sheets: dict[str, Sheet] = {}
        self.begun = heads.generation(tx, str(who.competition_id))
        self.waits_end = _all_others_settled(tx, who)

    def take(self, one: Kept) -> Outcome:
        """One change by itself; a refusal is its outcome."""
        try:
            if is_done(self.tx, one.change_id, self.seat):
                return {"id": one.change_id, "outcome": "known"}
            result = self._take_mark(one) if one.seen is None else self._take_submit(one, one.seen)
        except Refused as error:
            result = {
                "id": one.change_id,
                "outcome": "refused",
                "code": error.code,
                "error": error,
            }
        self._note(one, result["outcome"])
        return result

    def _take_mark(self, one: Kept) -> Outcome:
        criterion = self.criteria.get(one.criterion_id)
        if criterion is None:
            raise Missing(what="criterion")
        sheet = self._sheet(one.entrant_id)
        if sheet is None:
            return {"id": one.change_id, "outcome": self._request(one)}
        mark = sheet_rows.mark(self.tx, sheet["id"], one.criterion_id)
        if one.after == (mark["client_id"] if mark else ""):
            change = MarkChange(
                one.criterion_id,
                one.value,
                one.change_id,
                mark["rev"] if mark else 0,
                one.after,
            )
            self.sheets[one.entrant_id] = put_mark(self.tx, sheet, criterion, change, self.at)
            return {"id": one.change_id, "outcome": "done"}
        is_unknown = one.after and change_rows.applied(self.tx, one.after) is None
        if is_unknown and not self.waits_end:
            return {"id": one.change_id, "outcome": "wait"}
        return {
            "id": one.change_id,
            "outcome": "conflict",
            "value": one.value,
            "held": held_mark(mark) if mark else None,
        }

    def _take_submit(self, one: Kept, seen: Mapping[str, int]) -> Outcome:
        sheet = self._sheet(one.entrant_id)
        if sheet is None:
            stored = sheet_rows.of_pair(self.tx, self.round["id"], one.entrant_id, self.seat)
            if stored is None or stored["state"] != "submitted":
                raise SheetLocked(since=None)
            put_done(self.tx, stored, one.change_id, "submit", self.at)
            return {"id": one.change_id, "outcome": "done"}
        if sheet["state"] != "submitted":
            if not self._are_there(sheet, one, seen):
                return self._submit_waits(one)
            self._keep(sheet)
            put_submitted(self.tx, self.round, sheet, self.at)
            del self.sheets[one.entrant_id]
        put_done(self.tx, sheet, one.change_id, "submit", self.at)
        return {"id": one.change_id, "outcome": "done"}

    def _submit_waits(self, one: Kept) -> Outcome:
        if self.waits_end:
            raise StaleMark(criterion="")
        return {"id": one.change_id, "outcome": "wait"}

    def _are_there(self, sheet: Sheet, one: Kept, seen: Mapping[str, int]) -> bool:
        """Whether each mark a submit had seen is stored, or one that was made after it."""
        stored = {mark["criterion_id"]: mark for mark in sheet_rows.marks(self.tx, sheet["id"])}
        return all(
            criterion_id in stored
            and (
                stored[criterion_id]["value"] == seen.get(criterion_id)
                or (
                    stored[criterion_id]["value"] is not None
                    and self._is_later(stored[criterion_id], one)
                )
            )
            for criterion_id in self.criteria
        )

    def _is_later(self, mark: Mapping[str, Any], submit: Kept) -> bool:
        """Whether a stored mark was first made after a submit, or since the file was put back."""
        came = heads.returned(self.tx, mark["client_id"])
        if came is None:
            return bool(self.begun is None or mark["at"] > self.begun["at"])
        first, second = heads.parse(came["head"]), heads.parse(submit.head)
        return bool(first and second and first.order > second.order)

    def _sheet(self, entrant_id: str) -> Sheet | None:
        """The sheet to be written on; None where only a change request can still be made."""
        if self.round["state"] != "open":
            return None
        if entrant_id not in self.sheets:
            try:
                sheet = writable(self.tx, self.round, entrant_id, self.seat, self.at)
            except (SheetLocked, Absent):
                return None
            self.sheets[entrant_id] = sheet
        return self.sheets[entrant_id]

    def _request(self, one: Kept) -> str:
        change = MarkChange(one.criterion_id, one.value, one.change_id)
        key = {"round_id": self.round["id"], "entrant_id": one.entrant_id, "person_id": self.seat}
        return put_late(self.tx, self.who, key, change, self.at)

    def _note(self, one: Kept, outcome: str) -> None:
        before = heads.returned(self.tx, one.change_id)
        if before is not None and before["outcome"] == outcome:
            return
        self.tx.put(
            "returned",
            {
                "id": one.change_id,
                "competition_id": str(self.who.competition_id),
                "round_id": self.round["id"],
                "entrant_id": one.entrant_id,
                "person_id": self.seat,
                "head": one.head,
                "outcome": outcome,
                "at": stamp(self.at),
            },
        )

    def _keep(self, sheet: Sheet) -> None:
        """Store a sheet as its marks have left it."""
        if sheet["rev"]:
            self.tx.put("sheets", sheet)

    def store_sheets(self) -> None:
        """Store the sheets as their marks have left them."""
        for sheet in self.sheets.values():
            if sheet_rows.find(self.tx, sheet["id"]) != sheet:
                self._keep(sheet)

    def echo(self, entrant_id: str) -> Echo:
        """The sheet as the server now holds it."""
        return sheet_echo(self.tx, self.round, entrant_id, self.seat, self.at)


def _first_head(kept: Sequence[Kept]) -> str:
    """The oldest generation and number among the heads of a batch, as the log names them."""
    known = [head for head in (heads.parse(one.head) for one in kept) if head is not None]
    oldest = min(known, key=lambda head: head.order, default=None)
    return "" if oldest is None else f"{oldest.number}.{oldest.n}"


def _all_others_settled(tx: Transaction, who: Visitor) -> bool:
    """Whether a tablet was waived and no other is waited for: then nothing more will come."""
    owner, mine = str(who.competition_id), heads.former_devices(tx, who.seat_hash or "")
    states = [row["state"] for row in heads.awaited(tx, owner) if row["device"] not in mine]
    return "waived" in states and "waiting" not in states
