"""Where an entrant is ahead of the field and where behind, criterion by criterion."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from competition.results.standings import RoundStandings
from scoring.exact import Floats
from scoring.methods.least_squares import fit_least_squares
from scoring.methods.tally import Tally

MOST = 2


@dataclass(frozen=True)
class CriterionStanding:
    """An entrant's mean mark on a criterion beside the field's, in points of the criterion.

    Where the adjusted score is official the judges' severity on this criterion is removed:
    otherwise entrants with strict judges would look weak everywhere.
    """

    name: str
    maximum: Decimal
    mean: float
    field: float

    @property
    def lead(self) -> float:
        """Share of the maximum by which the entrant is ahead of the field."""
        return (self.mean - self.field) / float(self.maximum)


def criterion_standings(result: RoundStandings, entrant_id: str) -> tuple[CriterionStanding, ...]:
    """An entrant's standing on each criterion, in the order of the rubric."""
    tally = result.numbers.tally
    member = tally.sheets.entrants.index(entrant_id)
    order = list(result.criteria)
    standings = []
    for index, criterion in enumerate(tally.sheets.criteria):
        means = _means(tally, index, adjusted=result.official_is_adjusted)
        if np.isnan(means[member]):
            continue
        maximum = Decimal(criterion.maximum.numerator) / Decimal(criterion.maximum.denominator)
        name = result.criteria[criterion.name]
        standings.append(
            (
                order.index(criterion.name),
                CriterionStanding(name, maximum, float(means[member]), float(np.nanmean(means))),
            )
        )
    return tuple(standing for _, standing in sorted(standings, key=lambda pair: pair[0]))


def _means(tally: Tally, index: int, *, adjusted: bool) -> Floats:
    """Mean mark by entrant; NaN without a sheet."""
    if adjusted and tally.fit is not None:
        marks = tally.fitted.marks[:, index].astype(float) / tally.fitted.marks_denominator
        fit = fit_least_squares(tally.fit.design, marks)
        return tally.spread(fit.adjusted, fit.design.entrants)
    sheets = tally.sheets
    marks = sheets.marks[:, index].astype(float) / sheets.marks_denominator
    count = sheets.per_entrant()
    sums = np.bincount(sheets.entrant, weights=marks, minlength=len(count))
    return np.where(count > 0, sums / np.maximum(count, 1), np.nan)


def strongest(criteria: Sequence[CriterionStanding]) -> tuple[CriterionStanding, ...]:
    """The two criteria furthest ahead of the field; fewer where the rubric is short."""
    return tuple(sorted(criteria, key=lambda c: -c.lead)[: min(MOST, len(criteria) // 2)])


def weakest(criteria: Sequence[CriterionStanding]) -> tuple[CriterionStanding, ...]:
    """The two criteria furthest behind the field; none that is among the strongest."""
    return tuple(sorted(criteria, key=lambda c: c.lead)[: min(MOST, len(criteria) // 2)])
