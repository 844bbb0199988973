"""Overtime by the rules' table: what it proposes to deduct. Two people decide, never the clock."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

from competition.marks.errors import OvertimeDeducted, OvertimeOpen
from competition.rights import require_read
from competition.rounds import overtime
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store, Transaction, clocks, decisions, entrants, rounds
from db.shapes import ClockRow, RoundRow

SECOND = 1000


@dataclass(frozen=True)
class Overtime:
    """One phase in which an entrant was over its limit.

    Attributes
    ----------
    used, limit, over : int
        Whole seconds.
    amount : int
        What the table proposes to deduct, in thousandths.
    """

    entrant_id: str
    number: int
    phase: str
    take: int
    used: int
    limit: int
    over: int
    amount: int


def proposals(store: Store, who: Visitor, round_id: str) -> list[Overtime]:
    """The overtimes of a round for which no deduction was entered, by number."""
    with store.reading() as tx:
        row = require_read(tx, who, "deductions", round_id)
        return undecided(tx, row)


def undecided(tx: Transaction, row: RoundRow) -> list[Overtime]:
    """Overtimes that cost something and that no two people have decided on.

    A deduction for the same seconds decides, also one that was withdrawn.
    """
    decided = {
        (one["entrant_id"], one["phase"], one["take"], one["over_seconds"])
        for one in decisions.deductions(tx, row["id"])
    }
    return [
        one
        for one in overtimes(tx, row)
        if (one.entrant_id, one.phase, one.take, one.over) not in decided
    ]


def overtimes(tx: Transaction, row: RoundRow) -> list[Overtime]:
    """Every stopped clock over its limit that costs something by the table."""
    rules = RoundRules.from_json(row["rules"])
    if rules.overtime_by == "none":
        return []
    numbers = {place["id"]: place["number"] for place in entrants.in_round(tx, row["id"])}
    overran = [
        _overtime(rules, clock, numbers[clock["entrant_id"]])
        for clock in clocks.of_round(tx, row["id"])
        if clock["state"] == "stopped"
    ]
    return sorted((one for one in overran if one.amount), key=lambda one: (one.number, one.phase))


def _overtime(rules: RoundRules, clock: ClockRow, number: int) -> Overtime:
    used, limit = clock["used_ms"] // SECOND, rules.limit(clock["phase"])
    over = max(0, used - limit) if limit else 0
    amount = overtime.cost(rules.overtime_by, rules.overtime, over)
    ids = (clock["entrant_id"], number, clock["phase"], clock["take"])
    return Overtime(*ids, used, limit, over, amount)


def problems(tx: Transaction, round_id: str, ids: Container[str]) -> Iterator[OvertimeOpen]:
    """Why these entrants cannot be announced: an overtime that is undecided."""
    for one in undecided(tx, rounds.get(tx, round_id)):
        if one.entrant_id in ids:
            yield OvertimeOpen(number=one.number, seconds=one.over)


def about(tx: Transaction, row: RoundRow, entrant_id: str, phase: str) -> dict[str, Any]:
    """The columns of a deduction for the overtime of a phase; empty where there is none.

    Raises
    ------
    OvertimeDeducted
        If a deduction for this phase waits or is in force.
    """
    mine = [one for one in overtimes(tx, row) if one.entrant_id == entrant_id]
    match = next((one for one in mine if one.phase == phase), None)
    if match is None:
        return {}
    for one in decisions.deductions(tx, row["id"]):
        is_same = (one["entrant_id"], one["phase"]) == (entrant_id, phase)
        if is_same and not one["withdrawn_reason"]:
            raise OvertimeDeducted(number=match.number)
    return {"phase": phase, "take": match.take, "over_seconds": match.over}
