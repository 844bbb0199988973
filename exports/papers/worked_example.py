"""The invented totals of the example in 《评分办法》, and their score by the round's rules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from scoring import Rules
from scoring.input.rules import Groups
from scoring.methods.tally import take_tally
from scoring.recipes.recipe import Recipe, recipe
from words import t

SHARES = (
    ("84.5", "89.5", "85.5", "85.5", "86.0", "84.0", "85.0", "88.0", "87.0"),
    ("81.0", "85.5", "82.5", "80.5", "83.5", "79.5", "82.0", "84.0", "83.0"),
    ("88.0", "91.5", "87.5", "89.0", "88.5", "86.0", "88.0", "92.0", "90.5"),
    ("78.5", "84.0", "79.0", "80.5", "80.0", "77.0", "80.5", "82.5", "81.0"),
)
"""Totals of a scale of 100, one row an entrant, one column a judge; the first is the example."""
RECUSED_SEAT = 5
FEWEST, MOST = 3, len(SHARES[0])
DEDUCTION = Decimal("0.10")
CRITERION = "total"


@dataclass(frozen=True)
class WorkedExample:
    """One entrant's score made by the rules of a round.

    Attributes
    ----------
    judges
        Seats in the example, at most `MOST`.
    has_recusal
        Whether the judge of seat `RECUSED_SEAT` is recused, so that the example shows one.
    """

    judges: int
    has_recusal: bool
    recipe: Recipe

    def criteria(self, lang: str) -> Mapping[str, str]:
        """The example's one criterion by name."""
        return {CRITERION: t("exports.papers.rules.example.total", lang)}


def worked_example(rules: Rules, judges: int) -> WorkedExample:
    """The example for so many judges, between `FEWEST` and `MOST`.

    Raises
    ------
    ScoringError
        If the rules cannot score it.
    """
    seats = min(max(judges, FEWEST), MOST)
    has_recusal = seats > max(RECUSED_SEAT, rules.trim_needs)
    scale = Decimal(str(rules.scale_max)) / 100
    cells = [
        (str(entrant), seat, Decimal(shares[seat - 1]) * scale)
        for entrant, shares in enumerate(SHARES)
        for seat in range(1, seats + 1)
        if not (has_recusal and entrant == 0 and seat == RECUSED_SEAT)
    ]
    scores = pd.DataFrame(cells, columns=["entrant", "judge", "score"]).assign(criterion=CRITERION)
    rubric = pd.DataFrame(
        {"criterion": [CRITERION], "weight": [Decimal(1)], "max": [Decimal(str(rules.scale_max))]}
    )
    names = [str(entrant) for entrant in range(len(SHARES))]
    listed = pd.DataFrame(
        {"entrant": names, "deduction": [DEDUCTION, *[Decimal(0)] * (len(names) - 1)]}
    )
    alone = replace(rules, first_criteria=(), groups=Groups())
    tally = take_tally(scores, rubric, listed, None, alone)
    made = recipe(tally, names[0], rules.official)
    if made is None:  # the totals above are scored by every official method
        raise AssertionError(rules.official)
    return WorkedExample(seats, has_recusal, made)
