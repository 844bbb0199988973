"""Least squares that weighs down single rogue marks (Huber 1964, at 1.345 sigma)."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from scoring.exact import Floats
from scoring.methods.least_squares import LeastSquares
from scoring.methods.weighted import solve_laplacian

LIMIT = 1.345
ROUNDS = 200
TOLERANCE = 1e-10


@dataclass(frozen=True)
class Huber:
    """The fit: scores by entrant, severities by judge, and how much each sheet counts.

    A score is the weighted mean of the entrant's totals less their judges' severities.
    """

    adjusted: Floats
    severity: Floats
    weight: Floats


def fit_huber(fit: LeastSquares, y: Floats) -> Huber:
    """Reweight the sheets until the scores stay.

    Sigma is 1.4826 times the median absolute residual. Where it is zero the least-squares
    scores stand.
    """
    design, residuals = fit.design, fit.residuals
    robust = Huber(fit.adjusted.copy(), fit.severity, np.ones(len(y)))
    if fit.rss == 0:
        return robust
    for _ in range(ROUNDS):
        sigma = 1.4826 * float(np.median(np.abs(residuals)))
        if sigma <= 0:
            return robust
        weight = np.minimum(1, LIMIT * sigma / np.maximum(np.abs(residuals), 1e-300))
        load = design.sum_entrant(weight)
        means = design.sum_entrant(weight * y) / load
        right = design.sum_judge(weight * (y - means[design.entrant]))
        matrix: sparse.csr_array = design.incidence(weight)
        shift = solve_laplacian(matrix, load, design.sum_judge(weight), right, robust.severity)
        adjusted = design.sum_entrant(weight * (y - shift[design.judge])) / load
        residuals = y - adjusted[design.entrant] - shift[design.judge]
        before, robust = robust.adjusted, Huber(adjusted, shift, weight)
        if np.abs(adjusted - before).max() < TOLERANCE * max(float(adjusted.std()), 1e-12):
            break
    return robust
