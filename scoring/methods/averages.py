"""Announced scores: exact fractions made from one entrant's own sheets."""

from collections.abc import Callable
from fractions import Fraction

from scoring.exact import quantize
from scoring.input.rules import Rules
from scoring.input.sheets import Sheets

Scores = list[Fraction | None]


def mean(sheets: Sheets, rules: Rules) -> Scores:  # noqa: ARG001 - the registry's one signature
    """Mean of the totals."""
    return [_mean(sheets.units[s].tolist(), sheets.denominator) for s in sheets.slices()]


def trimmed(sheets: Sheets, rules: Rules) -> Scores:
    """Mean without the h highest and l lowest; the plain mean of totals below h + l + 3 sheets."""
    if rules.trim_level == "criterion" and sheets.criteria:
        return _trimmed_by_criterion(sheets, rules)
    return [
        _mean(_trim(sheets.units[s].tolist(), rules), sheets.denominator) for s in sheets.slices()
    ]


def _trimmed_by_criterion(sheets: Sheets, rules: Rules) -> Scores:
    scale = rules.exact("scale_max")
    scores: Scores = []
    for s in sheets.slices():
        if s.stop - s.start < rules.trim_needs:
            scores.append(_mean(sheets.units[s].tolist(), sheets.denominator))
            continue
        score = Fraction(0)
        for index, criterion in enumerate(sheets.criteria):
            kept = _trim(sheets.marks[s, index].tolist(), rules)
            share = Fraction(sum(kept), len(kept) * sheets.marks_denominator)
            score += criterion.weight * scale * share / criterion.maximum
        scores.append(score)
    return scores


def median(sheets: Sheets, rules: Rules) -> Scores:  # noqa: ARG001
    """The lower median of the totals."""
    scores: Scores = []
    for s in sheets.slices():
        units = sorted(sheets.units[s].tolist())
        middle = units[(len(units) - 1) // 2] if units else None
        scores.append(None if middle is None else Fraction(middle, sheets.denominator))
    return scores


def majority_value(units: list[int]) -> tuple[int, ...]:
    """Lower medians removed one by one: compared in order, they are majority judgment.

    Balinski & Laraki (2007): of two equal medians, take one away from each and look again.
    """
    left = sorted(units)
    value = []
    while left:
        value.append(left.pop((len(left) - 1) // 2))
    return tuple(value)


def clip(sheets: Sheets, rules: Rules) -> Scores:
    """Mean of totals clipped to the entrant's mean ± d, each rounded to `clip_decimals`."""
    distance = rules.exact("clip")
    scores: Scores = []
    for s, centre in zip(sheets.slices(), mean(sheets, rules), strict=True):
        if centre is None:
            scores.append(None)
            continue
        low, high = centre - distance, centre + distance
        clipped = [
            quantize(
                min(max(Fraction(unit, sheets.denominator), low), high),
                rules.clip_decimals,
                rules.rounding,
            )
            for unit in sheets.units[s].tolist()
        ]
        scores.append(_mean(clipped, 10**rules.clip_decimals))
    return scores


def _trim(values: list[int], rules: Rules) -> list[int]:
    if len(values) < rules.trim_needs:
        return values
    return sorted(values)[rules.trim_low : len(values) - rules.trim_high]


def _mean(units: list[int], denominator: int) -> Fraction | None:
    return Fraction(sum(units), len(units) * denominator) if units else None


AGGREGATORS: dict[str, Callable[[Sheets, Rules], Scores]] = {
    "mean": mean,
    "trimmed": trimmed,
    "median": median,
    "clip": clip,
}
