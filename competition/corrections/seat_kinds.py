"""Corrections of who is counted: late recusals, sheets set aside, judges leaving, the reserve."""

from collections.abc import Mapping

from competition.acting import Act, changed
from competition.corrections.facts import Facts, What
from competition.corrections.sheet_kinds import require_pair
from competition.errors import Missing, WrongState
from competition.lineup.errors import NothingToTakeOver, SeatTaken
from competition.lineup.panel import put_recusal, require_seat
from competition.lineup.substituting import (
    leave,
    put_substitution,
    to_take_over,
    unsubmitted,
)
from db import Transaction, panel
from db import sheets as rows
from db.shapes import RoundRow


def _turned(tx: Transaction, round_row: RoundRow, what: What, *, after: str) -> Facts:
    """An assignment that would have another state."""
    key = (round_row["id"], what["entrant"], what["judge"])
    pair = require_pair(tx, *key)
    if (pair["state"] == "expected") == (after == "expected") or pair["state"] == after:
        raise WrongState(before=pair["state"], after=after)
    sheet = rows.of_pair(tx, *key)
    ground = {
        "assignment": pair["state"],
        "stands_for": pair["stands_for"] or "",
        "rev": sheet["rev"] if sheet else 0,
        "state": sheet["state"] if sheet else "",
    }
    return Facts(ground, {"assignment": pair["state"]}, {"assignment": after})


def recusal(tx: Transaction, round_row: RoundRow, what: What) -> Facts:
    """A recusal that became known late: the sheet no longer counts."""
    return _turned(tx, round_row, what, after="recused")


def put_recused(act: Act, what: What, reason: str) -> None:
    """Inside an act: record the recusal."""
    put_recusal(act.tx, act.round["id"], what["entrant"], what["judge"], reason)


def set_aside(tx: Transaction, round_row: RoundRow, what: What) -> Facts:
    """A sheet that does not count, though its judge is not recused."""
    return _turned(tx, round_row, what, after="absent")


def put_aside(act: Act, what: What, reason: str) -> None:
    """Inside an act: count the judge as one who did not hear the entrant."""
    pair = require_pair(act.tx, act.round["id"], what["entrant"], what["judge"])
    act.tx.put("assignments", changed(pair, state="absent", reason=reason))


def restore(tx: Transaction, round_row: RoundRow, what: What) -> Facts:
    """A sheet that counts again; after closing only one that was submitted.

    Raises
    ------
    SeatTaken
        If a judge in reserve sits in the seat for this entrant.
    WrongState
        If the recusal follows from a place of work.
    """
    key = (round_row["id"], what["entrant"], what["judge"])
    result = _turned(tx, round_row, what, after="expected")
    taken = panel.stand_in(tx, *key)
    if taken is not None:
        raise SeatTaken(seat=taken["number"])
    known = panel.recusal(tx, *key)
    if known is not None and known["cause"] != "declared":
        raise WrongState(before="recused", after="expected")
    if round_row["state"] == "closed" and not rows.is_submitted(tx, *key):
        raise Missing(what="sheet")
    return result


def put_restored(act: Act, what: What, _reason: str) -> None:
    """Inside an act: the judge is expected again."""
    key = {
        "round_id": act.round["id"],
        "entrant_id": what["entrant"],
        "person_id": what["judge"],
    }
    pair = require_pair(act.tx, *key.values())
    act.tx.remove("recusals", **key)
    act.tx.put("assignments", changed(pair, state="expected", reason=""))


def leaving(tx: Transaction, round_row: RoundRow, what: What) -> Facts:
    """A judge who leaves: the sheets not submitted from an entrant on are not expected.

    Raises
    ------
    NothingToTakeOver
        If from there on every sheet is submitted.
    """
    seat = require_seat(tx, round_row["id"], what["judge"])
    numbers = _left(tx, round_row["id"], what)
    if not numbers:
        raise NothingToTakeOver(seat=seat["number"], number=what["first"])
    sheets = " ".join(map(str, numbers))
    return Facts({"sheets": sheets}, {"sheets": sheets}, {"sheets": ""})


def _left(tx: Transaction, round_id: str, what: What) -> list[int]:
    return [
        place["number"]
        for place, _ in unsubmitted(tx, round_id, what["judge"])
        if place["number"] >= what["first"]
    ]


def put_leaving(act: Act, what: What, reason: str) -> None:
    """Inside an act: record the judge absent for these entrants, and away."""
    for place, pair in unsubmitted(act.tx, act.round["id"], what["judge"]):
        if place["number"] >= what["first"]:
            leave(act.tx, pair, reason, is_return=False)
    seat = require_seat(act.tx, act.round["id"], what["judge"])
    if seat["presence"] != "away":
        act.tx.put("seats", changed(seat, presence="away"))


def reserve(tx: Transaction, round_row: RoundRow, what: What) -> Facts:
    """A seat that another judge takes over from an entrant on."""
    round_id, judges = round_row["id"], (what["judge"], what["taking"])
    owner, taken = to_take_over(tx, round_id, *judges, what["first"])
    numbers: Mapping[str, int] = {
        seat["person_id"]: seat["number"] for seat in panel.seats(tx, round_id)
    }
    sheets = " ".join(str(place["number"]) for place, _ in taken)
    submitted = [
        place["number"]
        for place, _ in taken
        if rows.is_submitted(tx, round_id, place["id"], what["taking"])
    ]
    ground = {"sheets": sheets, "owner": owner, "submitted": submitted}
    leaving_seat, taking_seat = (str(numbers[judge]) for judge in judges)
    return Facts(
        ground,
        {"holder": leaving_seat, "sheets": sheets},
        {"holder": taking_seat, "sheets": sheets},
    )


def put_reserve(act: Act, what: What, reason: str) -> None:
    """Inside an act: the seat has its new holder."""
    put_substitution(act, what["judge"], what["taking"], what["first"], reason)
