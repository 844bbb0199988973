"""Tie-break keys of a result made of several rounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import pandas as pd

from scoring.exact import published, quantize
from scoring.input.rules import Rules
from scoring.input.rulings import Rulings
from scoring.rank.keys import Key, Tied, Undefined, Value, lots, ruling
from scoring.rank.pairs import Pair

Column = list[Fraction | float | None]


@dataclass(frozen=True)
class CompositeCase:
    """Data that the keys of a composite read."""

    rules: Rules
    ids: list[Any]
    rulings: Rulings
    columns: Mapping[str, Column]
    parts: pd.DataFrame
    registry: ClassVar[Mapping[str, Key]]

    def compare(self, units: Mapping[int, int], sed: float, pair: tuple[int, int]) -> Pair:
        """The official difference; sheets of several rounds are not compared judge by judge."""
        first, second = (units[member] for member in pair)
        decimals = self.rules.decimals
        return Pair(
            first=self.ids[pair[0]],
            second=self.ids[pair[1]],
            official=(published(first, decimals), published(second, decimals)),
            points=published(first - second, decimals),
            seds=(first - second) / 10**decimals / sed if sed > 0 else float("nan"),
        )


def _column(name: str, decimals: int | None = None) -> Key:
    """A key that compares a weighted sum over the rounds."""

    def key(case: CompositeCase, tied: Tied, detail: str) -> dict[int, Value]:  # noqa: ARG001
        values: dict[int, Value] = {}
        for member in tied:
            score = case.columns[name][member]
            if score is None:
                raise Undefined("no_value")
            places = case.rules.decimals if decimals is None else decimals
            values[member] = (quantize(score, places, case.rules.rounding),)
        return values

    return key


def _part(case: CompositeCase, tied: Tied, detail: str) -> dict[int, Value]:
    """The published score of one part, by its name."""
    if detail not in case.parts.columns:
        raise Undefined("no_such_part")
    scores = case.parts[detail]
    values: dict[int, Value] = {}
    for member in tied:
        score = scores[case.ids[member]]
        if score is None:
            raise Undefined("no_value")
        values[member] = (quantize(Fraction(score), case.rules.decimals, case.rules.rounding),)
    return values


def _undefined(case: CompositeCase, tied: Tied, detail: str) -> dict[int, Value]:  # noqa: ARG001
    raise Undefined("several_rounds")


CompositeCase.registry = {
    "precision": _column("precision"),
    "least_squares_tied": _undefined,
    "first_criteria": _part,
    "countback": _undefined,
    "reading": _undefined,
    "majority_judgment": _undefined,
    "more_decimals": _column("official", 6),
    "mean_all": _column("mean"),
    "ruling": ruling,
    "lots": lots,
}
