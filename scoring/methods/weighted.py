"""Judges' shifts of a weighted two-way layout: Cholesky for few, conjugate gradients for many."""

from typing import Any

import numpy as np
from scipy import linalg, sparse
from scipy.sparse.linalg import LinearOperator, cg

from scoring.exact import Floats

DENSE_JUDGES = 600
"""Up to so many judges a Cholesky factor is quicker than conjugate gradients."""
Matrix = Any
"""Dense array or scipy sparse array."""


def solve_laplacian(
    weights: Matrix, load: Floats, own: Floats, right: Floats, guess: Floats
) -> Floats:
    """Shifts b, summing to zero, with (D - W' diag(1/load) W) b = right.

    Parameters
    ----------
    weights
        W, entrants × judges: each sheet's weight.
    load, own
        Row sums and column sums of W; D = diag(own).
    guess
        Where conjugate gradients start.
    """
    size = len(own)
    if size <= DENSE_JUDGES:
        matrix = np.diag(own) - crossed(weights, load)
        factor = linalg.cho_factor(matrix + float(own.mean()) / size, check_finite=False)
        shift = linalg.cho_solve(factor, right, check_finite=False)
    else:
        shift = _iterate(weights, load, own, right, guess)
    return np.asarray(shift - shift.mean())


def crossed(weights: Matrix, load: Floats) -> Floats:
    """W' diag(1/load) W, judges × judges."""
    if isinstance(weights, np.ndarray):
        return np.asarray(weights.T @ (weights / load[:, None]))
    return np.asarray((weights.T @ (sparse.diags_array(1 / load) @ weights)).toarray())


def _iterate(weights: Matrix, load: Floats, own: Floats, right: Floats, guess: Floats) -> Floats:
    def product(shift: Floats) -> Floats:
        return np.asarray(own * shift - weights.T @ ((weights @ shift) / load))

    size = len(own)
    matrix = LinearOperator((size, size), matvec=product, dtype=float)
    inverse = LinearOperator((size, size), matvec=lambda x: x / own, dtype=float)
    shift, _ = cg(matrix, right, x0=guess, rtol=1e-13, maxiter=2000, M=inverse)
    return np.asarray(shift)
