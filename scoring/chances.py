"""p_top: how probable a seat is, under the model; shown beside the result, deciding nothing.

Draws of b ~ N(b_hat, s2 L^+) and theta_i | b shrunk to the mean; a flat prior would be too kind
to outsiders. Group rules apply to every draw. It assumes that judges differ by severity and
noise only: under a biased judge it is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import linalg, sparse

from scoring.exact import Floats, Integers
from scoring.least_squares import LeastSquares
from scoring.quotas import Quotas
from scoring.tally import Tally

CERTAIN = 6.0
"""Beyond so many standard deviations from the line nothing is drawn."""
BLOCK = 2_000_000
MANY_JUDGES = 600
SEVERITIES_OF_MANY = 1_000


@dataclass(frozen=True)
class _Model:
    """Where the draws come from, for the fit's eligible entrants."""

    mean: Floats
    k: Floats
    cost: Floats
    shares: sparse.csr_array
    spread: float
    factor: Floats
    centre: float

    def draw(self, normals: Floats, noise: Floats, among: Integers) -> Floats:
        """Net scores of some entrants: one row per row of noise, severities per row of normals."""
        judges = normals @ self.factor.T
        shifts = np.asarray((self.shares @ judges.T).T)
        centres = self.centre - shifts.mean(axis=1, keepdims=True)
        bars = self.mean[among] - shifts[:, among]
        tops = centres + self.k[among] * (bars - centres) - self.cost[among]
        repeat = len(noise) // len(normals)
        wobble = np.sqrt(self.spread * (1 - self.k[among]))
        return np.repeat(tops, repeat, axis=0) + noise * wobble


def entrant_variance(fit: LeastSquares) -> float:
    """su2: the sample variance of adjusted scores less what noise adds to it, at least 0."""
    size = fit.design.shape[0]
    if size < 2:
        return 0.0
    noise = fit.sed() ** 2 / 2
    return max(float(fit.adjusted.var(ddof=1)) - noise, 0.0)


def chances(tally: Tally, quotas: Quotas) -> Floats:
    """P(in top N) for each entrant id; NaN for those not fitted or not eligible."""
    result = np.full(len(tally.sheets.entrants), np.nan)
    fit, rules = tally.fit, tally.rules
    if fit is None or np.isnan(fit.s2) or not rules.draws:
        return result
    members = fit.design.entrants
    if len(members) <= rules.top and not quotas:
        result[members] = 1.0
        return result
    model = _model(tally, fit)
    chance, among, seats = _certain(model, fit, rules.top, prune=not quotas)
    groups = [quotas.group_of[int(member)] for member in members[among]]
    random = np.random.RandomState(int(rules.digest[:8], 16))
    hits = np.zeros(len(among))
    many = len(fit.severity) > MANY_JUDGES
    repeat = max(1, rules.draws // SEVERITIES_OF_MANY) if many else 1
    rows = max(1, min(BLOCK // max(len(among), 1) // repeat, rules.draws))
    done = 0
    while done < rules.draws and len(among):
        block = min(rows, -(-(rules.draws - done) // repeat))
        normals = random.standard_normal((block, len(fit.severity)))
        noise = random.standard_normal((block * repeat, len(among)))
        draws = model.draw(normals, noise, among)
        hits += _winners(draws, seats, groups, quotas).sum(axis=0)
        done += block * repeat
    chance[among] = hits / max(done, 1)
    result[members] = chance
    return result


def _model(tally: Tally, fit: LeastSquares) -> _Model:
    design = fit.design
    spread = entrant_variance(fit)
    k = np.ones(len(design.entrants))
    if fit.s2 > 0:
        k = spread / (spread + fit.s2 / design.n_entrant)
    width = len(fit.severity)
    whole = fit.s2 * (fit.inverse + 1 / width)
    factor = linalg.cholesky(whole, lower=True) if fit.s2 > 0 else np.zeros((width, width))
    costs = np.array([float(tally.deductions[int(e)]) for e in design.entrants])
    shares = design.incidence(1 / design.n_entrant[design.entrant])
    return _Model(fit.adjusted, k, costs, shares, spread, factor, float(fit.adjusted.mean()))


def _certain(
    model: _Model, fit: LeastSquares, top: int, *, prune: bool
) -> tuple[Floats, Integers, int]:
    """Chances of 0 and 1 beyond doubt, who is left to draw, and for how many seats."""
    size = len(model.mean)
    chance = np.zeros(size)
    if not prune:
        return chance, np.arange(size), top
    centre = model.centre + model.k * (model.mean - model.centre) - model.cost
    variance = model.k**2 * fit.adjusted_se() ** 2 + model.spread * (1 - model.k)
    margin = CERTAIN * np.sqrt(variance)
    low, high = centre - margin, centre + margin
    surely_in = low > np.partition(high, size - top - 1)[size - top - 1]
    surely_out = high < np.partition(low, size - top)[size - top]
    chance[surely_in] = 1.0
    among = np.flatnonzero(~surely_in & ~surely_out)
    return chance, among, top - int(surely_in.sum())


def _winners(draws: Floats, seats: int, groups: Sequence[Any], quotas: Quotas) -> Integers:
    """Which are in, for each draw: caps first, then floors, then the remaining seats."""
    inside = np.zeros(draws.shape, dtype=bool)
    for group in dict.fromkeys(groups) if quotas else ():
        own = np.flatnonzero([other == group for other in groups])
        cap, floor = quotas.cap(group), quotas.floor(group)
        values = draws[:, own]
        if cap is not None and cap < len(own):
            draws[:, own] = values = np.where(_best(values, cap), values, -np.inf)
        if floor:
            inside[:, own] = _best(values, min(floor, len(own))) & (values > -np.inf)
    open_to = np.where(inside, -np.inf, draws)
    left = seats - int(inside[0].sum()) if len(inside) else 0
    return np.asarray(inside | (_best(open_to, left) & (open_to > -np.inf)))


def _best(values: Floats, seats: int) -> Integers:
    """The `seats` largest of each row."""
    width = values.shape[1]
    if seats <= 0:
        return np.zeros(values.shape, dtype=bool)
    if seats >= width:
        return np.ones(values.shape, dtype=bool)
    line = np.partition(values, width - seats, axis=1)[:, width - seats]
    return np.asarray(values >= line[:, None])
