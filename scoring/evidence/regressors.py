"""One more cause beside entrants and judges: its size, with what those two explain taken out.

Plain residuals have absorbed part of what is looked for: a true home difference of 6 points reads
3.8 in them. Here the cause itself is first freed of entrants and judges (Frisch & Waugh 1933).
"""

import itertools
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from scoring.exact import Floats
from scoring.methods.least_squares import LeastSquares, fit_least_squares
from scoring.methods.tally import Tally

MOST_WORK = 3_000_000
"""Above so many sheets × judges the judges are not looked at one by one."""
NOTHING_LEFT = 1e-9
LEVEL = 0.95
FEWEST = 5
ALL_ORDERS = 7
SOME_ORDERS = 9_999


@dataclass(frozen=True)
class Slope:
    """Points that one unit of the cause adds: value, error, 95 % interval; NaN if unknown."""

    value: float
    error: float
    low: float
    high: float


def partialled(fit: LeastSquares, cause: Floats) -> Slope:
    """Regress the totals on a cause, given by sheet, beside entrants and judges."""
    nan = float("nan")
    left = fit_least_squares(fit.design, cause).residuals
    size, df = float(left @ left), fit.df - 1
    if df < 1 or size <= NOTHING_LEFT * float(cause @ cause):
        return Slope(nan, nan, nan, nan)
    value = float(left @ fit.residuals) / size
    error = float(np.sqrt(max(fit.rss - value**2 * size, 0.0) / df / size))
    reach = float(special.stdtrit(df, (1 + LEVEL) / 2)) * error
    return Slope(value, error, value - reach, value + reach)


def positions(tally: Tally) -> Floats:
    """Each entrant's place in the running order; NaN where it has none."""
    order = pd.Series([tally.entry(e).order for e in tally.sheets.entrants], dtype=object)
    return np.asarray(pd.to_numeric(order, errors="coerce"), dtype=float)


def too_much_work(fit: LeastSquares) -> bool:
    """True where the judges are too many to look at one by one."""
    return len(fit.residuals) * fit.design.shape[1] > MOST_WORK


@dataclass(frozen=True)
class RunningOrder:
    """Whether scores rose or fell with the position, for an order that was drawn by lot.

    Attributes
    ----------
    n : entrants with a position
    rho : Spearman's correlation of the adjusted score with the position
    p : two-sided, by permutation: all orders up to 7 entrants, else 9,999 seeded
    """

    n: int
    rho: float
    p: float


def running_order(tally: Tally) -> RunningOrder | None:
    """The test; None without a fit, or with fewer than five positions or no differing score."""
    fit = tally.fit
    if fit is None:
        return None
    order = positions(tally)[fit.design.entrants]
    known = ~np.isnan(order)
    scores = pd.Series(fit.adjusted[known].round(9)).rank().to_numpy()
    places = pd.Series(order[known]).rank().to_numpy()
    n = len(scores)
    if n < FEWEST or np.ptp(scores) == 0 or np.ptp(places) == 0:
        return None
    scores, places = (values - values.mean() for values in (scores, places))
    bottom = float(np.sqrt((scores @ scores) * (places @ places)))
    observed = float(scores @ places)
    if n <= ALL_ORDERS:
        others = np.array(list(itertools.permutations(scores))) @ places
        p = float((np.abs(others) >= abs(observed) - NOTHING_LEFT).mean())
    else:
        keys = np.random.RandomState(n).random_sample((SOME_ORDERS, n))
        others = scores[np.argsort(keys, axis=1)] @ places
        hits = int((np.abs(others) >= abs(observed) - NOTHING_LEFT).sum())
        p = (hits + 1) / (SOME_ORDERS + 1)
    return RunningOrder(n, observed / bottom, p)
