"""Simultaneous confidence sets for ranks, the tau-best set, and the seal on the top N.

Ranks: bootstrap of max |t| over pairwise differences with step-down (Mogstad, Romano, Shaikh &
Wilhelm 2024). Seal: the inside/outside pair with the smallest t, unadjusted (Hung & Fithian 2019;
Sood 2025).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import linalg, special

from scoring.exact import Floats, Integers
from scoring.methods.least_squares import LeastSquares

DRAWS = 1_000
LEVEL = 0.95
Singles = np.ndarray[Any, np.dtype[np.float32]]
MOST_ENTRANTS = 1_200
"""Above that many the pairs are too many, and no intervals are given."""


@dataclass(frozen=True)
class RankSets:
    """Over the fit's entrants: simultaneous intervals of ranks."""

    low: Integers
    high: Integers


def rank_sets(
    scores: Floats,
    covariance: Floats,
    *,
    seed: int,
    df: float = np.inf,
    level: float = LEVEL,
) -> RankSets:
    """Simultaneous intervals at `level`.

    Parameters
    ----------
    scores
        Net adjusted scores.
    covariance
        Theirs, of the fit.
    df
        Degrees of freedom behind the covariance; without end where it is known.
    """
    t, errors = _statistics(scores, covariance)
    differ = _step_down(t, errors, _draws(covariance, seed, df), level, one_sided=False)
    low = 1 + (differ & (t < 0)).sum(axis=1)
    high = len(scores) - (differ & (t > 0)).sum(axis=1)
    return RankSets(low, high)


def tau_best(
    scores: Floats,
    covariance: Floats,
    top: int,
    *,
    seed: int,
    df: float = np.inf,
    level: float = LEVEL,
) -> Integers:
    """Who may be among the N best: all but those with N others better at `level`, together."""
    t, errors = _statistics(scores, covariance)
    better = _step_down(t, errors, _draws(covariance, seed, df), level, one_sided=True)
    return np.asarray(better.sum(axis=0) < top)


def _statistics(scores: Floats, covariance: Floats) -> tuple[Floats, Floats]:
    """All pairwise t, infinite where there is no error, and their standard errors."""
    gaps, errors = scores[:, None] - scores, _errors(covariance)
    certain = np.where(gaps == 0, 0.0, np.copysign(np.inf, gaps))
    return np.where(errors > 0, gaps / np.where(errors > 0, errors, 1), certain), errors


def _errors(covariance: Floats) -> Floats:
    """Standard errors of all differences; exactly zero where only rounding is left."""
    own = np.diag(covariance)
    variance = own[:, None] + own - 2 * covariance
    tiny = 1e-12 * max(float(own.max()), 0.0)
    return np.asarray(np.sqrt(np.where(variance > tiny, variance, 0)))


def _draws(covariance: Floats, seed: int, df: float) -> Singles:
    """Draws with this covariance, entrants × draws, studentised: few sheets know little of it."""
    random = np.random.RandomState(seed)
    values, vectors = linalg.eigh(covariance)
    normals = random.standard_normal((len(covariance), DRAWS))
    draws = (vectors * np.sqrt(np.maximum(values, 0))) @ normals
    if np.isfinite(df):
        draws /= np.sqrt(random.chisquare(df, DRAWS) / df)
    return np.asarray(draws, dtype=np.float32)


def _step_down(
    t: Floats, errors: Floats, draws: Singles, level: float, *, one_sided: bool
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


def _largest(active: Integers, errors: Floats, draws: Singles, *, one_sided: bool) -> Singles:
    """The largest t (or |t|) among the active pairs, for each draw."""
    largest = np.zeros(draws.shape[1], dtype=np.float32)
    for i in range(len(active)):
        others = np.flatnonzero(
            active[i] if one_sided else active[i] & (np.arange(len(active)) > i)
        )
        if len(others):
            gaps = draws[i] - draws[others]
            gaps /= errors[i, others][:, None].astype(np.float32)
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
    p = float(2 * special.stdtr(fit.df, -abs(least)))
    return Seal(least > 0 and p < 1 - LEVEL, int(ins[row]), int(outs[column]), least, p)
