"""What the workbook's formulas give, computed by scoring: kept beside each formula.

A viewer on a phone shows what is kept and computes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from statistics import stdev
from typing import Any

from competition.results.explaining import Explanation
from exports.recount.places import Places, Score
from scoring import METHODS
from scoring.recipes.rows import Rows
from scoring.recipes.terms import GATHER

Key = tuple[str, Any]
"""Entrant's id and judge."""
PRECISE = 50


@dataclass(frozen=True)
class Values:
    """The figures of one score's method, by entrant and judge."""

    laid: Places
    score: Score

    @cached_property
    def gathered(self) -> dict[str, Rows]:
        """Each entrant's sheets as the method takes them."""
        tally, seats = self.laid.tally, self.laid.sheets.standings.judges
        member = {entrant: at for at, entrant in enumerate(tally.sheets.entrants)}
        return {
            one.line.entrant_id: GATHER[self.score.method](
                tally, member[one.line.entrant_id], seats
            )
            for one in self.laid.entrants
        }

    @cached_property
    def totals(self) -> dict[Key, float]:
        """Each counted sheet's total."""
        return {
            (entrant, row.judge): float(row.total)
            for entrant, rows in self.gathered.items()
            for row in rows.rows
        }

    @cached_property
    def converted(self) -> dict[Key, float]:
        """Each total as the method takes it into the mean; none for a sheet it leaves out."""
        return {
            (entrant, row.judge): float(
                rows.redo(_exact(row.total), _all(row.terms), _all(rows.facts))
            )
            for entrant, rows in self.gathered.items()
            for row in rows.rows
            if row.counts
        }

    @cached_property
    def gross(self) -> dict[str, float]:
        """Each entrant's score before its deduction."""
        tally = self.laid.tally
        scores = METHODS[self.score.method].score(tally)
        return {
            entrant: float(score)
            for entrant, score in zip(tally.sheets.entrants, scores, strict=True)
            if score is not None
        }

    def of_judge(self, judge: Any) -> list[float]:
        """A judge's totals, in the order of the rows."""
        return [
            self.totals[one.line.entrant_id, judge]
            for one in self.laid.entrants
            if (one.line.entrant_id, judge) in self.totals
        ]

    def left_over(self, judge: Any) -> float:
        """What a judge's totals and the scores of the same entrants leave over of each other."""
        own = [entrant for entrant, other in self.totals if other == judge]
        shown = [one for one in own if one in self.gross and one in self._scored]
        return round(sum(self.of_judge(judge)) - sum(self.gross[one] for one in shown), 6)

    @cached_property
    def _scored(self) -> set[str]:
        lines = [one.line for one in self.laid.entrants]
        is_official = self.score.kind == "official"
        return {
            line.entrant_id
            for line in lines
            if (line.official if is_official else line.announced) is not None
        }

    def criterion(self, one: Explanation, index: int) -> float:
        """An entrant's trimmed mean of one criterion, in marks."""
        rules = self.laid.tally.rules
        marks = sorted(Fraction(sheet.marks[index]) for sheet in one.sheets)
        if len(marks) >= rules.trim_needs:
            marks = marks[rules.trim_low : len(marks) - rules.trim_high]
        return float(sum(marks, Fraction(0)) / len(marks))


def spread(totals: Sequence[float]) -> float:
    """The standard deviation of a judge's totals; 0 where they are all one."""
    return 0.0 if max(totals) == min(totals) else stdev(totals)


JUDGES: dict[str, Callable[[Sequence[float]], float]] = {
    "judge_mean": lambda totals: sum(totals) / len(totals),
    "judge_sd": spread,
    "judge_low": min,
    "judge_high": max,
    "judge_sheets": lambda totals: float(len(totals)),
}
"""A judge's figure to what it is over that judge's totals."""


def _exact(value: Fraction | Decimal | float) -> Decimal:
    with localcontext(prec=PRECISE):
        exact = Fraction(value)
        return Decimal(exact.numerator) / exact.denominator


def _all(terms: Any) -> dict[str, Decimal]:
    return {name: _exact(value) for name, value in terms.items()}
