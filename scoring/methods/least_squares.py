"""Two-way least squares: entrants' scores with the judges' severity removed.

y_ij = mu + theta_i + b_j + e_ij, sum b_j = 0, solved on the judges (statistics: L = D_J -
M' D_I^-1 M) by Cholesky; never by a pseudo-inverse with its default cutoff.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import linalg, sparse
from scipy.sparse.csgraph import connected_components

from scoring.exact import Floats, Integers
from scoring.input.sheets import Sheets
from scoring.methods.weighted import Matrix, crossed, solve_laplacian

RSS_FLOOR = 1e-12
SINGULAR = 1e-7


@dataclass(frozen=True)
class Design:
    """Which entrant met which judge, re-indexed to those who take part in the fit.

    Attributes
    ----------
    entrants, judges
        Indices into the sheets' ids.
    entrant, judge
        Per sheet, indices into the two above.
    """

    entrants: Integers
    judges: Integers
    entrant: Integers
    judge: Integers
    n_entrant: Floats
    n_judge: Floats

    @classmethod
    def of(cls, sheets: Sheets) -> "Design":
        """The design of all the sheets given."""
        return cls.of_pairs(sheets.entrant, sheets.judge)

    @classmethod
    def of_pairs(cls, entrant: Integers, judge: Integers) -> "Design":
        """The design of sheets by the indices of their entrant and judge."""
        entrants, entrant = np.unique(entrant, return_inverse=True)
        judges, judge = np.unique(judge, return_inverse=True)
        return cls(
            entrants=entrants,
            judges=judges,
            entrant=entrant,
            judge=judge,
            n_entrant=np.bincount(entrant, minlength=len(entrants)).astype(float),
            n_judge=np.bincount(judge, minlength=len(judges)).astype(float),
        )

    @property
    def shape(self) -> tuple[int, int]:
        """Entrants, judges."""
        return len(self.entrants), len(self.judges)

    @property
    def df(self) -> int:
        """Sheets less free parameters, for a connected design."""
        return len(self.entrant) - sum(self.shape) + 1

    @property
    def connected(self) -> bool:
        """True where every entrant can be compared with every other."""
        height, width = self.shape
        graph = sparse.coo_array(
            (np.ones(len(self.entrant)), (self.entrant, height + self.judge)),
            shape=(height + width, height + width),
        )
        parts, _ = connected_components(graph, directed=False)
        return int(parts) == 1

    def incidence(self, values: Floats | None = None) -> sparse.csr_array:
        """The entrants × judges matrix of `values` (1 for each sheet without them)."""
        data = np.ones(len(self.entrant)) if values is None else values
        return sparse.csr_array((data, (self.entrant, self.judge)), shape=self.shape)

    def sum_entrant(self, values: Floats) -> Floats:
        """Sums of per-sheet values over each entrant's sheets."""
        return np.asarray(np.bincount(self.entrant, values, self.shape[0]), dtype=float)

    def sum_judge(self, values: Floats) -> Floats:
        """Sums of per-sheet values over each judge's sheets."""
        return np.asarray(np.bincount(self.judge, values, self.shape[1]), dtype=float)

    @property
    def dense(self) -> bool:
        """True where a full entrants × judges matrix costs little more than the sheets."""
        height, width = self.shape
        return height * width <= max(4 * len(self.entrant), 100_000)

    def matrix(self, values: Floats | None = None) -> Matrix:
        """`incidence`, as a full array where that is `dense`."""
        return self._seen if values is None else self._matrix(values)

    @cached_property
    def _seen(self) -> Matrix:
        return self._matrix(np.ones(len(self.entrant)))

    def _matrix(self, values: Floats) -> Matrix:
        if not self.dense:
            return self.incidence(values)
        full = np.zeros(self.shape)
        full[self.entrant, self.judge] = values
        return full

    def pairs(self) -> tuple[Integers, Integers, Integers]:
        """Every ordered pair of judges who share an entrant: both judges, and the entrant."""
        order = np.argsort(self.entrant, kind="stable")
        judge, n = self.judge[order], self.n_entrant.astype(np.int64)
        starts = np.cumsum(n) - n
        entrant = np.repeat(np.arange(len(n)), n * n)
        within = np.arange(len(entrant)) - np.repeat(np.cumsum(n * n) - n * n, n * n)
        base, size = starts[entrant], n[entrant]
        return judge[base + within // size], judge[base + within % size], entrant

    def laplacian(self) -> Floats:
        """L = D_J - M' D_I^-1 M."""
        seen = self.matrix()
        return np.asarray(np.diag(self.n_judge) - crossed(seen, self.n_entrant))


def fitted_sheets(sheets: Sheets) -> Sheets:
    """Without the sheets of judges who have only one: they add no information."""
    return sheets.keep(sheets.per_judge()[sheets.judge] > 1)


@dataclass(frozen=True)
class LeastSquares:
    """A fit over one connected design.

    Attributes
    ----------
    adjusted : array over the design's entrants
        Scores with severity removed.
    severity : array over the design's judges
        b_j, positive for a generous judge; sums to zero.
    s2, df, rss
        Residual variance (NaN without degrees of freedom), its degrees of freedom, sum of squares.
    """

    design: Design
    adjusted: Floats
    severity: Floats
    residuals: Floats
    s2: float
    df: int
    rss: float

    @cached_property
    def inverse(self) -> Floats:
        """L^+, judges × judges."""
        return inverse_laplacian(self.design.laplacian())

    def shares(self) -> sparse.csr_array:
        """P = D_I^-1 M: each sheet's share of its entrant's score."""
        return self.design.incidence(1 / self.design.n_entrant[self.design.entrant])

    @cached_property
    def _unit_variance(self) -> Floats:
        """Variances of the adjusted scores in units of s2: diag(D_I^-1 + P L^+ P')."""
        n = self.design.n_entrant
        if self.design.dense:
            shares = self.design.matrix() / n[:, None]
            return np.asarray(1 / n + ((shares @ self.inverse) * shares).sum(axis=1))
        first, second, entrant = self.design.pairs()
        return np.asarray(1 / n + np.bincount(entrant, self.inverse[first, second]) / n**2)

    def adjusted_se(self) -> Floats:
        """Standard errors of the adjusted scores."""
        return np.asarray(np.sqrt(self.s2 * self._unit_variance))

    def severity_se(self) -> Floats:
        """Standard errors of the severities."""
        return np.asarray(np.sqrt(np.maximum(self.s2 * np.diag(self.inverse), 0)))

    def covariance(self) -> Floats:
        """Cov(a) = s2 (D_I^-1 + P L^+ P'), entrants × entrants."""
        shares = self.shares().toarray()
        return np.asarray(
            self.s2 * (np.diag(1 / self.design.n_entrant) + shares @ self.inverse @ shares.T)
        )

    def pair_variances(self, rows: Integers, columns: Integers) -> Floats:
        """Variances of the differences between some entrants and some others."""
        shares = self.shares().tocsr()
        left = np.asarray(shares[rows] @ self.inverse)
        own = self.adjusted_se() ** 2
        crossed = self.s2 * np.asarray(shares[columns] @ left.T).T
        same = rows[:, None] == columns
        variances = own[rows][:, None] + own[columns] - 2 * crossed
        variances -= 2 * np.where(same, self.s2 / self.design.n_entrant[rows][:, None], 0)
        return np.asarray(np.maximum(variances, 0))

    def sed(self) -> float:
        """Root of the mean variance of a difference between two entrants."""
        size = self.design.shape[0]
        if size < 2:
            return float("nan")
        shares = self.shares()
        trace = float(self._unit_variance.sum())
        sums = np.asarray(shares.sum(axis=0)).ravel()
        total = (1 / self.design.n_entrant).sum() + sums @ self.inverse @ sums
        return float(np.sqrt(max(self.s2 * 2 * (size * trace - total) / (size * (size - 1)), 0)))


def inverse_laplacian(laplacian: Floats) -> Floats:
    """L^+ of a connected Laplacian: (L + 11'/J)^-1 - 11'/J by Cholesky.

    Raises
    ------
    numpy.linalg.LinAlgError
        Where the design is not connected.
    """
    size = len(laplacian)
    factor, info = linalg.lapack.dpotrf(laplacian + 1 / size, lower=1)
    pivots = np.diag(factor)
    if info != 0 or pivots.min() < SINGULAR * pivots.max():
        raise np.linalg.LinAlgError("the design is not connected")
    inverse, _ = linalg.lapack.dpotri(factor, lower=1)
    inverse = np.tril(inverse)
    return np.asarray(inverse + np.tril(inverse, -1).T - 1 / size)


def fit_least_squares(design: Design, y: Floats) -> LeastSquares:
    """Fit totals y (one per sheet) over a connected design."""
    means = design.sum_entrant(y) / design.n_entrant
    right = design.sum_judge(y - means[design.entrant])
    severity = solve_laplacian(
        design.matrix(), design.n_entrant, design.n_judge, right, np.zeros(len(right))
    )
    adjusted = design.sum_entrant(y - severity[design.judge]) / design.n_entrant
    residuals = y - adjusted[design.entrant] - severity[design.judge]
    rss = float(residuals @ residuals)
    tss = float(((y - y.mean()) ** 2).sum())
    if rss <= RSS_FLOOR * tss:
        rss = 0.0
    s2 = rss / design.df if design.df > 0 else float("nan")
    return LeastSquares(design, adjusted, severity, residuals, s2, design.df, rss)
