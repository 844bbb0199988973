"""From a tally to ranks, a selection and places: the part every what-if repeats."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from scoring.cautions import Caution
from scoring.exact import quantize
from scoring.input.rules import Rules
from scoring.input.rulings import Rulings
from scoring.methods.deductions import net_units
from scoring.methods.registry import METHODS, Score, official_scores, rank_units
from scoring.methods.tally import Tally
from scoring.rank.cut import arrange
from scoring.rank.decisions import Selection
from scoring.rank.keys import Case
from scoring.rank.quotas import read_quotas
from scoring.rank.readings import too_few_readers
from scoring.rank.selection import select

ENOUGH_FREEDOM = 10


@dataclass(frozen=True)
class Ranking:
    """Ranks, places and selection, by entrant index.

    Attributes
    ----------
    official : gross scores of the official method
    units : published net scores Q, None where unranked
    ranks, places : 1, 2, 2, 4 on Q; the same on (selected, Q, chain)
    by : what decided each entrant's seat, or its place among equals
    sed, half : standard error of a difference, and H
    """

    official: list[Score]
    units: list[int | None]
    ranks: list[int | None]
    places: list[int | None]
    by: list[str]
    selection: Selection
    sed: float
    half: int
    cautions: tuple[Caution, ...]


def rank_tally(tally: Tally, rulings: Rulings) -> Ranking:
    """Rank, cut and place."""
    official = official_scores(tally)
    units = net_units(tally, official)
    case = Case(tally, official, rulings)
    quotas = read_quotas(tally)
    sed = tally.fit.sed() if tally.fit is not None else float("nan")
    half, cautions = half_width(tally, sed)
    selection = select(case, units, quotas, half=half, sed=comparable_sed(tally, sed))
    if few := too_few_readers(tally, rulings, sorted(selection.open)):
        cautions.append(Caution("few_readers", {"readers": few[0], "judges": few[1]}))
    places, by = place_all(case, units, selection)
    ranks = rank_units(units)
    return Ranking(official, units, ranks, places, by, selection, sed, half, tuple(cautions))


def comparable_sed(tally: Tally, sed: float) -> float:
    """SED where official scores are in the points it is in, else NaN."""
    return sed if METHODS[tally.rules.official].in_points else float("nan")


def half_width(tally: Tally, sed: float) -> tuple[int, list[Caution]]:
    """H = Q(band * SED), at most Q(band_max); 0 where it cannot be had, and why."""
    rules = tally.rules
    if rules.at_cut in ("exact", "extend"):
        return 0, []
    reason = no_band(tally)
    if reason:
        return 0, [Caution(f"no_band_{reason}")]
    return band_width(rules, sed), []


def no_band(tally: Tally) -> str:
    """Why no band can be had, as a code; "" where it can."""
    if not METHODS[tally.rules.official].in_points:
        return "not_in_points"
    if tally.fit is None:
        return "disconnected"
    return "few_degrees_of_freedom" if tally.fit.df < ENOUGH_FREEDOM else ""


def band_width(rules: Rules, sed: float) -> int:
    """Q(band * SED), at most Q(band_max)."""
    if isnan(sed):
        return 0
    half = quantize(float(rules.exact("band")) * sed, rules.decimals, rules.rounding)
    if rules.band_max is not None:
        half = min(half, quantize(rules.exact("band_max"), rules.decimals, rules.rounding))
    return half


def place_all(
    case: Case, units: Sequence[int | None], selection: Selection
) -> tuple[list[int | None], list[str]]:
    """Places by (selected first, Q descending, chain), and what decided."""
    by = [
        "" if unit is None else selection.by.get(member, "official")
        for member, unit in enumerate(units)
    ]
    places: list[int | None] = [None] * len(units)
    members: dict[tuple[bool, int], list[int]] = {}
    for member, unit in enumerate(units):
        if unit is not None:
            members.setdefault((member in selection.selected, unit), []).append(member)
    place = 1
    for level in sorted(members, reverse=True):
        tied = members[level]
        for equals, key in arrange(case, tied) if len(tied) > 1 else [(tied, "official")]:
            for member in equals:
                places[member] = place
                if by[member] == "official":
                    by[member] = key
            place += len(equals)
    return places, by
