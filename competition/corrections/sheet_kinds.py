"""Corrections of sheets: a mark changed, a sheet moved to the entrant it belongs to."""

from collections.abc import Mapping
from typing import Any

from competition import fields
from competition.acting import Act, changed
from competition.corrections.facts import Facts, What
from competition.errors import Missing, NothingChanged, WrongState
from competition.ids import mint
from competition.lineup.entrants import require_place
from competition.lineup.errors import NotAssigned, Recused
from competition.lineup.panel import require_seat
from competition.marks.errors import Withdrawn
from competition.marks.sheets import MarkChange, new_sheet, put_mark
from competition.rounds.floors import require_floor
from competition.times import stamp
from db import Transaction, panel, remarks
from db import rounds as round_rows
from db import sheets as rows
from db.shapes import RoundRow, Sheet


def require_pair(tx: Transaction, round_id: str, entrant_id: str, judge: str) -> dict[str, Any]:
    """A judge's assignment to an entrant of this round that takes part."""
    place = require_place(tx, round_id, entrant_id)
    require_seat(tx, round_id, judge)
    pair = panel.assignment(tx, round_id, entrant_id, judge)
    if pair is None:
        raise NotAssigned
    if place["stage"] == "withdrawn":
        raise Withdrawn
    return pair


def _require_counted(tx: Transaction, round_id: str, entrant_id: str, judge: str) -> Sheet:
    """A submitted sheet; one that is not, its judge still changes."""
    pair = require_pair(tx, round_id, entrant_id, judge)
    if pair["state"] == "recused":
        raise Recused(reason=pair["reason"])
    sheet = rows.of_pair(tx, round_id, entrant_id, judge)
    if sheet is None:
        raise Missing(what="sheet")
    if sheet["state"] != "submitted":
        raise WrongState(before=sheet["state"], after="changed")
    return sheet


def marks(tx: Transaction, round_row: RoundRow, what: What) -> Facts:
    """Other marks on a submitted sheet.

    Raises
    ------
    MarkOutOfRange, MarkOffStep, BelowFloor, NothingChanged
    """
    sheet = _require_counted(tx, round_row["id"], what["entrant"], what["judge"])
    known = {row["id"]: row for row in round_rows.criteria(tx, round_row["id"])}
    held = _values(tx, sheet)
    old, new = {}, {}
    for criterion_id, value in what["marks"].items():
        if criterion_id not in known:
            raise Missing(what="criterion")
        criterion = known[criterion_id]
        fields.check_mark(value, criterion)
        if held[criterion_id] != value:
            old[f"mark {criterion_id}"] = fields.decimal_text(held[criterion_id], criterion["step"])
            new[f"mark {criterion_id}"] = fields.decimal_text(value, criterion["step"])
    if not new:
        raise NothingChanged(field="marks")
    require_floor(tx, sheet, what["marks"])
    return Facts({"rev": sheet["rev"], "state": sheet["state"], **held}, old, new)


def _values(tx: Transaction, sheet: Mapping[str, Any]) -> dict[str, Any]:
    return {mark["criterion_id"]: mark["value"] for mark in rows.marks(tx, sheet["id"])}


def put_marks(act: Act, what: What, _reason: str) -> None:
    """Inside an act: write each mark as one more tap, with the next revision."""
    tx, round_id = act.tx, act.round["id"]
    sheet = _require_counted(tx, round_id, what["entrant"], what["judge"])
    known = {row["id"]: row for row in round_rows.criteria(tx, round_id)}
    for criterion_id, value in sorted(what["marks"].items()):
        stored = rows.mark(tx, sheet["id"], criterion_id) or {"rev": 0, "value": None}
        if stored["value"] != value:
            change = MarkChange(criterion_id, value, mint(), stored["rev"])
            sheet = put_mark(tx, sheet, known[criterion_id], change, act.at)
    tx.put("sheets", sheet)


def move(tx: Transaction, round_row: RoundRow, what: What) -> Facts:
    """A sheet given to the entrant it belongs to; two sheets change places where both exist.

    Raises
    ------
    NothingChanged
        If both entrants are the same.
    """
    if what["entrant"] == what["other"]:
        raise NothingChanged(field="other")
    source = _source(tx, round_row["id"], what)
    pair = require_pair(tx, round_row["id"], what["other"], what["judge"])
    if pair["state"] != "expected":
        raise WrongState(before=pair["state"], after="changed", clears="request_correction")
    target = rows.of_pair(tx, round_row["id"], what["other"], what["judge"])
    ground = {"rev": source["rev"], "state": source["state"]}
    ground |= {
        "other_rev": target["rev"] if target else 0,
        "other_state": target["state"] if target else "",
    }
    old, new = {"entrant": what["entrant"]}, {"entrant": what["other"]}
    if target and any(value is not None for value in _values(tx, target).values()):
        old["other"], new["other"] = what["other"], what["entrant"]
    return Facts(ground, old, new)


def _source(tx: Transaction, round_id: str, what: What) -> Sheet:
    require_pair(tx, round_id, what["entrant"], what["judge"])
    sheet = rows.of_pair(tx, round_id, what["entrant"], what["judge"])
    if sheet is None:
        raise Missing(what="sheet")
    return sheet


def put_move(act: Act, what: What, reason: str) -> None:
    """Inside an act: exchange what two sheets hold; both are locked where they are submitted.

    In a closed round the entrant left without a sheet has one judge fewer.
    """
    tx, round_id, judge = act.tx, act.round["id"], what["judge"]
    source = _source(tx, round_id, what)
    target = rows.of_pair(tx, round_id, what["other"], judge)
    if target is None:
        target = new_sheet(round_id, what["other"], judge, at=act.at)
    held, others = _values(tx, source), _values(tx, target)
    _put_held(act, source, target, others)
    _put_held(act, target, source, held)
    _exchange_remarks(act, what)
    if act.round["state"] == "closed" and target["state"] != "submitted":
        pair = require_pair(tx, round_id, what["entrant"], judge)
        tx.put("assignments", changed(pair, state="absent", reason=reason))


def _put_held(act: Act, sheet: Sheet, other: Sheet, values: Mapping[str, Any]) -> None:
    """Write on a sheet what the other held before."""
    is_in = other["state"] == "submitted"
    rev, at = sheet["rev"] + 1, stamp(act.at)
    submitted = {"submitted_at": other["submitted_at"], "locked_at": at if is_in else None}
    row = changed(sheet, state=other["state"], rev=rev, saved_at=at, **submitted)
    act.tx.put("sheets", row)
    for criterion in round_rows.criteria(act.tx, act.round["id"]):
        stored = rows.mark(act.tx, sheet["id"], criterion["id"])
        value = values.get(criterion["id"])
        if stored is not None or value is not None:
            key = {"sheet_id": sheet["id"], "criterion_id": criterion["id"]}
            act.tx.put("marks", {**key, "value": value, "rev": rev, "client_id": mint(), "at": at})


def _exchange_remarks(act: Act, what: What) -> None:
    """The judge's words go with the marks."""
    both = {what["entrant"]: what["other"], what["other"]: what["entrant"]}
    written = [
        row
        for row in remarks.of_judge(act.tx, act.round["id"], what["judge"])
        if row["entrant_id"] in both
    ]
    act.tx.remove_rows("remarks", written)
    for row in written:
        act.tx.put("remarks", {**row, "entrant_id": both[row["entrant_id"]]})
