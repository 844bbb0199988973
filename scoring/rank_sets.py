"""Simultaneous confidence sets for ranks, the tau-best set, and the seal on the top N.

Ranks: bootstrap of max |t| over pairwise differences with step-down (Mogstad, Romano, Shaikh &
Wilhelm 2024). Seal: the inside/outside pair with the smallest t, unadjusted (Hung & Fithian 2019;
Sood 2025).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import linalg, stats

from scoring.exact import Floats, Integers
from scoring.least_squares import LeastSquares

DRAWS = 1_000
LEVEL = 0.95
MOST_ENTRANTS = 1_200
"""Above that many the pairs are too many, and no intervals are given."""


@dataclass(frozen=True)
class RankSets:
    """Over the fit's entrants: ranks from `low` to `high`, and who may be among the N best."""

    low: Integers
    high: Integers
    tau_best: Integers


def rank_sets(
    scores: Floats, covariance: Floats, top: int, *, seed: int, level: float = LEVEL
) -> RankSets:
    """Simultaneous sets at `level`.

    Parameters
    ----------
    scores
        Net adjusted scores.
    covariance
        Theirs, of the fit.
    top
        N, for the tau-best set.
    """
    size = len(scores)
    errors = _errors(covariance)
    t = np.divide(scores[:, None] - scores, errors, out=np.zeros((size, size)), where=errors > 0)
    t[(errors == 0) & (scores[:, None] > scores)] = np.inf
    t[(errors == 0) & (scores[:, None] < scores)] = -np.inf
    draws = _draws(covariance, seed)
    both = _step_down(t, errors, draws, level, one_sided=False)
    better = _step_down(t, errors, draws, level, one_sided=True)
    low = 1 + (both & (t < 0)).sum(axis=1)
    high = size - (both & (t > 0)).sum(axis=1)
    return RankSets(low, high, 1 + better.sum(axis=0) <= top)


def _errors(covariance: Floats) -> Floats:
    """Standard errors of all differences; exactly zero where only rounding is left."""
    own = np.diag(covariance)
    variance = own[:, None] + own - 2 * covariance
    tiny = 1e-12 * max(float(own.max()), 0.0)
    return np.asarray(np.sqrt(np.where(variance > tiny, variance, 0)))


def _draws(covariance: Floats, seed: int) -> Floats:
    """Normal draws with this covariance, entrants × draws."""
    values, vectors = linalg.eigh(covariance)
    normals = np.random.RandomState(seed).standard_normal((len(covariance), DRAWS))
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0))) @ normals)


def _step_down(
    t: Floats, errors: Floats, draws: Floats, level: float, *, one_sided: bool
) -> Integers:
    """Rejected differences: [i, k] where i and k differ (one-sided: where i is better)."""
    rejected = np.isposinf(t) if one_sided else np.isinf(t)
    active = (errors > 0) & ~np.eye(len(t), dtype=bool)
    while active.any():
        line = float(np.quantile(_largest(active, errors, draws, one_sided=one_sided), level))
        new = active & ((t > line) if one_sided else (np.abs(t) > line))
        if not new.any():
            break
        rejected |= new
        active &= ~new
    return np.asarray(rejected)


def _largest(active: Integers, errors: Floats, draws: Floats, *, one_sided: bool) -> Floats:
    """The largest t (or |t|) among the active pairs, for each draw."""
    largest = np.zeros(draws.shape[1])
    for i in range(len(active)):
        others = np.flatnonzero(
            active[i] if one_sided else active[i] & (np.arange(len(active)) > i)
        )
        if len(others):
            gaps = draws[i] - draws[others]
            gaps /= errors[i, others][:, None]
            np.maximum(largest, gaps.max(axis=0), out=largest)
            if not one_sided:
                np.maximum(largest, -gaps.min(axis=0), out=largest)
    return largest


@dataclass(frozen=True)
class Seal:
    """Whether the top N as a set is certain.

    Attributes
    ----------
    certified
        The pair below rejects at 5 %, two-sided, with the inside one ahead.
    inside, outside
        The pair (indices over the fit's entrants) hardest to tell apart; None without one.
    t, p
        Its statistic and unadjusted two-sided p.
    """

    certified: bool
    inside: int | None
    outside: int | None
    t: float
    p: float


def seal(fit: LeastSquares, scores: Floats, inside: Sequence[bool]) -> Seal:
    """Test the pair with the smallest t between those inside and those outside.

    Parameters
    ----------
    scores
        Net adjusted scores over the fit's entrants.
    inside
        Which of them are selected.
    """
    chosen = np.asarray(inside, dtype=bool)
    ins, outs = np.flatnonzero(chosen), np.flatnonzero(~chosen)
    if not len(ins) or not len(outs) or np.isnan(fit.s2):
        return Seal(False, None, None, float("nan"), float("nan"))
    errors = np.sqrt(fit.pair_variances(ins, outs))
    gaps = scores[ins][:, None] - scores[outs]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(errors > 0, gaps / errors, np.sign(gaps) * np.inf)
    t = np.where(np.isnan(t), 0.0, t)
    row, column = np.unravel_index(int(np.argmin(t)), t.shape)
    least = float(t[row, column])
    p = float(2 * stats.t.sf(abs(least), fit.df))
    return Seal(least > 0 and p < 1 - LEVEL, int(ins[row]), int(outs[column]), least, p)
