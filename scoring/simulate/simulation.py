"""Contests whose true order is known: how many of the N best a rule finds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from scoring.evidence.chances import chances, rank_intervals
from scoring.evidence.judges import home_differences, judge_frame
from scoring.evidence.regressors import running_order
from scoring.exact import Floats, Integers
from scoring.input.rules import Groups, Rules
from scoring.input.rulings import Rulings
from scoring.methods.deductions import net_units
from scoring.methods.least_squares import fitted_sheets
from scoring.methods.registry import METHODS, Score, official_scores
from scoring.methods.tally import Tally
from scoring.rank.decisions import Selection
from scoring.rank.keys import Case
from scoring.rank.quotas import Quotas, read_quotas
from scoring.rank.ranking import half_width
from scoring.rank.selection import select
from scoring.rank.winners import winners
from scoring.simulate.contests import HIGHEST, Contest, Scenario, draw_contest


@dataclass(frozen=True)
class Trial:
    """Results of one invented contest.

    Attributes
    ----------
    correct : dict
        Rule -> how many of the true N best it selects, of those the quotas let in; rules are
        methods and "band <b>".
    zone : dict
        Band -> size of the open zone.
    inversions : dict
        Band -> pairs of one out who stands more than one standard error above one in.
    decided : dict
        Band -> the key that gave the last seat of the last cut that needed one; "clear" where
        scores alone gave every seat.
    by_groups : int
        Seats that quotas give to others than the published scores alone would.
    p_top : array
        Chances by entrant.
    truth : array of bool
        Whether the entrant is among the true N best.
    chosen : array of bool
        Whether the entrant is selected, with the first band.
    held, width : arrays
        Whether the marginal rank interval holds the true rank, and how many places it spans.
    order_p : float
        p of the running-order test.
    first_judge : dict
        "home" and "drift" of the first judge -> (estimate, low, high, truth), in points.
    """

    correct: dict[str, int]
    zone: dict[str, int]
    inversions: dict[str, int]
    decided: dict[str, str]
    by_groups: int
    p_top: Floats
    truth: Integers
    chosen: Integers
    held: Floats
    width: Floats
    order_p: float = float("nan")
    first_judge: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)


def try_contest(
    contest: Contest,
    rules: Rules,
    methods: Sequence[str],
    bands: Sequence[str],
    scenario: Scenario = Scenario(),  # noqa: B008 - frozen
) -> Trial:
    """Apply each method with an exact cut, and the rules' own official score with each band.

    Raises
    ------
    DisconnectedPanel
        Where the official score compares across judges and the panel falls apart.
    """
    sheets = contest.sheets
    tally = Tally(rules, contest.entries, {}, sheets, sheets, fitted_sheets(sheets), ())
    quotas = read_quotas(tally)
    best = _best(contest.quality, rules.top, quotas)
    correct = {
        method: len(best & _best(_floats(METHODS[method].score(tally)), rules.top, quotas))
        for method in methods
    }
    official = official_scores(tally)
    units = net_units(tally, official)
    cuts = {band: _cut(tally, official, units, quotas, band) for band in bands}
    correct |= {f"band {band}": len(best & cut.selected) for band, cut in cuts.items()}
    everyone, scores = np.arange(len(contest.quality)), _floats(units)
    held, width = _ranked(tally, contest.quality)
    order = running_order(tally) if rules.draws else None
    first = next(iter(cuts.values()), None)
    return Trial(
        correct=correct,
        zone={band: len(cut.open) for band, cut in cuts.items()},
        inversions={band: _inversions(tally, units, cut.selected) for band, cut in cuts.items()},
        decided={band: _decided(cut) for band, cut in cuts.items()},
        by_groups=len(_best(scores, rules.top, quotas) - _best(scores, rules.top, FREE)),
        p_top=chances(tally, quotas),
        truth=np.isin(everyone, list(best)),
        chosen=np.isin(everyone, list(first.selected if first else ())),
        held=held,
        width=width,
        order_p=float("nan") if order is None else order.p,
        first_judge=_first_judge(tally, scenario) if rules.draws else {},
    )


def _cut(
    tally: Tally, official: list[Score], units: list[int | None], quotas: Quotas, band: str
) -> Selection:
    """The official score's cut with another band."""
    banded = replace(tally, rules=replace(tally.rules, band=band))
    banded.__dict__.update({k: v for k, v in tally.__dict__.items() if k in _FITS})
    sed = tally.fit.sed() if tally.fit is not None else float("nan")
    half, _ = half_width(banded, sed)
    return select(Case(banded, official, Rulings()), units, quotas, half=half, sed=sed)


