"""The steps to one entrant's score, in printed figures that add up.

Every printed figure has as many decimals as the sum needs: a calculation from the printed
figures alone gives the published score.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

from scoring.exact import published, quantize
from scoring.methods.deductions import net
from scoring.methods.registry import METHODS
from scoring.methods.tally import Tally
from scoring.recipes.rows import Row, Rows
from scoring.recipes.terms import GATHER

PLACES = (3, 4, 5, 6, 8, 10, 12)
EXACT = 6
"""A total that ends within so many decimals is printed in full."""
PRECISE = Context(prec=60)


@dataclass(frozen=True)
class Part:
    """One sheet's way into a score.

    Attributes
    ----------
    judge
        Whose sheet.
    total
        The sheet's total.
    fate
        "high", "low" or "middle" where the method treats the sheet so; else "".
    terms
        What stands between total and value, by name (words under ``term.<name>``).
    value
        What enters the sum; None where the sheet is left out.
    weight
        How much it counts; None where all count the same.
    dropped
        Criterion -> "high" or "low", where marks are left out by criterion.
    """

    judge: Any
    total: Decimal
    fate: str
    terms: Mapping[str, Decimal]
    value: Decimal | None
    weight: Decimal | None
    dropped: Mapping[Any, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CriterionSum:
    """A criterion's kept marks: their sum, how many, and the points they become."""

    criterion: Any
    total: Decimal
    n: int
    weight: Decimal
    maximum: Decimal
    points: Decimal


@dataclass(frozen=True)
class Recipe:
    """The steps to a score.

    Attributes
    ----------
    method
        A key of `scoring.METHODS`.
    places
        Decimals of the figures that had to be rounded.
    facts
        What is the same for all sheets, by name (words under ``term.<name>``).
    top, bottom
        gross = top / bottom: the sum of the values and their number, or of weighted values and
        of weights; by criterion the sum of points and 1.
    gross, deduction, score
        Before the deduction, the deduction, and the published score.
    """

    method: str
    places: int
    parts: tuple[Part, ...]
    criteria: tuple[CriterionSum, ...]
    facts: Mapping[str, Decimal]
    top: Decimal
    bottom: Decimal
    gross: Decimal
    deduction: Decimal
    score: Decimal

    @property
    def weighted(self) -> bool:
        """Whether sheets count differently."""
        return any(part.weight is not None for part in self.parts)


def recipe(
    tally: Tally, entrant: Any, method: str, *, order: Mapping[Any, int] | None = None
) -> Recipe | None:
    """The recipe of an entrant's score; None where the method gives none.

    Parameters
    ----------
    order
        Judge -> seat: of equal totals the lowest seat is the low one, the highest the high one.
    """
    member = tally.sheets.entrants.index(entrant)
    scores = METHODS[method].score(tally)
    score = scores[member]
    if score is None:
        return None
    rules = tally.rules
    seats = order or {judge: place for place, judge in enumerate(tally.sheets.judges)}
    rows = GATHER[method](tally, member, seats)
    cost = tally.deductions[member]
    units = quantize(net(score, cost), rules.decimals, rules.rounding)
    attempt = None
    for places in PLACES:
        attempt = _printed(tally, method, rows, places, cost, published(units, rules.decimals))
        if _adds_up(attempt, rules.decimals, rules.rounding):
            break
    return attempt


def _adds_up(attempt: Recipe, decimals: int, rounding: str) -> bool:
    """Whether the printed figures, also by way of the printed gross score, give the score."""
    mode = ROUND_HALF_EVEN if rounding == "half_even" else ROUND_HALF_UP
    last = Decimal(1).scaleb(-decimals)
    ways = (PRECISE.divide(attempt.top, attempt.bottom), attempt.gross)
    return all(
        PRECISE.subtract(gross, attempt.deduction).quantize(last, mode) == attempt.score
        for gross in ways
    )


def _printed(
    tally: Tally, method: str, rows: Rows, places: int, cost: Fraction, score: Decimal
) -> Recipe:
    facts = {name: figure(value, places) for name, value in rows.facts.items()}
    parts = tuple(_part(row, rows.redo, facts, places) for row in rows.rows)
    criteria = tuple(_criterion(tally, *kept, places) for kept in rows.criteria)
    top, bottom = _sum([part for part in parts if part.value is not None])
    if criteria:
        top, bottom = sum((c.points for c in criteria), Decimal(0)), Decimal(1)
    gross = figure(Fraction(top) / Fraction(bottom), max(places, tally.rules.decimals + 1))
    deduction = figure(cost, tally.rules.decimals)
    return Recipe(method, places, parts, criteria, facts, top, bottom, gross, deduction, score)


def _sum(kept: list[Part]) -> tuple[Decimal, Decimal]:
    """Values over their number, or weighted values over the weights."""
    pairs = [(part.value or Decimal(0), part.weight or Decimal(0)) for part in kept]
    if any(part.weight is not None for part in kept):
        products = (PRECISE.multiply(value, weight) for value, weight in pairs)
        return sum(products, Decimal(0)), sum((weight for _, weight in pairs), Decimal(0))
    return sum((value for value, _ in pairs), Decimal(0)), Decimal(len(kept))


Redo = Callable[[Decimal, Mapping[str, Decimal], Mapping[str, Decimal]], Decimal]


def _part(row: Row, redo: Redo, facts: Mapping[str, Decimal], places: int) -> Part:
    total = figure(row.total, places)
    terms = {name: figure(value, places) for name, value in row.terms.items()}
    value = None
    if row.counts:
        value = figure(Fraction(redo(total, terms, facts)), places)
    weight = None if row.weight is None else figure(row.weight, places)
    return Part(row.judge, total, row.fate, terms, value, weight, row.dropped)


def _criterion(tally: Tally, index: int, kept: tuple[int, ...], places: int) -> CriterionSum:
    sheets = tally.counted
    criterion = sheets.criteria[index]
    total = Fraction(sum(kept), sheets.marks_denominator)
    scale = tally.rules.exact("scale_max")
    points = criterion.weight * scale * total / len(kept) / criterion.maximum
    return CriterionSum(
        criterion.name,
        figure(total, places),
        len(kept),
        figure(criterion.weight * scale, places),
        figure(criterion.maximum, places),
        figure(points, places),
    )


def figure(value: Fraction | Decimal | float, places: int) -> Decimal:
    """A number as it is printed: in full where it ends soon, else rounded to `places`."""
    exact = Fraction(value)
    full = next((d for d in range(EXACT + 1) if (exact * 10**d).denominator == 1), None)
    if full is not None:
        return Decimal(int(exact * 10**full)).scaleb(-full) if full else Decimal(int(exact))
    units = quantize(exact, places)
    return Decimal(units).scaleb(-places)
