"""What recusals and absences changed: seats on which the announced and the adjusted score differ.

The one definition, for every page, sentence and table: the seats that are held, against those
that the other score alone would give under the same N and group rules. Where scores are equal at
its line, whoever holds a seat keeps it: a seat counts only where the other score must move it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from scoring.exact import quantize
from scoring.methods.announced import AGGREGATORS
from scoring.rank.quotas import read_quotas
from scoring.rank.winners import winners

if TYPE_CHECKING:
    from scoring.result.standings import Standings


def other_score(official: str) -> str:
    """The column that stands beside the official score: adjusted, or announced by trimming."""
    return "adjusted" if official in AGGREGATORS else "trimmed"


def seats_that_differ(standings: "Standings") -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Ids with a seat by the official score only, and by the other score only.

    Whoever waits for a ruling has not lost a seat; without a rank nobody has one.
    """
    ids, ranking = standings.tally.sheets.entrants, standings.ranking
    held = ranking.selection.selected
    ranked = [member for member, unit in enumerate(ranking.units) if unit is not None]
    column = standings.scores[other_score(standings.rules.official)]
    other = _by_score(standings, ranked, [float(column[ids[member]]) for member in ranked])
    gained = held - other
    lost = other - held - ranking.selection.waiting
    return tuple(ids[one] for one in sorted(gained)), tuple(ids[one] for one in sorted(lost))


def _by_score(
    standings: "Standings", ranked: Sequence[int], scores: Sequence[float]
) -> frozenset[int]:
    """Who would be in by these scores as they are printed."""
    rules, held = standings.rules, standings.ranking.selection.selected
    known = [at for at, score in enumerate(scores) if not np.isnan(score)]
    members = [ranked[at] for at in known]
    if not members:
        return frozenset()
    values = np.array(
        [2 * quantize(scores[at], rules.decimals, rules.rounding) for at in known], dtype=float
    )
    if rules.at_cut != "extend":
        values += np.isin(members, list(held))
        values = values * len(members) - np.arange(len(members))
    quotas = read_quotas(standings.tally)
    groups = [quotas.group_of[member] for member in members]
    found = winners(values[None, :], rules.top, groups, quotas)[0]
    return frozenset(member for member, inside in zip(members, found, strict=True) if inside)
