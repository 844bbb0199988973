"""The judges report: how each judge marked; never used to remove one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from scoring.exact import Floats
from scoring.methods.tally import Tally

OWN_ENTRIES = 5
"""With fewer entries from home nothing can be said about a home difference."""


def judge_frame(tally: Tally) -> pd.DataFrame:
    """severity, severity_se, scale, noise, n, correlation, drift, drift_se; by judge id.

    severity is positive for a generous judge; scale is 1 on average; noise in points;
    correlation is with the mean of the other judges' residual-free scores of the same entrants;
    drift is points per position in the running order, where one is given.
    """
    size = len(tally.sheets.judges)
    columns = {name: np.full(size, np.nan) for name in ("severity", "severity_se")}
    columns |= {name: np.full(size, np.nan) for name in ("scale", "noise")}
    fit, precision = tally.fit, tally.precision
    if fit is not None and precision is not None:
        places = fit.design.judges
        columns["severity"][places] = fit.severity
        columns["severity_se"][places] = fit.severity_se()
        columns["scale"][places] = precision.scale
        columns["noise"][places] = precision.noise
    frame = pd.DataFrame(columns, index=pd.Index(tally.sheets.judges, name="judge"))
    frame["n"] = tally.counted.per_judge()
    frame["correlation"] = _correlations(tally)
    frame["drift"], frame["drift_se"] = _drifts(tally)
    return frame


def _correlations(tally: Tally) -> Floats:
    """Of each judge's totals with the same entrants' mean over the other judges."""
    found = np.full(len(tally.sheets.judges), np.nan)
    fit = tally.fit
    if fit is None:
        return found
    design, y = fit.design, tally.fitted.totals
    level = y - fit.severity[design.judge]
    n = design.n_entrant[design.entrant]
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = (design.sum_entrant(level)[design.entrant] - level) / (n - 1)
    for place, judge in enumerate(design.judges.tolist()):
        own = (design.judge == place) & (n > 1)
        if own.sum() > 2 and np.ptp(y[own]) > 0 and np.ptp(rest[own]) > 0:
            found[judge] = np.corrcoef(y[own], rest[own])[0, 1]
    return found


def _drifts(tally: Tally) -> tuple[Floats, Floats]:
    """Slope of a judge's residuals over the running order, and its error."""
    slopes = np.full(len(tally.sheets.judges), np.nan)
    errors = slopes.copy()
    order = pd.to_numeric(
        pd.Series([tally.entry(e).order for e in tally.sheets.entrants], dtype=object),
        errors="coerce",
    ).to_numpy(dtype=float)
    fit = tally.fit
    if fit is None or np.isnan(order).all():
        return slopes, errors
    position = order[fit.design.entrants][fit.design.entrant]
    for place, judge in enumerate(fit.design.judges.tolist()):
        own = (fit.design.judge == place) & ~np.isnan(position)
        if own.sum() > 3 and np.ptp(position[own]) > 0:
            line = stats.linregress(position[own], fit.residuals[own])
            slopes[judge], errors[judge] = line.slope, line.stderr
    return slopes, errors


@dataclass(frozen=True)
class HomeDifference:
    """How a judge marked entries from home, against the rest (本地评分差异).

    Attributes
    ----------
    n : int
        Own entries.
    difference, low, high : float
        Mean residual at home less elsewhere, with its 95 % interval; NaN below five entries.
    """

    n: int
    difference: float
    low: float
    high: float


def home_differences(tally: Tally, homes: Mapping[Any, Any]) -> dict[Any, HomeDifference]:
    """For each judge with a home (judge -> group), over the residuals of the fit."""
    fit = tally.fit
    found: dict[Any, HomeDifference] = {}
    if fit is None:
        return found
    groups = [tally.entry(tally.sheets.entrants[e]).group for e in fit.design.entrants]
    for place, index in enumerate(fit.design.judges.tolist()):
        judge = tally.sheets.judges[index]
        if homes.get(judge) is None:
            continue
        own = fit.design.judge == place
        home = np.array([groups[e] == homes[judge] for e in fit.design.entrant[own]], dtype=bool)
        found[judge] = _difference(fit.residuals[own][home], fit.residuals[own][~home])
    return found


def _difference(home: Floats, away: Floats) -> HomeDifference:
    nan = float("nan")
    if len(home) < OWN_ENTRIES or len(away) < 2:
        return HomeDifference(len(home), nan, nan, nan)
    gap = float(home.mean() - away.mean())
    test = stats.ttest_ind(home, away, equal_var=False).confidence_interval()
    return HomeDifference(len(home), gap, float(test.low), float(test.high))
