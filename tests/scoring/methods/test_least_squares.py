"""The fit: many judges by conjugate gradients, few by Cholesky, the same answers."""

import numpy as np
import pytest

from scoring.methods.least_squares import Design, fit_least_squares, inverse_laplacian
from scoring.methods.precision import fit_precision
from scoring.methods.weighted import DENSE_JUDGES, crossed, solve_laplacian


def sparse_design(entrants, judges, each, seed=1):
    """Each entrant met so many judges, drawn at random; the ring of judges keeps all connected."""
    random = np.random.default_rng(seed)
    e = np.repeat(np.arange(entrants), each)
    j = np.array([random.choice(judges, each, replace=False) for _ in range(entrants)]).ravel()
    ring = np.arange(judges)
    e = np.concatenate([e, ring % entrants])
    j = np.concatenate([j, (ring // entrants + ring) % judges])
    cells = np.unique(e * judges + j)
    e, j = cells // judges, cells % judges
    counts = [np.bincount(i, minlength=n).astype(float) for i, n in ((e, entrants), (j, judges))]
    y = random.normal(70, 8, entrants)[e] + random.normal(0, 4, judges)[j]
    y += random.normal(0, 3, len(e))
    return Design(np.arange(entrants), np.arange(judges), e, j, *counts), y


@pytest.mark.parametrize("judges", [DENSE_JUDGES - 50, DENSE_JUDGES + 50])
def test_either_way_of_solving_is_the_least_squares_solution(judges):
    design, y = sparse_design(1500, judges, 6)
    fit = fit_least_squares(design, y)
    assert abs(design.sum_entrant(fit.residuals)).max() < 1e-7
    assert abs(design.sum_judge(fit.residuals)).max() < 1e-7
    assert abs(fit.severity.sum()) < 1e-8


def test_conjugate_gradients_and_cholesky_agree():
    design, y = sparse_design(1500, DENSE_JUDGES + 50, 6)
    means = design.sum_entrant(y) / design.n_entrant
    right = design.sum_judge(y - means[design.entrant])
    seen = design.matrix()
    iterated = solve_laplacian(seen, design.n_entrant, design.n_judge, right, right * 0)
    matrix = np.diag(design.n_judge) - crossed(seen, design.n_entrant)
    direct = inverse_laplacian(matrix) @ right
    assert np.abs(iterated - direct).max() < 1e-9


def test_the_precision_model_takes_either_path():
    design, y = sparse_design(1500, DENSE_JUDGES + 50, 6)
    fit = fit_least_squares(design, y)
    found = fit_precision(fit, y)
    assert found.converged
    assert np.corrcoef(found.scores, fit.adjusted)[0, 1] > 0.95


@pytest.mark.parametrize(("entrants", "judges", "each"), [(30, 8, 4), (3000, 400, 5)])
def test_standard_errors_by_pairs_and_by_matrix_are_the_same(entrants, judges, each):
    design, y = sparse_design(entrants, judges, each)
    fit = fit_least_squares(design, y)
    shares = design.incidence(1 / design.n_entrant[design.entrant]).toarray()
    spread = ((shares @ fit.inverse) * shares).sum(axis=1)
    assert fit.adjusted_se() == pytest.approx(np.sqrt(fit.s2 * (1 / design.n_entrant + spread)))
    rows, columns = np.arange(5), np.arange(3, 9)
    cov = fit.covariance()
    variances = np.diag(cov)[rows][:, None] + np.diag(cov)[columns] - 2 * cov[:5, 3:9]
    assert fit.pair_variances(rows, columns) == pytest.approx(variances, abs=1e-12)


def test_the_inverse_is_the_pseudo_inverse_of_the_laplacian():
    design, _ = sparse_design(40, 9, 4)
    matrix = design.laplacian()
    inverse = inverse_laplacian(matrix)
    assert matrix @ inverse @ matrix == pytest.approx(matrix)
    assert inverse.sum() == pytest.approx(0, abs=1e-12)


def test_a_disconnected_design_is_no_number_but_an_error():
    design = Design(
        np.arange(2),
        np.arange(2),
        np.array([0, 1]),
        np.array([0, 1]),
        np.ones(2),
        np.ones(2),
    )
    with pytest.raises(np.linalg.LinAlgError):
        inverse_laplacian(design.laplacian())
