"""The judges report: how each judge marked; never used to remove one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from scoring.evidence.regressors import partialled, positions, too_much_work
from scoring.exact import Floats, Integers
from scoring.methods.least_squares import LeastSquares
from scoring.methods.tally import Tally

ENOUGH_POSITIONS = 3
"""Through no more points any line is a good one."""
OWN_ENTRIES = 5
"""With fewer entries from home nothing can be said about a home difference."""


def judge_frame(tally: Tally) -> pd.DataFrame:
    """severity, severity_se, scale, noise, n, correlation, drift; by judge id.

    severity is positive for a generous judge; scale is 1 on average; noise in points;
    correlation is with the mean of the other judges' residual-free scores of the same entrants;
    drift is points per position in the running order, where one is given, with its error and the
    ends of its 95 % interval (drift_low, drift_high).
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
    return frame.assign(**_drifts(tally))


def _correlations(tally: Tally) -> Floats:
    """Of each judge's totals with the same entrants' mean over the other judges."""
    correlations = np.full(len(tally.sheets.judges), np.nan)
    fit = tally.fit
    if fit is None:
        return correlations
    design, y = fit.design, tally.fitted.totals
    level = y - fit.severity[design.judge]
    n = design.n_entrant[design.entrant]
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = (design.sum_entrant(level)[design.entrant] - level) / (n - 1)
    for place, judge in enumerate(design.judges.tolist()):
        own = (design.judge == place) & (n > 1)
        if own.sum() > 2 and np.ptp(y[own]) > 0 and np.ptp(rest[own]) > 0:
            correlations[judge] = np.corrcoef(y[own], rest[own])[0, 1]
    return correlations


def _drifts(tally: Tally) -> dict[str, Floats]:
    """Points per position of each judge, with its error and 95 % interval."""
    columns = {
        name: np.full(len(tally.sheets.judges), np.nan)
        for name in ("drift", "drift_se", "drift_low", "drift_high")
    }
    fit, order = tally.fit, positions(tally)
    if fit is None or np.isnan(order).all() or too_much_work(fit):
        return columns
    position = order[fit.design.entrants][fit.design.entrant]
    for place, judge in enumerate(fit.design.judges.tolist()):
        own = (fit.design.judge == place) & ~np.isnan(position)
        if own.sum() > ENOUGH_POSITIONS and np.ptp(position[own]) > 0:
            slope = partialled(fit, np.where(own, position - position[own].mean(), 0.0))
            columns["drift"][judge], columns["drift_se"][judge] = slope.value, slope.error
            columns["drift_low"][judge], columns["drift_high"][judge] = slope.low, slope.high
    return columns


@dataclass(frozen=True)
class HomeDifference:
    """How a judge marked entries from home, against the rest (本地评分差异).

    Attributes
    ----------
    n : int
        Own entries.
    difference, low, high : float
        Points given beyond what entrants and judges explain, with the 95 % interval; NaN below
        five entries.
    """

    n: int
    difference: float
    low: float
    high: float


def home_differences(tally: Tally, homes: Mapping[Any, Any]) -> dict[Any, HomeDifference]:
    """For each judge with a home (judge -> group)."""
    fit = tally.fit
    differences: dict[Any, HomeDifference] = {}
    if fit is None or too_much_work(fit):
        return differences
    groups = [tally.entry(tally.sheets.entrants[e]).group for e in fit.design.entrants]
    for place, index in enumerate(fit.design.judges.tolist()):
        judge = tally.sheets.judges[index]
        if homes.get(judge) is None:
            continue
        own = fit.design.judge == place
        local = np.array([group == homes[judge] for group in groups], dtype=bool)
        differences[judge] = _difference(fit, own, own & local[fit.design.entrant])
    return differences


def _difference(fit: LeastSquares, own: Integers, home: Integers) -> HomeDifference:
    nan, n = float("nan"), int(home.sum())
    if n < OWN_ENTRIES or int(own.sum()) - n < 2:
        return HomeDifference(n, nan, nan, nan)
    slope = partialled(fit, home.astype(float))
    return HomeDifference(n, slope.value, slope.low, slope.high)
