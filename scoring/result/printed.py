"""Each score as it is printed: figure, rank and tie, for official, announced and adjusted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoring.exact import published
from scoring.methods.deductions import net_units
from scoring.methods.registry import METHODS, Score, rank_units
from scoring.methods.tally import Tally
from scoring.rank.ranking import Ranking

SCORES = ("official", "announced", "adjusted")


@dataclass(frozen=True)
class Printed:
    """One score of one entrant.

    Attributes
    ----------
    figure : published score, net of the deduction; None where there is none
    rank : 1, 2, 2, 4 on the figure
    tied : whether another entrant has the same figure
    """

    figure: Decimal | None
    rank: int | None
    tied: bool


NOTHING = Printed(None, None, False)


def announced_method(official: str) -> str:
    """The method of the announced score: the official one where it is printed, else trimmed."""
    return official if METHODS[official].printed else "trimmed"


def print_scores(tally: Tally, ranking: Ranking) -> dict[str, dict[Any, Printed]]:
    """Score (one of `SCORES`) -> entrant id -> figure, rank and tie."""
    official = tally.rules.official
    units = {"official": ranking.units, "adjusted": _units(tally, "least_squares")}
    is_printed = METHODS[official].printed
    units["announced"] = ranking.units if is_printed else _units(tally, announced_method(official))
    ids, decimals = tally.sheets.entrants, tally.rules.decimals
    return {name: print_units(ids, units[name], decimals) for name in SCORES}


def _units(tally: Tally, method: str) -> list[int | None]:
    able = tally.eligible.tolist()
    scores: list[Score] = [
        score if yes else None
        for score, yes in zip(METHODS[method].score(tally), able, strict=True)
    ]
    return net_units(tally, scores)


def print_units(
    entrants: Sequence[Any], units: Sequence[int | None], decimals: int
) -> dict[Any, Printed]:
    """Quantised scores as they are printed: entrant id -> figure, rank and tie."""
    ranks = rank_units(units)
    holders = Counter(ranks)
    return {
        entrant: NOTHING
        if unit is None
        else Printed(published(unit, decimals), rank, holders[rank] > 1)
        for entrant, unit, rank in zip(entrants, units, ranks, strict=True)
    }
