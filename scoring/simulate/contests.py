"""Invented contests: who sees whom, how judges differ, and marks drawn from true qualities.

Judges give whole marks from 1 to 10 on each criterion; they differ in severity, in scale and in
noise, and a judge's marks of one entrant hang together (halo). Quality has a standard deviation
of one mark.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.exact import Floats, Integers
from scoring.input.entries import Entry
from scoring.input.rubric import Criterion
from scoring.input.sheets import Sheets

LOWEST, HIGHEST = 1, 10
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
    middle
        The mark of an average entrant; judges of such contests mark in the upper half.
    tracks
        Groups of entrants of differing quality, each with judges mostly of its own.
    attack
        One judge gives the true 20th the maximum and ten of the best the minimum.
    seen
        The judges of each entrant, by index, as they are; None to draw them.
    groups
        The group of each entrant, for quotas; empty for none.
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
    middle: float = 6.5
    tracks: int = 1
    attack: bool = False
    seen: tuple[tuple[int, ...], ...] | None = None
    groups: tuple[str, ...] = ()

    @property
    def each(self) -> int:
        """Judges an entrant gets where they are drawn, but for recusals."""
        return self.judges if self.per_entrant is None else self.per_entrant


SCENARIOS: dict[str, Scenario] = {
    "60x12": Scenario(),
    "200x20": Scenario(entrants=200, judges=20, per_entrant=5),
    "401x30": Scenario(entrants=401, judges=30, per_entrant=5),
    "tracks": Scenario(entrants=200, judges=20, per_entrant=5, tracks=4),
    "attack": Scenario(attack=True),
}


@dataclass(frozen=True)
class Contest:
    """A drawn contest: true qualities by entrant index, the list of entrants, and the sheets."""

    quality: Floats
    sheets: Sheets
    entries: dict[str, Entry]


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
    marks = scenario.middle + level[:, None] + noise[judge][:, None] * rest
    marks = np.clip(np.floor(marks + 0.5), LOWEST, HIGHEST).astype(np.int64)
    if scenario.attack:
        order = np.argsort(-quality)
        one = judge == int(random.randint(judges))
        marks[one & np.isin(entrant, order[:ATTACKED])] = LOWEST
        marks[one & (entrant == order[FAVOURED - 1])] = HIGHEST
    sheets = _sheets(scenario, entrant, judge, marks)
    entries = dict(zip(sheets.entrants, map(Entry, scenario.groups), strict=False))
    return Contest(quality, sheets, entries)


def _assign(scenario: Scenario, track: Integers, random: np.random.RandomState) -> Integers:
    """Who sees whom, balanced; three in five of an entrant's judges are of its own track."""
    entrants, judges = scenario.entrants, scenario.judges
    if scenario.seen is None and scenario.per_entrant is None:
        return np.asarray(random.random_sample((entrants, judges)) >= scenario.missing)
    seen = np.zeros((entrants, judges), dtype=bool)
    if scenario.seen is not None:
        for member, own in enumerate(scenario.seen):
            seen[member, list(own)] = True
        return seen
    assert scenario.per_entrant is not None
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
