"""p_top: how probable a seat is, under the model; shown beside the result, deciding nothing.

Draws of b ~ N(b_hat, s2 L^+) and theta_i | b shrunk to the mean; a flat prior would be too kind
to outsiders. Group rules apply to every draw. It assumes that judges differ by severity and
noise only: under a biased judge it is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import linalg

from scoring.exact import Floats, Integers
from scoring.least_squares import LeastSquares
from scoring.quotas import Quotas
from scoring.tally import Tally

CERTAIN = 4.5
"""Beyond so many standard deviations from the line nothing is drawn."""
BLOCK = 500_000
NEGLIGIBLE = 1e-9
"""Too little to tell two apart: equals are drawn as by a coin."""
MANY_JUDGES = 600
SEVERITIES_OF_MANY = 1_000


@dataclass(frozen=True)
class _Model:
    """Where the draws come from, for the fit's entrants; what all share cancels in a rank.

    Attributes
    ----------
    centre : net posterior means
    sway : entrants × judges, what a draw of normals for the severities adds
    wobble : standard deviations of theta given the severities
    """

    centre: Floats
    sway: Floats
    wobble: Floats

    def of(self, among: Integers) -> "_Model":
        """The model of some entrants."""
        return _Model(self.centre[among], self.sway[among], self.wobble[among])

    def draw(self, random: np.random.RandomState, rows: int, repeat: int) -> Floats:
        """Net scores, rows × repeat draws; each draw of severities serves `repeat` of theta."""
        size = len(self.centre)
        draws = random.standard_normal((rows * repeat, size)) * self.wobble
        draws += self.centre
        if self.sway.any():
            shifts = random.standard_normal((rows, self.sway.shape[1])) @ self.sway.T
            draws += np.repeat(shifts, repeat, axis=0) if repeat > 1 else shifts
        return np.asarray(draws)


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
    whole = _model(tally, fit)
    chance, among, seats = _certain(whole, rules.top, prune=not quotas)
    model = whole.of(among)
    groups = [quotas.group_of[int(member)] for member in members[among]]
    random = np.random.RandomState(int(rules.digest[:8], 16))
    hits = np.zeros(len(among))
    many = len(fit.severity) > MANY_JUDGES
    repeat = max(1, rules.draws // SEVERITIES_OF_MANY) if many else 1
    rows = max(1, min(BLOCK // max(len(among), 1) // repeat, rules.draws))
    done = 0
    while done < rules.draws and len(among):
        block = min(rows, -(-(rules.draws - done) // repeat))
        draws = model.draw(random, block, repeat)
        hits += _winners(draws, seats, groups, quotas).sum(axis=0)
        done += block * repeat
    chance[among] = hits / max(done, 1)
    result[members] = chance
    return result


def _model(tally: Tally, fit: LeastSquares) -> _Model:
    design, spread = fit.design, entrant_variance(fit)
    k = np.ones(len(design.entrants))
    if fit.s2 > 0:
        k = spread / (spread + fit.s2 / design.n_entrant)
    costs = np.array([float(tally.deductions[int(e)]) for e in design.entrants])
    middle = float(fit.adjusted.mean())
    centre = middle + k * (fit.adjusted - middle) - costs
    width = len(fit.severity)
    sway = np.zeros((len(k), width))
    if fit.s2 > 0:
        factor = linalg.cholesky(fit.s2 * (fit.inverse + 1 / width), lower=True)
        shares = design.incidence(1 / design.n_entrant[design.entrant])
        own = np.asarray(shares @ factor)
        sway = -k[:, None] * (own - own.mean(axis=0))
        if np.abs(sway).max() < NEGLIGIBLE * np.sqrt(fit.s2):
            sway = np.zeros_like(sway)
    wobble = np.sqrt(spread * (1 - k))
    coin = NEGLIGIBLE * (1 + float(np.abs(centre).max()))
    return _Model(centre, sway, np.maximum(wobble, coin))


def _certain(model: _Model, top: int, *, prune: bool) -> tuple[Floats, Integers, int]:
    """Chances of 0 and 1 beyond doubt, who is left to draw, and for how many seats."""
    size = len(model.centre)
    chance = np.zeros(size)
    if not prune:
        return chance, np.arange(size), top
    margin = CERTAIN * np.sqrt(model.wobble**2 + (model.sway**2).sum(axis=1))
    low, high = model.centre - margin, model.centre + margin
    surely_in = low > np.partition(high, size - top - 1)[size - top - 1]
    surely_out = high < np.partition(low, size - top)[size - top]
    chance[surely_in] = 1.0
    among = np.flatnonzero(~surely_in & ~surely_out)
    return chance, among, top - int(surely_in.sum())


def _winners(draws: Floats, seats: int, groups: Sequence[Any], quotas: Quotas) -> Integers:
    """Which are in, for each draw: caps first, then floors, then the remaining seats."""
    if not quotas:
        return _best(draws, seats)
    inside = np.zeros(draws.shape, dtype=bool)
    for group in dict.fromkeys(groups):
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
