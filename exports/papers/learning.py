"""交流: what an entrant or a county may learn from, criterion by criterion."""

from collections.abc import Sequence
from dataclasses import dataclass

from competition.results.explaining import Explanation
from competition.results.strengths import CriterionStanding


@dataclass(frozen=True)
class Model:
    """The selected entrant with the highest mean on a criterion."""

    entrant: Explanation
    mean: float


def models(explained: Sequence[Explanation]) -> dict[str, Model]:
    """Criterion's name to its model among the selected; of equals the first in rank."""
    best: dict[str, Model] = {}
    for one in sorted(explained, key=lambda each: each.line.rank or 0):
        for criterion in one.criteria if one.line.selected else ():
            known = best.get(criterion.name)
            if known is None or criterion.mean > known.mean:
                best[criterion.name] = Model(one, criterion.mean)
    return best


def mean_of(
    explained: Sequence[Explanation], county: str | None, *, selected: bool = False
) -> dict[str, float]:
    """Criterion's name to the mean of some entrants: a county's, all, or the selected alone."""
    marks: dict[str, list[float]] = {}
    for one in explained:
        if (county is None or one.line.county == county) and (one.line.selected or not selected):
            for criterion in one.criteria:
                marks.setdefault(criterion.name, []).append(criterion.mean)
    return {name: sum(values) / len(values) for name, values in marks.items()}


def furthest(
    criteria: Sequence[CriterionStanding],
    own: dict[str, float],
    others: dict[str, float],
    most: int = 2,
) -> list[str]:
    """Names of the criteria furthest behind, as shares of their maxima; none that are not."""
    gaps = {
        one.name: (own[one.name] - others[one.name]) / float(one.maximum)
        for one in criteria
        if one.name in own and one.name in others
    }
    behind = [name for name, gap in gaps.items() if gap < 0]
    return sorted(behind, key=lambda name: gaps[name])[:most]
