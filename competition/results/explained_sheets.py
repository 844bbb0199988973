"""The counted sheets behind an explanation, read for one entrant or at once for all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from competition import fields
from competition.marks.deductions import reasons_in_force
from competition.results.standings import RoundStandings
from competition.results.strengths import CriterionMeans, criterion_means
from db import Transaction, panel, sheets
from db import rounds as round_rows
from scoring.recipes.recipe import figure


@dataclass(frozen=True)
class SheetMarks:
    """One judge's counted sheet.

    Attributes
    ----------
    seat : int
        The judge's number; never a name.
    judge : str
        The judge's id, as in a recipe's parts.
    marks : tuple of Decimal
        In the order of the rubric.
    total : Decimal
        The sheet's total, rounded as the rules say.
    stands_for : int or None
        The seat this judge in reserve had taken over.
    came : str
        ``dictated`` or ``paper`` where it was typed in for the judge.
    """

    seat: int
    judge: str
    marks: tuple[Decimal, ...]
    total: Decimal
    stands_for: int | None = None
    came: str = ""


@dataclass(frozen=True)
class Uncounted:
    """A judge of the panel whose sheet does not count, and why."""

    seat: int
    state: str
    reason: str


@dataclass(frozen=True)
class CriterionHead:
    """A criterion: its name, its maximum, and the points that the maximum is worth."""

    name: str
    maximum: Decimal
    points: Decimal


Rows = Mapping[str, list[Mapping[str, Any]]]
"""Entrant's id to its rows."""


@dataclass(frozen=True)
class ReadSheets:
    """What was read of a round: its rubric, means, and the rows of the entrants asked for.

    Attributes
    ----------
    deductions
        Entrant's id to the confirmed deductions in points with their reasons.
    """

    result: RoundStandings
    rubric: tuple[CriterionHead, ...]
    means: tuple[CriterionMeans, ...]
    marks: Rows
    pairs: Rows
    deductions: Mapping[str, tuple[tuple[Decimal, str], ...]]

    def sheets(self, entrant_id: str) -> tuple[SheetMarks, ...]:
        """The counted sheets of an entrant, by seat."""
        result, counted = self.result, self.result.numbers.tally.counted
        member = counted.entrants.index(entrant_id)
        marks = self._marks(entrant_id)
        seats = {
            pair["person_id"]: result.judges.get(pair["stands_for"])
            for pair in self.pairs[entrant_id]
        }
        rows = []
        for row in np.flatnonzero(counted.entrant == member).tolist():
            judge = counted.judges[int(counted.judge[row])]
            shown = figure(Fraction(int(counted.units[row]), counted.denominator), 6)
            came = result.came.get((entrant_id, judge), "")
            rows.append(
                SheetMarks(result.judges[judge], judge, marks[judge], shown, seats[judge], came)
            )
        return tuple(sorted(rows, key=lambda sheet: sheet.seat))

    def uncounted(self, entrant_id: str) -> tuple[Uncounted, ...]:
        """The seats of an entrant's panel whose sheets do not count."""
        counted = self.result.numbers.tally.counted
        own = counted.judge[counted.entrant == counted.entrants.index(entrant_id)].tolist()
        seen = {counted.judges[judge] for judge in own}
        return tuple(
            Uncounted(pair["number"], pair["state"], pair["reason"])
            for pair in self.pairs[entrant_id]
            if pair["holds_seat"] and pair["person_id"] not in seen
        )

    def _marks(self, entrant_id: str) -> Mapping[str, tuple[Decimal, ...]]:
        given = {(m["judge"], m["criterion"]): points(m["value"]) for m in self.marks[entrant_id]}
        return {
            judge: tuple(given[judge, criterion] for criterion in self.result.criteria)
            for judge in {judge for judge, _ in given}
        }


def read_sheets(
    tx: Transaction, result: RoundStandings, entrant_id: str | None = None
) -> ReadSheets:
    """Read a round's sheets once for all entrants, or those of one entrant alone."""
    round_id = result.round["id"]
    if entrant_id is None:
        marks = _by("entrant", sheets.counted_marks(tx, round_id))
        pairs = _by("entrant_id", panel.of_entrants(tx, round_id))
    else:
        marks = _by("entrant", sheets.counted_marks_of(tx, round_id, entrant_id))
        pairs = _by("entrant_id", panel.of_entrant(tx, round_id, entrant_id))
    deductions = {
        one: tuple((points(amount), reason) for amount, reason in costs)
        for one, costs in reasons_in_force(tx, round_id).items()
    }
    return ReadSheets(
        result, _rubric(tx, result), criterion_means(result), marks, pairs, deductions
    )


def points(thousandths: int) -> Decimal:
    """A stored mark or maximum in points."""
    return Decimal(thousandths) / fields.THOUSAND


def _by(key: str, rows: Iterable[Mapping[str, Any]]) -> Rows:
    grouped: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row[key]].append(row)
    return grouped


def _rubric(tx: Transaction, result: RoundStandings) -> tuple[CriterionHead, ...]:
    scale = result.rules.scoring.exact("scale_max")
    return tuple(
        CriterionHead(
            criterion["name"],
            points(criterion["maximum"]),
            figure(Fraction(criterion["weight"]) * scale, 4),
        )
        for criterion in round_rows.criteria(tx, result.round["id"])
    )
