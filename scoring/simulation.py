"""Invented contests whose true order is known: how many of the N best a rule finds.

Judges give whole marks from 1 to 10 on each criterion; they differ in severity, in scale and in
noise, and a judge's marks of one entrant hang together (halo). Quality has a standard deviation
of one mark, and the marks' middle is 6.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from scoring.chances import chances
from scoring.exact import Floats, Integers
from scoring.keys import Case
from scoring.least_squares import fitted_sheets
from scoring.methods import METHODS, Score, net_units
from scoring.quotas import read_quotas
from scoring.ranking import half_width, no_chances
from scoring.rubric import Criterion
from scoring.rules import Rules
from scoring.rulings import Rulings
from scoring.selection import select
from scoring.sheets import Sheets
from scoring.tally import Tally

LOWEST, HIGHEST, MIDDLE = 1, 10, 6.0
ATTACKED, FAVOURED = 10, 20


@dataclass(frozen=True)
class Scenario:
    """One kind of contest.

    Parameters
    ----------
    entrants, judges
        How many.
    per_entrant
        Judges each entrant gets; None for all but a few recusals.
    missing
        Share of sheets recused where everybody sees everybody.
    severity, scale, noise
        Standard deviations of the judges' severity, log scale and log noise.
    halo, residual
        What a judge adds to an entrant as a whole, and to each mark.
    tracks
        Groups of entrants of differing quality, each with judges mostly of its own.
    attack
        One judge gives the true 20th the maximum and ten of the best the minimum.
    """

    entrants: int = 60
    judges: int = 12
    per_entrant: int | None = None
    missing: float = 0.05
    criteria: int = 6
    severity: float = 0.7
    scale: float = 0.25
    noise: float = 0.3
    halo: float = 0.6
    residual: float = 0.6
    tracks: int = 1
    attack: bool = False


SCENARIOS: dict[str, Scenario] = {
    "60x12": Scenario(),
    "200x20": Scenario(entrants=200, judges=20, per_entrant=5),
    "401x30": Scenario(entrants=401, judges=30, per_entrant=5),
    "tracks": Scenario(entrants=200, judges=20, per_entrant=5, tracks=4),
    "attack": Scenario(attack=True),
}


@dataclass(frozen=True)
class Contest:
    """A drawn contest: true qualities by entrant index, and the sheets."""

    quality: Floats
    sheets: Sheets


@dataclass(frozen=True)
class Trial:
    """What one contest showed.

    Attributes
    ----------
    correct : dict
        Rule -> how many of the true N best it found; rules are methods and "band <b>".
    zone : dict
        Band -> size of the open zone.
    inversions : dict
        Band -> pairs of one out who stands more than one standard error above one in.
    decided : dict
        Band -> the key that gave the last seat.
    p_top : array
        Chances by entrant.
    truth : array of bool
        Whether the entrant is among the true N best.
    """

    correct: dict[str, int]
    zone: dict[str, int]
    inversions: dict[str, int]
    decided: dict[str, str]
    p_top: Floats
    truth: Integers


def draw_contest(scenario: Scenario, random: np.random.RandomState) -> Contest:
    """Draw qualities, judges and marks."""
    entrants, judges = scenario.entrants, scenario.judges
    track = np.arange(entrants) % scenario.tracks
    quality = random.standard_normal(entrants)
    if scenario.tracks > 1:
        level = np.linspace(-0.5, 0.5, scenario.tracks)
        quality = quality * np.sqrt(1 - level.var()) + level[track]
    severity = scenario.severity * random.standard_normal(judges)
    scale = np.exp(scenario.scale * random.standard_normal(judges))
    noise = np.exp(scenario.noise * random.standard_normal(judges))
    seen = _assign(scenario, track, random)
    entrant, judge = np.nonzero(seen)
    halo = scenario.halo * random.standard_normal(len(entrant))
    rest = scenario.residual * random.standard_normal((len(entrant), scenario.criteria))
    level = severity[judge] + scale[judge] * quality[entrant] + noise[judge] * halo
    marks = MIDDLE + level[:, None] + noise[judge][:, None] * rest
    marks = np.clip(np.floor(marks + 0.5), LOWEST, HIGHEST).astype(np.int64)
    if scenario.attack:
        order = np.argsort(-quality)
        one = judge == int(random.randint(judges))
        marks[one & np.isin(entrant, order[:ATTACKED])] = LOWEST
        marks[one & (entrant == order[FAVOURED - 1])] = HIGHEST
    return Contest(quality, _sheets(scenario, entrant, judge, marks))


def _assign(scenario: Scenario, track: Integers, random: np.random.RandomState) -> Integers:
    """Who sees whom, balanced; three in five of an entrant's judges are of its own track."""
    entrants, judges = scenario.entrants, scenario.judges
    if scenario.per_entrant is None:
        seen: Integers = random.random_sample((entrants, judges)) >= scenario.missing
        return seen
    seen = np.zeros((entrants, judges), dtype=bool)
    load = np.zeros(judges)
    home = np.arange(judges) % scenario.tracks
    for member in random.permutation(entrants):
        wish = np.argsort(load + random.random_sample(judges))
        own = wish[home[wish] == track[member]][: -(-scenario.per_entrant * 3 // 5)]
        rest = wish[~np.isin(wish, own)]
        chosen = np.concatenate([own, rest])[: scenario.per_entrant]
        seen[member, chosen] = True
        load[chosen] += 1
    return seen


def _sheets(scenario: Scenario, entrant: Integers, judge: Integers, marks: Integers) -> Sheets:
    criteria = tuple(
        Criterion(f"c{place}", Fraction(1, scenario.criteria), Fraction(HIGHEST))
        for place in range(scenario.criteria)
    )
    hundredths = marks.sum(axis=1) * 100 * 100
    base = HIGHEST * scenario.criteria
    return Sheets(
        entrants=[f"{place:06}" for place in range(scenario.entrants)],
        judges=[f"{place:06}" for place in range(scenario.judges)],
        entrant=entrant,
        judge=judge,
        units=(2 * hundredths + base) // (2 * base),
        denominator=100,
        marks=marks,
        marks_denominator=1,
        criteria=criteria,
    )


def try_contest(
    contest: Contest, rules: Rules, methods: Sequence[str], bands: Sequence[str]
) -> Trial:
    """Apply each method with an exact cut, and the rules' own official score with each band."""
    sheets = contest.sheets
    tally = Tally(rules, {}, {}, sheets, sheets, fitted_sheets(sheets), ())
    best = set(np.argsort(-contest.quality, kind="stable")[: rules.top].tolist())
    correct = {
        method: len(best & _exact_top(tally, METHODS[method].score(tally))) for method in methods
    }
    zone, inversions, decided = {}, {}, {}
    official = METHODS[rules.official].score(tally)
    units = net_units(tally, official)
    sed = tally.fit.sed() if tally.fit is not None else float("nan")
    for band in bands:
        banded = replace(tally, rules=replace(rules, band=band))
        banded.__dict__.update({k: v for k, v in tally.__dict__.items() if k in _FITS})
        half, _ = half_width(banded, sed)
        found = select(
            Case(banded, official, Rulings()),
            units,
            read_quotas(banded),
            half=half,
            sed=sed,
            chances=no_chances(banded),
        )
        correct[f"band {band}"] = len(best & found.selected)
        zone[band] = len(found.open)
        inversions[band] = _inversions(units, found.selected, sed * 10**rules.decimals)
        decided[band] = found.decisions[-1].key or found.decisions[-1].status
    truth = np.isin(np.arange(len(contest.quality)), list(best))
    return Trial(correct, zone, inversions, decided, chances(tally, read_quotas(tally)), truth)


_FITS = ("components", "fit", "precision", "precision_scores", "complete", "eligible", "deductions")


def _exact_top(tally: Tally, scores: Sequence[Score]) -> set[int]:
    """The N best by published score; ties at the line by the unrounded score, then id."""
    known = [(member, score) for member, score in enumerate(scores) if score is not None]
    ordered = sorted(known, key=lambda pair: (-float(pair[1]), pair[0]))
    return {member for member, _ in ordered[: tally.rules.top]}


def _inversions(units: Sequence[int | None], inside: frozenset[int], error: float) -> int:
    """Pairs of one out who stands more than one standard error above one in."""
    ins = [units[member] or 0 for member in inside]
    outs = [unit for member, unit in enumerate(units) if member not in inside and unit is not None]
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
        yield try_contest(draw_contest(scenario, random), rules, methods, bands)
