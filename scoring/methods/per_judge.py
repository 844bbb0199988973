"""Scores made comparable judge by judge: unfair where judges saw different entrants.

A judge without spread contributes the neutral value and so changes no order.
"""

from collections.abc import Callable

import numpy as np

from scoring.exact import Floats
from scoring.input.rules import Rules
from scoring.input.sheets import Sheets


def zscore(totals: Floats, scale: float) -> Floats:  # noqa: ARG001 - the registry's one signature
    """(y - mean) / sd over the judge's sheets; 0 without spread."""
    sd = totals.std(ddof=1) if len(totals) > 1 else 0.0
    if sd == 0 or np.ptp(totals) == 0:
        return np.zeros(len(totals))
    return np.asarray((totals - totals.mean()) / sd)


def minmax(totals: Floats, scale: float) -> Floats:
    """Lowest 0, highest the printed scale; the middle without spread."""
    width = np.ptp(totals)
    if width == 0:
        return np.full(len(totals), scale / 2)
    return np.asarray(scale * (totals - totals.min()) / width)


def rank(totals: Floats, scale: float) -> Floats:
    """Share of the judge's other sheets beaten, ties half, on the printed scale."""
    if len(totals) < 2:
        return np.full(len(totals), scale / 2)
    ordered = np.sort(totals)
    below = np.searchsorted(ordered, totals, side="left")
    upto = np.searchsorted(ordered, totals, side="right")
    return np.asarray(scale * (below + upto - 1) / 2 / (len(totals) - 1))


NORMALIZERS: dict[str, Callable[[Floats, float], Floats]] = {
    "zscore": zscore,
    "minmax": minmax,
    "rank": rank,
}


def normalized_mean(sheets: Sheets, rules: Rules, method: str) -> Floats:
    """Mean over each entrant's sheets of the judge-wise normalised totals; NaN without sheet."""
    normalize, scale = NORMALIZERS[method], float(rules.exact("scale_max"))
    totals, values = sheets.totals, np.empty(len(sheets.units))
    order = np.argsort(sheets.judge, kind="stable")
    ends = np.cumsum(sheets.per_judge())[:-1]
    for rows in np.split(order, ends):
        if not len(rows):
            continue
        values[rows] = normalize(totals[rows], scale)
    count = sheets.per_entrant()
    sums = np.bincount(sheets.entrant, weights=values, minlength=len(sheets.entrants))
    return np.where(count > 0, sums / np.maximum(count, 1), np.nan)
