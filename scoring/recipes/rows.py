"""One entrant's sheets under a method, exact, before anything is rounded for print."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from scoring.methods.tally import Tally

Terms = Mapping[str, Decimal]
Seats = Mapping[Any, int]


@dataclass(frozen=True)
class Row:
    """One sheet, exact: its total, what happens to it, and the terms between the two."""

    judge: Any
    total: Fraction
    terms: Mapping[str, Fraction | float] = field(default_factory=dict)
    weight: float | None = None
    fate: str = ""
    counts: bool = True
    dropped: Mapping[Any, str] = field(default_factory=dict)


def itself(total: Decimal, terms: Terms, facts: Terms) -> Decimal:  # noqa: ARG001
    """The total enters the sum as it is."""
    return total


@dataclass(frozen=True)
class Rows:
    """An entrant's sheets under one method.

    Attributes
    ----------
    redo
        How a sheet's value follows from its printed total, terms and the facts.
    criteria
        Index of a criterion and its kept marks, where the score is made by criterion.
    """

    rows: tuple[Row, ...]
    redo: Callable[[Decimal, Terms, Terms], Decimal] = itself
    facts: Mapping[str, Fraction | float] = field(default_factory=dict)
    criteria: tuple[tuple[int, tuple[int, ...]], ...] = ()


def own_sheets(tally: Tally, member: int) -> list[tuple[int, Any, Fraction]]:
    """Row, judge and total of an entrant's counted sheets."""
    sheets = tally.counted
    return [
        (
            row,
            sheets.judges[int(sheets.judge[row])],
            Fraction(int(sheets.units[row]), sheets.denominator),
        )
        for row in np.flatnonzero(sheets.entrant == member).tolist()
    ]
