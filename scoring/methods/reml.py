"""Variance components by restricted maximum likelihood, and the predictions they give.

Crossed random entrants and judges; the deviance is profiled over the mean and the residual
variance, and entrants are eliminated, so that each evaluation costs O(I J^2) (Bates et al. 2015).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import linalg

from scoring.exact import Floats
from scoring.methods.least_squares import Design

BOUND = 9.0


@dataclass(frozen=True)
class Reml:
    """The fitted components.

    Attributes
    ----------
    entrant, judge, residual : float
        Variances; zero is a normal answer.
    deviance : float
        The REML criterion at its minimum.
    mean : float
    blup_entrant, blup_judge : arrays over the design
        Predicted deviations from the mean.
    """

    entrant: float
    judge: float
    residual: float
    deviance: float
    mean: float
    blup_entrant: Floats
    blup_judge: Floats


@dataclass(frozen=True)
class _Layout:
    """The sums that the deviance is computed from."""

    n_entrant: Floats
    n_judge: Floats
    cross: Floats
    sum_entrant: Floats
    sum_judge: Floats
    square: float
    size: int

    @classmethod
    def of(cls, design: Design, y: Floats) -> "_Layout":
        return cls(
            design.n_entrant,
            design.n_judge,
            design.incidence().toarray(),
            design.sum_entrant(y),
            design.sum_judge(y),
            float(y @ y),
            len(y),
        )

    def solve(self, log_entrant: float, log_judge: float) -> tuple[float, Floats, float]:
        """Deviance, (mean, judges), and the penalised residual sum of squares."""
        penalty, ridge = np.exp(-log_entrant), np.exp(-log_judge)
        keep = 1 / (self.n_entrant + penalty)
        scaled = self.cross * keep[:, None]
        width = len(self.n_judge)
        matrix = np.empty((width + 1, width + 1))
        matrix[0, 0] = self.size - self.n_entrant @ (keep * self.n_entrant)
        matrix[0, 1:] = matrix[1:, 0] = self.n_judge - scaled.T @ self.n_entrant
        matrix[1:, 1:] = -(self.cross.T @ scaled)
        matrix[1:, 1:][np.diag_indices(width)] += self.n_judge + ridge
        right = np.empty(width + 1)
        right[0] = self.sum_entrant.sum() - self.n_entrant @ (keep * self.sum_entrant)
        right[1:] = self.sum_judge - scaled.T @ self.sum_entrant
        factor = linalg.cholesky(matrix, lower=True, check_finite=False)
        half = linalg.solve_triangular(factor, right, lower=True, check_finite=False)
        rss = self.square - self.sum_entrant @ (keep * self.sum_entrant) - half @ half
        solution = linalg.solve_triangular(factor.T, half, lower=False, check_finite=False)
        freedom = self.size - 1
        deviance = (
            freedom * (1 + np.log(2 * np.pi * max(rss, 1e-300) / freedom))
            + 2 * np.log(np.diag(factor)).sum()
            - np.log(keep).sum()
            + len(self.n_entrant) * log_entrant
            + width * log_judge
        )
        return float(deviance), solution, float(rss)


def fit_reml(design: Design, y: Floats) -> Reml:
    """Minimise the profiled deviance over the two log-ratios within ±9."""
    from scipy import optimize  # a third of the time in which all of scoring is imported

    centre = float(y.mean())
    layout = _Layout.of(design, y - centre)
    minimize: Any = optimize.minimize  # its stubs know no options
    best = minimize(
        lambda logs: layout.solve(float(logs[0]), float(logs[1]))[0],
        np.array(_start(layout)),
        method="L-BFGS-B",
        bounds=[(-BOUND, BOUND)] * 2,
        options={"ftol": 1e-13, "gtol": 1e-7},
    )
    log_entrant, log_judge = (float(value) for value in best.x)
    deviance, solution, rss = layout.solve(log_entrant, log_judge)
    residual = rss / (layout.size - 1)
    judges = solution[1:]
    left = layout.sum_entrant - layout.n_entrant * solution[0] - layout.cross @ judges
    return Reml(
        entrant=_ratio(log_entrant) * residual,
        judge=_ratio(log_judge) * residual,
        residual=residual,
        deviance=deviance,
        mean=centre + float(solution[0]),
        blup_entrant=left / (layout.n_entrant + np.exp(-log_entrant)),
        blup_judge=judges,
    )


def _ratio(log: float) -> float:
    return 0.0 if log <= -BOUND else float(np.exp(log))


def _start(layout: _Layout) -> list[float]:
    """Log-ratios from the spread of plain means."""
    means = layout.sum_entrant / layout.n_entrant
    judges = layout.sum_judge / layout.n_judge
    whole = layout.square / max(layout.size - 1, 1)
    rest = max(whole - means.var() - judges.var(), whole / 10, 1e-12)
    return [float(np.clip(np.log(max(v.var(), 1e-12) / rest), -5, 5)) for v in (means, judges)]
