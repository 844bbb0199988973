"""Reliability of the ranking: intraclass correlations, G, Phi, Kendall's W."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scoring.exact import Floats
from scoring.methods.least_squares import Design, LeastSquares
from scoring.methods.reml import fit_reml
from scoring.methods.tally import Tally

GOOD_PHI = 0.8
MANY_JUDGES = 1_000


@dataclass(frozen=True)
class Variances:
    """Variance components of totals: between entrants, between judges, and what is left."""

    entrant: float
    judge: float
    residual: float


@dataclass(frozen=True)
class Reliability:
    """How reliable the scores are.

    Attributes
    ----------
    icc : float
        ICC(2,k): on a complete panel by analysis of variance, otherwise from the components.
    g, phi : float
        For the order (G) and for the score itself (Phi), at `judges` per entrant.
    judges : float
        Harmonic mean of counted judges per entrant.
    judges_needed : int or None
        Judges for Phi >= .8; None where no number is enough.
    kendall_w : float
        Agreement of orders, complete panels only; NaN otherwise.
    """

    icc: float
    g: float
    phi: float
    judges: float
    judges_needed: int | None
    kendall_w: float


def variances(tally: Tally) -> Variances:
    """REML components; moments of the least-squares fit above a thousand judges.

    All NaN without degrees of freedom: one judge says nothing about judges.
    """
    fit = tally.fit
    if fit is None or fit.df == 0:
        return Variances(*[float("nan")] * 3)
    if fit.design.shape[1] > MANY_JUDGES:
        return _moments(fit)
    model = fit_reml(fit.design, tally.fitted.totals)
    return Variances(model.entrant, model.judge, model.residual)


def _moments(fit: LeastSquares) -> Variances:
    noise = float((np.diag(fit.inverse)).mean()) * fit.s2
    entrants = max(float(fit.adjusted.var(ddof=1)) - fit.sed() ** 2 / 2, 0.0)
    return Variances(entrants, max(float(fit.severity.var(ddof=1)) - noise, 0.0), fit.s2)


def reliability(tally: Tally, parts: Variances) -> Reliability:
    """Coefficients from the components and, on complete panels, from the marks."""
    nan = float("nan")
    if tally.fit is None or tally.fit.df == 0 or not parts.entrant + parts.residual > 0:
        return Reliability(nan, nan, nan, nan, None, nan)
    n = float(len(tally.fit.design.n_entrant) / (1 / tally.fit.design.n_entrant).sum())
    noise = parts.judge + parts.residual
    phi = parts.entrant / (parts.entrant + noise / n)
    grid = complete_grid(tally.fit.design, tally.fitted.totals)
    whole = grid is not None and min(grid.shape) > 1
    return Reliability(
        icc=icc(grid)["2,k"] if whole and grid is not None else phi,
        g=parts.entrant / (parts.entrant + parts.residual / n),
        phi=phi,
        judges=n,
        judges_needed=_needed(parts),
        kendall_w=kendall_w(grid) if whole and grid is not None else nan,
    )


def _needed(parts: Variances) -> int | None:
    if parts.entrant <= 0:
        return None
    ratio = GOOD_PHI / (1 - GOOD_PHI) * (parts.judge + parts.residual) / parts.entrant
    return max(1, int(np.ceil(round(ratio, 6))))


def complete_grid(design: Design, y: Floats) -> Floats | None:
    """Totals as entrants × judges where every cell is filled, else None."""
    height, width = design.shape
    if len(y) != height * width:
        return None
    grid = np.empty((height, width))
    grid[design.entrant, design.judge] = y
    return grid


def icc(grid: Floats) -> dict[str, float]:
    """The six intraclass correlations of Shrout & Fleiss (1979), by their names."""
    n, k = grid.shape
    grid = grid - grid.mean()
    rows, columns = grid.mean(axis=1), grid.mean(axis=0)
    total = float((grid**2).sum())
    between = k * float((rows**2).sum())
    judges = n * float((columns**2).sum())
    bms = between / (n - 1)
    wms = (total - between) / (n * (k - 1))
    jms = judges / (k - 1)
    ems = (total - between - judges) / ((n - 1) * (k - 1))
    if bms <= 0:
        return dict.fromkeys(("1,1", "2,1", "3,1", "1,k", "2,k", "3,k"), float("nan"))
    return {
        "1,1": (bms - wms) / (bms + (k - 1) * wms),
        "2,1": (bms - ems) / (bms + (k - 1) * ems + k * (jms - ems) / n),
        "3,1": (bms - ems) / (bms + (k - 1) * ems),
        "1,k": (bms - wms) / bms,
        "2,k": (bms - ems) / (bms + (jms - ems) / n),
        "3,k": (bms - ems) / bms,
    }


def kendall_w(grid: Floats) -> float:
    """Kendall's W over the judges' orders, corrected for ties; NaN without differences."""
    n, m = grid.shape
    ranks = pd.DataFrame(grid).rank().to_numpy()
    ties = sum(
        float((c**3 - c).sum()) for c in (np.unique(r, return_counts=True)[1] for r in grid.T)
    )
    squares = float(((ranks.sum(axis=1) - m * (n + 1) / 2) ** 2).sum())
    bottom = m**2 * (n**3 - n) - m * ties
    return 12 * squares / bottom if bottom > 0 else float("nan")
