"""Where an entrant is ahead of the field and where behind, criterion by criterion."""

from collections.abc import Iterable, Sequence
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


def criterion_standings(
    means: Iterable["CriterionMeans"], entrant_id: str
) -> tuple[CriterionStanding, ...]:
    """An entrant's standing on each criterion, in the order of the rubric."""
    return tuple(
        CriterionStanding(one.name, one.maximum, one.means[entrant_id], one.field)
        for one in means
        if entrant_id in one.means
    )


@dataclass(frozen=True)
class CriterionMeans:
    """Each entrant's mean mark on a criterion, by id, and the field's."""

    name: str
    maximum: Decimal
    means: dict[str, float]
    field: float

    def of(self, entrant_ids: Iterable[str]) -> float | None:
        """Mean over some entrants; None where none of them has a mark."""
        marks = [self.means[one] for one in entrant_ids if one in self.means]
        return sum(marks) / len(marks) if marks else None


def criterion_means(result: RoundStandings) -> tuple[CriterionMeans, ...]:
    """Mean marks of all entrants, criterion by criterion, in the order of the rubric."""
    tally = result.numbers.tally
    order = list(result.criteria)
    by_criterion = []
    for index, criterion in enumerate(tally.sheets.criteria):
        means = _means(tally, index, adjusted=result.official_is_adjusted)
        maximum = Decimal(criterion.maximum.numerator) / Decimal(criterion.maximum.denominator)
        by_id = {
            entrant: float(mean)
            for entrant, mean in zip(tally.sheets.entrants, means, strict=True)
            if not np.isnan(mean)
        }
        name = result.criteria[criterion.name]
        row = CriterionMeans(name, maximum, by_id, float(np.nanmean(means)))
        by_criterion.append((order.index(criterion.name), row))
    return tuple(row for _, row in sorted(by_criterion, key=lambda pair: pair[0]))


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
