"""Deductions applied to scores: gross scores in, net scores out."""

from collections.abc import Sequence
from fractions import Fraction

from scoring.exact import quantize
from scoring.methods.registry import Score
from scoring.methods.tally import Tally


def net(score: Fraction | float, deduction: Fraction) -> Fraction | float:
    """A score less its deduction: exact where the score is, otherwise a float."""
    return score - deduction if isinstance(score, Fraction) else score - float(deduction)


def net_units(tally: Tally, scores: Sequence[Score]) -> list[int | None]:
    """Published scores as integers Q: net of deductions, rounded once."""
    rules = tally.rules
    return [
        None
        if score is None
        else quantize(net(score, cost) if cost else score, rules.decimals, rules.rounding)
        for score, cost in zip(scores, tally.deductions, strict=True)
    ]


def net_floats(tally: Tally, scores: Sequence[Score]) -> list[float]:
    """Unrounded scores net of deductions; NaN where there is none."""
    return [
        float("nan") if score is None else float(net(score, cost) if cost else score)
        for score, cost in zip(scores, tally.deductions, strict=True)
    ]
