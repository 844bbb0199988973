"""The table of entrants, and what stands beside it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from scoring.cautions import Caution
from scoring.evidence.rank_sets import MOST_ENTRANTS, rank_sets, seal, tau_best
from scoring.exact import Floats, published
from scoring.methods.announced import mean, trimmed
from scoring.methods.registry import METHODS, net_floats
from scoring.methods.tally import Tally
from scoring.rank.ranking import Ranking


def entrant_frame(tally: Tally, ranking: Ranking) -> pd.DataFrame:
    """One row per entrant id, sorted by place; those without one last."""
    rules, counted, fit, selection = tally.rules, tally.counted, tally.fit, ranking.selection
    ranks, size, n = ranking.ranks, len(counted.entrants), counted.per_entrant()
    held = pd.Series(ranks).value_counts()
    labels = [
        "open" if i in selection.open else "in" if i in selection.selected else "out"
        for i in range(size)
    ]
    official = [None if unit is None else published(unit, rules.decimals) for unit in ranking.units]
    frame = pd.DataFrame(
        {
            "rank": pd.array(ranks, dtype="Int64"),
            "place": pd.array(ranking.places, dtype="Int64"),
            "tied": [rank is not None and held[rank] > 1 for rank in ranks],
            "selected": [i in selection.selected for i in range(size)],
            "official": pd.Series(official, dtype=object),
            "unrounded": net_floats(tally, ranking.official),
            "mean": net_floats(tally, list(mean(counted, rules))),
            "trimmed": net_floats(tally, list(trimmed(counted, rules))),
            "comparable": n >= rules.trim_needs,
            "adjusted": net_floats(tally, METHODS["least_squares"].score(tally)),
            "adjusted_se": (
                np.full(size, np.nan)
                if fit is None
                else tally.spread(fit.adjusted_se(), fit.design.entrants)
            ),
            "precision": net_floats(tally, list(tally.precision_scores)),
            "n_judges": n,
            "deduction": [float(cost) for cost in tally.deductions],
            "in_zone": [i in selection.open for i in range(size)],
            "label": labels,
            "decided_by": ranking.by,
            "p_top": ranking.p_top,
            "group": pd.Series([tally.entry(e).group for e in counted.entrants], dtype=object),
        },
    )
    frame.index = pd.Index(counted.entrants, name="entrant")
    return frame.sort_values("place", kind="stable", na_position="last")


def net_adjusted(tally: Tally) -> Floats:
    """Net adjusted scores over the fit's entrants."""
    if tally.fit is None:
        return np.zeros(0)
    costs = [float(tally.deductions[int(e)]) for e in tally.fit.design.entrants]
    return np.asarray(tally.fit.adjusted - np.array(costs))


def rank_intervals(tally: Tally) -> tuple[list[int | None], list[int | None]]:
    """Simultaneous 95 % intervals of the adjusted rank, by entrant id; None without a fit."""
    low: list[int | None] = [None] * len(tally.sheets.entrants)
    high = low.copy()
    fit = tally.fit
    if fit is None or np.isnan(fit.s2) or len(fit.adjusted) > MOST_ENTRANTS:
        return low, high
    seed = int(tally.rules.digest[8:16], 16)
    sets = rank_sets(net_adjusted(tally), fit.covariance(), seed=seed)
    for place, member in enumerate(fit.design.entrants.tolist()):
        low[member], high[member] = int(sets.low[place]), int(sets.high[place])
    return low, high


def may_be_best(tally: Tally) -> tuple[Any, ...]:
    """Ids of the tau-best set at N: all but those with N others better, together at 95 %."""
    fit = tally.fit
    if fit is None or np.isnan(fit.s2) or len(fit.adjusted) > MOST_ENTRANTS:
        return ()
    seed = int(tally.rules.digest[8:16], 16)
    able = tau_best(net_adjusted(tally), fit.covariance(), tally.rules.top, seed=seed)
    members = fit.design.entrants[np.flatnonzero(able)].tolist()
    return tuple(tally.sheets.entrants[member] for member in members)


@dataclass(frozen=True)
class Sealed:
    """Whether the selected as a set are certain.

    Attributes
    ----------
    certified
        The pair below differs at 5 %, two-sided, with the one inside ahead.
    inside, outside
        Ids of the pair hardest to tell apart; None without one.
    t, p
        Its statistic, and its unadjusted two-sided p.
    """

    certified: bool
    inside: Any
    outside: Any
    t: float
    p: float


def sealed(tally: Tally, selected: frozenset[int]) -> Sealed:
    """Try to certify the selected as a set."""
    fit, ids = tally.fit, tally.sheets.entrants
    if fit is None:
        return Sealed(False, None, None, float("nan"), float("nan"))
    members = fit.design.entrants.tolist()
    found = seal(fit, net_adjusted(tally), [member in selected for member in members])
    pair = [None if e is None else ids[members[e]] for e in (found.inside, found.outside)]
    return Sealed(found.certified, pair[0], pair[1], found.t, found.p)


def method_cautions(tally: Tally) -> list[Caution]:
    """What a reader must know about the method on this panel."""
    rules, method = tally.rules, METHODS[tally.rules.official]
    cautions: list[Caution] = []
    if method.incomplete == "warn" or (method.incomplete == "unfair" and not tally.complete):
        cautions.append(Caution("unfair_method", {"method": rules.official}))
    if len(tally.components) > 1:
        cautions.append(Caution("disconnected", {"n": len(tally.components)}))
    if tally.fit is not None and tally.fit.df == 0:
        cautions.append(Caution("no_degrees_of_freedom"))
    if tally.precision is not None and not tally.precision.converged:
        cautions.append(Caution("not_converged", {"rounds": tally.precision.rounds}))
    few = (counts := tally.counted.per_entrant()) < rules.trim_needs
    if (few & (counts > 0)).any():
        values = {"n": int((few & (counts > 0)).sum()), "needs": rules.trim_needs}
        cautions.append(Caution("not_comparable", values))
    return cautions
