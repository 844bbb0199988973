"""The chance of belonging among the N best, and rank intervals, from draws of one model.

Draws of b ~ N(b_hat, s2 L^+) and theta_i | b shrunk to the mean; a flat prior would be too kind
to outsiders. Each draw is used twice, with its sign turned (antithetic). It is assumed that
judges' errors are their own: a taste that most judges share, or a drift of them all, is seen by
no judge's residuals, and makes every chance too sure of itself.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import linalg

from scoring.exact import Floats, Integers
from scoring.methods.least_squares import LeastSquares
from scoring.methods.tally import Tally
from scoring.methods.weighted import Matrix
from scoring.rank.quotas import Quotas
from scoring.rank.winners import winners

ENOUGH = 2_600
"""A chance has then a standard error of at most .007: antithetic, p (1 - 2p) / 2 a pair."""
CERTAIN = 4.5
"""Beyond so many standard deviations from where the line falls nothing is drawn."""
BLOCK = 4_000_000
"""Scores held in memory at once."""
PILOT = 200
NEGLIGIBLE = 1e-9
"""Too little to tell two apart: equals are drawn as by a coin."""
MOST_RANKED = 2_000
"""Above so many entrants no rank intervals are drawn: a rank among them says little."""
HELD = 0.95
"""Share of the draws that a rank interval holds."""


@dataclass(frozen=True)
class Model:
    """Where the draws come from; what all entrants share cancels in a rank.

    Attributes
    ----------
    centre : net posterior means, by entrant of the fit
    wobble : standard deviations of theta given the severities
    k : how much of a difference is kept
    """

    fit: LeastSquares
    centre: Floats
    wobble: Floats
    k: Floats

    @classmethod
    def of(cls, tally: Tally) -> "Model | None":
        """The model of a tally; None without a fit, its error, or any draws."""
        fit = tally.fit
        if fit is None or np.isnan(fit.s2) or not tally.rules.draws:
            return None
        spread = entrant_variance(fit)
        k = np.ones(len(fit.adjusted))
        if fit.s2 > 0:
            k = spread / (spread + fit.s2 / fit.design.n_entrant)
        costs = np.array([float(tally.deductions[int(e)]) for e in fit.design.entrants])
        middle = float(fit.adjusted.mean())
        centre = middle + k * (fit.adjusted - middle) - costs
        coin = NEGLIGIBLE * (1 + float(np.abs(centre).max()))
        return cls(fit, centre, np.maximum(np.sqrt(spread * (1 - k)), coin), k)

    @cached_property
    def swaying(self) -> Floats:
        """Standard deviations that severities add to each entrant's score."""
        fit = self.fit
        own = fit.adjusted_se() ** 2 - fit.s2 / fit.design.n_entrant
        return np.asarray(self.k * np.sqrt(np.maximum(own, 0)))

    def sway(self, among: Integers) -> "Sway | None":
        """Effect of the severities on some entrants; None where it changes no rank."""
        fit = self.fit
        least = NEGLIGIBLE * np.sqrt(fit.s2)
        if fit.s2 == 0 or not len(among) or float(self.swaying.max()) < least:
            return None
        shares = fit.shares()
        centre = np.asarray(shares.mean(axis=0)).ravel()
        factor = linalg.cholesky(
            fit.s2 * (fit.inverse + 1 / len(centre)), lower=True, overwrite_a=True
        )
        if fit.design.dense:
            sway = ((shares[among].toarray() - centre) @ factor) * -self.k[among][:, None]
            return None if float(np.abs(sway).max()) < least else Sway(sway)
        return Sway(shares[among], factor, centre, -self.k[among])

    def draw(
        self, random: np.random.RandomState, pairs: int, among: Integers, sway: "Sway | None"
    ) -> Floats:
        """Deviations from the centre, pairs × entrants; each serves with either sign."""
        drawn = random.standard_normal((pairs, len(among)))
        drawn *= self.wobble[among]
        if sway is not None:
            drawn += sway.draw(random, pairs)
        return np.asarray(drawn)


@dataclass(frozen=True)
class Sway:
    """Matrices that turn normals into shifts by severity: one, or two where judges are many."""

    weights: Matrix
    factor: Floats | None = None
    centre: Floats | None = None
    scale: Floats | None = None

    def draw(self, random: np.random.RandomState, pairs: int) -> Floats:
        """Pairs × entrants."""
        if self.factor is None or self.centre is None or self.scale is None:
            return np.asarray(
                random.standard_normal((pairs, self.weights.shape[1])) @ self.weights.T
            )
        severities = random.standard_normal((pairs, len(self.factor))) @ self.factor.T
        moved = np.asarray((self.weights @ severities.T).T)
        return np.asarray((moved - (severities @ self.centre)[:, None]) * self.scale)


def entrant_variance(fit: LeastSquares) -> float:
    """su2: the sample variance of adjusted scores less what noise adds to it, at least 0."""
    size = fit.design.shape[0]
    if size < 2:
        return 0.0
    noise = fit.sed() ** 2 / 2
    return max(float(fit.adjusted.var(ddof=1)) - noise, 0.0)


