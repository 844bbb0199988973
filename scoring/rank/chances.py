"""p_top: how probable a seat is, under the model; shown beside the result, deciding nothing.

Draws of b ~ N(b_hat, s2 L^+) and theta_i | b shrunk to the mean; a flat prior would be too kind
to outsiders. Group rules apply to every draw. It assumes that judges differ by severity and
noise only: under a biased judge it is wrong.
"""

from dataclasses import dataclass

import numpy as np
from scipy import linalg

from scoring.exact import Floats, Integers
from scoring.methods.least_squares import LeastSquares
from scoring.methods.tally import Tally
from scoring.rank.quotas import Quotas
from scoring.rank.winners import winners

CERTAIN = 4.5
"""Beyond so many standard deviations from where the line falls nothing is drawn."""
BLOCK = 500_000
BLOCK_OF_MANY = 10_000_000
"""Where many judges' severities are drawn, each block reads a large matrix once."""
PILOT = 200
NEGLIGIBLE = 1e-9
"""Too little to tell two apart: equals are drawn as by a coin."""
MANY_JUDGES = 600
SEVERITIES_OF_MANY = 1_000


@dataclass(frozen=True)
class _Model:
    """Where the draws come from, for some entrants; what all share cancels in a rank.

    Attributes
    ----------
    centre : net posterior means
    wobble : standard deviations of theta given the severities
    sway : entrants × judges, what a draw of normals for the severities adds; None if nothing
    """

    centre: Floats
    wobble: Floats
    sway: Floats | None

    def draw(self, random: np.random.RandomState, rows: int, repeat: int) -> Floats:
        """Net scores, rows × repeat draws; each draw of severities serves `repeat` of theta."""
        draws = random.standard_normal((rows * repeat, len(self.centre)))
        draws *= self.wobble
        draws += self.centre
        if self.sway is not None:
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
    spread = entrant_variance(fit)
    k = np.ones(len(members))
    if fit.s2 > 0:
        k = spread / (spread + fit.s2 / fit.design.n_entrant)
    costs = np.array([float(tally.deductions[int(e)]) for e in members])
    middle = float(fit.adjusted.mean())
    centre = middle + k * (fit.adjusted - middle) - costs
    wobble = np.sqrt(spread * (1 - k))
    coin = NEGLIGIBLE * (1 + float(np.abs(centre).max()))
    wobble = np.maximum(wobble, coin)
    swaying = k * np.sqrt(np.maximum(fit.adjusted_se() ** 2 - fit.s2 / fit.design.n_entrant, 0))
    random = np.random.RandomState(int(rules.digest[:8], 16))
    chance, among, seats = np.zeros(len(members)), np.arange(len(members)), rules.top
    if not quotas:
        chance, among, seats = _in_doubt(random, centre, wobble, swaying, rules.top)
    model = _Model(centre[among], wobble[among], _sway(fit, k, among))
    groups = [quotas.group_of[int(member)] for member in members[among]]
    hits = np.zeros(len(among))
    many = len(fit.severity) > MANY_JUDGES
    repeat = max(1, rules.draws // SEVERITIES_OF_MANY) if many else 1
    most = BLOCK_OF_MANY if many else BLOCK
    rows = max(1, min(most // max(len(among), 1) // repeat, rules.draws))
    done = 0
    while done < rules.draws and len(among):
        block = min(rows, -(-(rules.draws - done) // repeat))
        draws = model.draw(random, block, repeat)
        hits += winners(draws, seats, groups, quotas).sum(axis=0)
        done += block * repeat
    chance[among] = hits / max(done, 1)
    result[members] = chance
    return result


def _sway(fit: LeastSquares, k: Floats, among: Integers) -> Floats | None:
    """What standard normals for the severities add to some entrants' scores."""
    if fit.s2 == 0 or not len(among):
        return None
    width = len(fit.severity)
    factor = linalg.cholesky(fit.s2 * (fit.inverse + 1 / width), lower=True)
    shares = fit.design.incidence(1 / fit.design.n_entrant[fit.design.entrant])
    centre = np.asarray(shares.mean(axis=0)).ravel() @ factor
    sway = np.asarray(shares[among] @ factor)
    sway -= centre
    sway *= -k[among][:, None]
    largest = max(float(sway.max()), -float(sway.min()))
    return None if largest < NEGLIGIBLE * np.sqrt(fit.s2) else sway


def _in_doubt(
    random: np.random.RandomState, centre: Floats, wobble: Floats, swaying: Floats, top: int
) -> tuple[Floats, Integers, int]:
    """Chances of 0 and 1 beyond doubt, who is left to draw, and for how many seats.

    A few draws say where the line falls; nobody further from it than `CERTAIN` standard
    deviations, on top of three of the line's own, can cross it.
    """
    size = len(centre)
    spread = np.hypot(wobble, swaying)
    draws = random.standard_normal((PILOT, size)) * spread + centre
    draws.partition((size - top - 1, size - top), axis=1)
    last, first = draws[:, size - top], draws[:, size - top - 1]
    slack = 3 * float(last.std()) + float(swaying.max())
    surely_in = centre - CERTAIN * spread > float(first.max()) + slack
    surely_out = centre + CERTAIN * spread < float(last.min()) - slack
    among = np.flatnonzero(~surely_in & ~surely_out)
    return surely_in.astype(float), among, top - int(surely_in.sum())
