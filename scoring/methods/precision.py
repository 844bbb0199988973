"""The precision model: consistent judges count more.

y_ij = b_j + s_j theta_i + e_ij, e ~ N(0, v_j); b fixed, theta ~ N(0, vt), s_j ~ N(1, ts), v_j
shrunk to a common variance. Platt & Burges 2012; Ge, Welling & Ghahramani 2013. Every sum over
sheets is a product with a fixed matrix, so that a round costs a few of them.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from scoring.exact import Floats
from scoring.methods.least_squares import Design, LeastSquares
from scoring.methods.weighted import Matrix, solve_laplacian

SHRINKAGE = 6.0
TOLERANCE = 1e-9
ROUNDS = 500
LEAP = 8
FLOOR = 1e-12
NO_SPREAD = 1e-3
"""Entrants who differ by less, against the error of a judge's whole work, are taken as equal."""
NO_SCALE_SPREAD = 1e-3
"""Scales that differ by less than 3 % are taken as equal: towards zero the steps never end."""


@dataclass(frozen=True)
class Sums:
    """The sheets as matrices, entrants × judges, and what never changes of them."""

    seen: Matrix
    given: Matrix
    n: Floats
    total: Floats
    square: Floats

    @classmethod
    def of(cls, design: Design, y: Floats) -> "Sums":
        """Matrices of who saw whom and of the totals, dense where that is the smaller."""
        square = design.sum_judge(y * y)
        return cls(design.matrix(), design.matrix(y), design.n_judge, design.sum_judge(y), square)


@dataclass(frozen=True)
class State:
    """Where the iteration stands."""

    theta: Floats
    theta_var: Floats
    shift: Floats
    scale: Floats
    scale_var: Floats
    noise: Floats
    spread: float
    scale_spread: float


@dataclass(frozen=True)
class Precision:
    """The fitted model.

    Attributes
    ----------
    scores : array over the design's entrants
        Unshrunk p_i on the adjusted score's mean and scale; NaN where no judge tells anything.
    scale, noise : arrays over the design's judges
        s_j (1 on average) and the standard deviation of a judge's own error.
    converged, rounds
        Whether the change fell below the tolerance, and after how many rounds.
    level : array over the design's judges
        What a judge gives to an entrant whose score is `centre`.
    centre, stretch
        p_i = centre + stretch * sum(w s (y - level)) / sum(w s^2), w = 1 / noise^2.
    """

    scores: Floats
    scale: Floats
    noise: Floats
    converged: bool
    rounds: int
    level: Floats
    centre: float
    stretch: float


def fit_precision(fit: LeastSquares, y: Floats) -> Precision:
    """Iterate from the least-squares fit until the largest change of theta is below tolerance."""
    width = fit.design.shape[1]
    if fit.rss == 0 or fit.df <= 0:
        plain = np.full(width, np.sqrt(max(fit.s2, 0)) if fit.df > 0 else np.nan)
        middle = float(fit.adjusted.mean())
        level = middle + fit.severity
        return Precision(fit.adjusted.copy(), np.ones(width), plain, True, 0, level, middle, 1.0)
    centre = float(y.mean())
    sums = Sums.of(fit.design, y - centre)
    state = _start(fit)
    past: list[State] = []
    for rounds in range(1, ROUNDS + 1):
        before = state.theta
        state = _round(sums, state)
        past = [*past[-2:], state]
        if rounds % LEAP == 0:
            state = replace(
                state,
                scale_spread=_leap(*(each.scale_spread for each in past)),
                spread=_leap(*(each.spread for each in past)),
            )
        size = max(float(before.std()), 1e-3 * float(np.sqrt(state.noise.mean())))
        if float(np.abs(state.theta - before).max()) < TOLERANCE * size:
            break
    converged = float(np.abs(state.theta - before).max()) < TOLERANCE * size
    raw = _unshrunk(sums, state)
    zero, middle, stretch = _scale_of(raw, fit.adjusted)
    level = centre + state.shift + state.scale * zero
    noise = np.sqrt(state.noise)
    scores = np.asarray((raw - zero) * stretch + middle)
    return Precision(scores, state.scale, noise, converged, rounds, level, middle, stretch)


def _leap(first: float, second: float, third: float) -> float:
    """Where three slow steps of a variance are heading (Aitken), at most four times as far."""
    if min(first, second, third) <= 0 or first == second:
        return third
    step, last = np.log(second / first), np.log(third / second)
    rate = last / step
    if not 0.5 < rate < 1:
        return third
    return float(third * np.exp(np.clip(last * rate / (1 - rate), -np.log(4), np.log(4))))


def _start(fit: LeastSquares) -> State:
    theta = fit.adjusted - fit.adjusted.mean()
    width = fit.design.shape[1]
    return State(
        theta=theta,
        theta_var=fit.s2 / fit.design.n_entrant,
        shift=fit.severity.copy(),
        scale=np.ones(width),
        scale_var=np.zeros(width),
        noise=np.full(width, fit.s2),
        spread=max(float(theta.var()), FLOOR),
        scale_spread=0.05,
    )