def chances(tally: Tally, quotas: Quotas) -> Floats:
    """P(among the top N) for each entrant id; NaN for those not fitted or not eligible."""
    result = np.full(len(tally.sheets.entrants), np.nan)
    model, rules = Model.of(tally), tally.rules
    if model is None:
        return result
    members = model.fit.design.entrants
    if len(members) <= rules.top and not quotas:
        result[members] = 1.0
        return result
    random = _random(tally)
    chance, among, seats = np.zeros(len(members)), np.arange(len(members)), rules.top
    if not quotas:
        chance, among, seats = _in_doubt(random, model, rules.top)
    if len(among):
        groups = [quotas.group_of[int(member)] for member in members[among]]
        sway, centre = model.sway(among), model.centre[among]
        hits, done, pairs = np.zeros(len(among)), 0, enough_pairs(rules.draws)
        while done < pairs:
            block = min(max(1, BLOCK // len(among)), pairs - done)
            drawn = model.draw(random, block, among, sway)
            for scores in (centre + drawn, centre - drawn):
                hits += winners(scores, seats, groups, quotas).sum(axis=0)
            done += block
        chance[among] = hits / (2 * pairs)
    result[members] = chance
    return result


def rank_intervals(tally: Tally) -> tuple[list[int | None], list[int | None]]:
    """Marginal 95 % intervals of the true rank, by entrant id; None where none are drawn.

    The shortest that hold so many draws: ranks are whole and end at 1, so that equal tails would
    hold .98 of the true ranks of those at the top.
    """
    low: list[int | None] = [None] * len(tally.sheets.entrants)
    high = low.copy()
    model = Model.of(tally)
    if model is None or len(model.centre) > MOST_RANKED:
        return low, high
    pairs, everyone = enough_pairs(tally.rules.draws), np.arange(len(model.centre))
    drawn = model.draw(_random(tally), pairs, everyone, model.sway(everyone))
    centre = model.centre - model.centre.mean()
    ranks = np.concatenate([_ranks(centre + drawn), _ranks(centre - drawn)]).T.copy()
    ranks.sort(axis=1)
    first, last = _shortest(ranks)
    for place, member in enumerate(model.fit.design.entrants.tolist()):
        low[member], high[member] = int(first[place]), int(last[place])
    return low, high


def _shortest(ranks: Integers) -> tuple[Integers, Integers]:
    """Ends of the shortest interval that holds 95 % of each sorted row; of several the middle."""
    size = ranks.shape[1]
    held = math.ceil(HELD * size)
    first, last = ranks[:, : size - held + 1], ranks[:, held - 1 :]
    short = last - first == (last - first).min(axis=1, keepdims=True)
    counted = short.cumsum(axis=1)
    middle = (counted >= (counted[:, -1:] + 1) // 2).argmax(axis=1)[:, None]
    low, high = (np.take_along_axis(edge, middle, axis=1)[:, 0] for edge in (first, last))
    return low, high


def enough_pairs(draws: int) -> int:
    """Pairs of draws: as many as are enough, at most those the rules allow."""
    return max(1, min(draws, ENOUGH) // 2)


def _random(tally: Tally) -> np.random.RandomState:
    return np.random.RandomState(int(tally.rules.digest[:8], 16))


def _ranks(scores: Floats) -> Integers:
    """1 for the highest of each row."""
    size = scores.shape[1]
    order = np.argsort(-scores.astype(np.float32) if _told_apart(scores) else -scores, axis=1)
    ranks = np.empty(scores.shape, dtype=np.int16)
    np.put_along_axis(ranks, order, np.arange(1, size + 1, dtype=np.int16)[None, :], axis=1)
    return np.asarray(ranks)


def _told_apart(scores: Floats) -> bool:
    """Whether single precision, twice as quick, tells the scores of the first row apart."""
    first = np.sort(scores[0])
    return bool(np.diff(first).min(initial=1.0) > 1e-6 * max(abs(first[0]), abs(first[-1])))


def _in_doubt(
    random: np.random.RandomState, model: Model, top: int
) -> tuple[Floats, Integers, int]:
    """Chances of 0 and 1 beyond doubt, who is left to draw, and for how many seats.

    A few draws show where the line is; no entrant further from it than `CERTAIN` standard
    deviations, on top of three of the line's own, can cross it.
    """
    centre, swaying = model.centre, model.swaying
    size = len(centre)
    spread = np.hypot(model.wobble, swaying)
    draws = random.standard_normal((PILOT, size)) * spread + centre
    draws.partition((size - top - 1, size - top), axis=1)
    last, first = draws[:, size - top], draws[:, size - top - 1]
    slack = 3 * float(last.std()) + float(swaying.max())
    surely_in = centre - CERTAIN * spread > float(first.max()) + slack
    surely_out = centre + CERTAIN * spread < float(last.min()) - slack
    among = np.flatnonzero(~surely_in & ~surely_out)
    return surely_in.astype(float), among, top - int(surely_in.sum())
