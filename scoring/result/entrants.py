"""The table of entrants, and what stands beside it."""

from collections import Counter

import numpy as np
import pandas as pd

from scoring.cautions import Caution
from scoring.exact import published
from scoring.methods.deductions import net_floats
from scoring.methods.registry import METHODS
from scoring.methods.tally import Tally
from scoring.rank.decisions import Selection
from scoring.rank.ranking import Ranking


def entrant_frame(tally: Tally, ranking: Ranking) -> pd.DataFrame:
    """One row per entrant id, sorted by place; those without one last."""
    rules, counted, fit, selection = tally.rules, tally.counted, tally.fit, ranking.selection
    ranks, size, n = ranking.ranks, len(counted.entrants), counted.per_entrant()
    held = Counter(ranks)
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
            "mean": net_floats(tally, list(tally.average("mean"))),
            "trimmed": net_floats(tally, list(tally.average("trimmed"))),
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
            "way": [_way(selection, i, by) for i, by in enumerate(ranking.by)],
            "group": pd.Series([tally.entry(e).group for e in counted.entrants], dtype=object),
        },
    )
    frame.index = pd.Index(counted.entrants, name="entrant")
    return frame.sort_values("place", kind="stable", na_position="last")


def _way(selection: Selection, member: int, by: str) -> str:
    """Reason of a seat: score, key, floor or extend; cap where a cap denied one; else empty."""
    if member in selection.barred:
        return "cap"
    if member not in selection.selected:
        return ""
    if member in selection.kept:
        return "floor"
    if member not in selection.open:
        return "score"
    return "extend" if by == "extend" else "key"


def method_cautions(tally: Tally) -> list[Caution]:
    """Warnings about the method on this panel."""
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