def _round(sums: Sums, state: State) -> State:
    """One round of (a) judges' shifts, (b) thetas, (c) scales, (d) variances."""
    weight = 1 / state.noise
    seen_theta = sums.seen.T @ state.theta
    residual = sums.total - (state.scale - 1) * seen_theta
    pull = sums.given @ weight - state.theta * (sums.seen @ (weight * (state.scale - 1)))
    shift = _shifts(sums, weight, residual, pull, state.shift)
    # Shrinking pulls towards 0: the field's middle has to lie there, whatever a judge adds.
    shift = shift + float(((pull - sums.seen @ (weight * shift)) / (sums.seen @ weight)).mean())
    load = weight * state.scale
    top = sums.given @ load - sums.seen @ (load * shift)
    bottom = sums.seen @ (weight * (state.scale**2 + state.scale_var)) + 1 / state.spread
    theta, theta_var = top / bottom, 1 / bottom
    centre = float(theta.mean())
    theta, shift = theta - centre, shift + state.scale * centre
    moved = replace(state, theta=theta, theta_var=theta_var, shift=shift)
    return _variances(sums, _scales(sums, moved))


def _shifts(sums: Sums, weight: Floats, residual: Floats, pull: Floats, guess: Floats) -> Floats:
    """(a): weighted two-way least squares, every sheet of a judge with the judge's weight."""
    load = sums.seen @ weight
    right = weight * (residual - sums.seen.T @ (pull / load))
    dense = isinstance(sums.seen, np.ndarray)
    weights = sums.seen * weight if dense else sums.seen @ sparse.diags_array(weight)
    return solve_laplacian(weights, load, weight * sums.n, right, guess)


def _scales(sums: Sums, state: State) -> State:
    """(c): ridge regression of y on centred theta, errors in variables; scales average 1."""
    if state.scale_spread == 0:
        return state
    seen_theta, given_theta = sums.seen.T @ state.theta, sums.given.T @ state.theta
    square = sums.seen.T @ (state.theta**2 + state.theta_var) - seen_theta**2 / sums.n
    cross = given_theta - seen_theta * sums.total / sums.n
    ridge = 1 / state.scale_spread
    bottom = square / state.noise + ridge
    scale = np.maximum((cross / state.noise + ridge) / bottom, 0)
    size = float(scale.mean()) or 1.0
    return replace(
        state,
        theta=state.theta * size,
        theta_var=state.theta_var * size**2,
        scale=scale / size,
        scale_var=1 / bottom / size**2,
    )


def _variances(sums: Sums, state: State) -> State:
    """(d): spread of entrants and scales, and each judge's noise shrunk to the common one."""
    theta, shift, scale = state.theta, state.shift, state.scale
    seen_theta, given_theta = sums.seen.T @ theta, sums.given.T @ theta
    seen_square = sums.seen.T @ theta**2
    seen_var = sums.seen.T @ state.theta_var
    squares = (
        sums.square
        - 2 * shift * sums.total
        - 2 * scale * given_theta
        + sums.n * shift**2
        + 2 * shift * scale * seen_theta
        + scale**2 * (seen_square + seen_var)
        + state.scale_var * (seen_square + seen_var)
    )
    squares = np.maximum(squares, 0)
    common = max(float(squares.sum() / sums.n.sum()), FLOOR)
    spread = float((theta**2 + state.theta_var).mean())
    if spread < NO_SPREAD * common * len(theta) / float(sums.n.sum()):
        spread = FLOOR * common
    scale_spread = float(((scale - 1) ** 2 + state.scale_var).mean())
    if scale_spread < NO_SCALE_SPREAD:
        scale_spread, scale = 0.0, np.ones_like(scale)
    return replace(
        state,
        noise=(squares + SHRINKAGE * common) / (sums.n + SHRINKAGE),
        spread=spread,
        scale=scale,
        scale_var=state.scale_var if scale_spread else np.zeros_like(scale),
        scale_spread=scale_spread,
    )


def _unshrunk(sums: Sums, state: State) -> Floats:
    load = state.scale / state.noise
    top = sums.given @ load - sums.seen @ (load * state.shift)
    bottom = sums.seen @ (load * state.scale)
    return np.asarray(np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1), np.nan))


def _scale_of(scores: Floats, adjusted: Floats) -> tuple[float, float, float]:
    """Their mean, the adjusted scores' mean, and the ratio of both standard deviations."""
    known = ~np.isnan(scores)
    if not known.any():
        return 0.0, 0.0, 1.0
    spread = float(scores[known].std())
    stretch = float(adjusted[known].std()) / spread if spread > 0 else 1.0
    return float(scores[known].mean()), float(adjusted[known].mean()), stretch