def _decided(cut: Selection) -> str:
    """The key that gave the last seat of the last cut that needed one; else clear."""
    ways = [one.key or one.status for one in reversed(cut.decisions)]
    return next((way for way in ways if way != "clear"), "clear")


def _ranked(tally: Tally, quality: Floats) -> tuple[Floats, Floats]:
    """Whether each interval holds the true rank, and its width; NaN where there is none."""
    low, high = (
        np.array([np.nan if rank is None else rank for rank in ranks], dtype=float)
        for ranks in rank_intervals(tally)
    )
    true = np.argsort(np.argsort(-quality)) + 1
    held = np.where(np.isnan(low), np.nan, (low <= true) & (true <= high))
    return held, high - low + 1


def _first_judge(tally: Tally, scenario: Scenario) -> dict[str, tuple[float, float, float, float]]:
    """Home difference and drift of the first judge beside the truth, in points of the scale."""
    points = float(tally.rules.exact("scale_max")) / HIGHEST
    judge = tally.sheets.judges[0]
    home = home_differences(tally, {judge: "home"}).get(judge)
    names = ("drift", "drift_low", "drift_high")
    value, low, high = (
        judge_frame(tally).loc[[judge], list(names)].to_numpy(dtype=float)[0].tolist()
    )
    slope = points * scenario.own_drift / max(scenario.entrants - 1, 1)
    values: dict[str, tuple[float, float, float, float]] = {"drift": (value, low, high, slope)}
    if home is not None and not scenario.groups:
        truth = points * scenario.home
        values["home"] = (home.difference, home.low, home.high, truth)
    return values


def _floats(scores: Sequence[Score]) -> Floats:
    """Scores to sort by; those there are none of come last."""
    return np.array([-np.inf if score is None else float(score) for score in scores])


FREE = Quotas(Groups(), {})


def _best(scores: Floats, top: int, quotas: Quotas) -> set[int]:
    """The N best by a score alone, as quotas allow; equal ones in the order of entrants."""
    order = np.argsort(-scores, kind="stable")
    groups = [quotas.group_of.get(member) for member in order.tolist()]
    inside = winners(-np.arange(len(order), dtype=float)[None, :], top, groups, quotas)[0]
    return set(order[inside].tolist())


_FITS = ("components", "fit", "precision", "precision_scores", "complete", "eligible", "deductions")


def _inversions(tally: Tally, units: Sequence[int | None], inside: frozenset[int]) -> int:
    """Pairs of one out who stands more than one standard error above one in."""
    error = (tally.fit.sed() if tally.fit is not None else float("nan")) * 10**tally.rules.decimals
    known = {member: unit for member, unit in enumerate(units) if unit is not None}
    ins = [known[member] for member in inside]
    outs = [unit for member, unit in known.items() if member not in inside]
    return sum(out - own > error for own in ins for out in outs)


def simulate(
    scenario: Scenario,
    *,
    repetitions: int,
    seed: int,
    rules: Rules = Rules(),  # noqa: B008 - frozen
    methods: Sequence[str] = ("mean", "least_squares", "precision"),
    bands: Sequence[str] = ("0.5",),
) -> Iterator[Trial]:
    """Draw and try so many contests; the same seed gives the same contests."""
    random = np.random.RandomState(seed)
    for _ in range(repetitions):
        yield try_contest(draw_contest(scenario, random), rules, methods, bands, scenario)
