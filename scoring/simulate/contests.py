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
        Share of sheets recused where every judge marks every entrant.
    severity, scale, noise
        Standard deviations of the judges' severity, log scale and log noise.
    halo, residual
        What a judge adds to an entrant as a whole, and to each mark.
    middle
        The mark of an average entrant; judges of such contests mark in the upper half.
    tracks
        Groups of entrants of differing quality, each with mostly separate judges.
    attack
        So many judges together give the true 20th the maximum and ten of the best the minimum.
    taste, sharing
        Standard deviation of a taste, and the share of the judges who have it: it is no quality.
    drift
        Marks by which all judges rise from the first entrant to the last.
    schools
        Standard deviation of a taste that half of the judges have, and half its opposite.
    tails
        Degrees of freedom of a t distribution for halo and residual; 0 for normal ones.
    home, own_drift
        Marks that the first judge gives more to each entrant from home (one in five), and by
        which that judge alone rises from the first entrant to the last.
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
    attack: int = 0
    taste: float = 0.0
    sharing: float = 0.7
    drift: float = 0.0
    schools: float = 0.0
    tails: int = 0
    home: float = 0.0
    own_drift: float = 0.0
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
    "attack": Scenario(attack=1),
    "collusion2": Scenario(attack=2),
    "collusion3": Scenario(attack=3),
    "collusion4": Scenario(attack=4),
    "40x9": Scenario(entrants=40, judges=9),
    "taste": Scenario(taste=0.5),
    "drift": Scenario(drift=1.0),
    "ceiling": Scenario(middle=8.5),
    "tails": Scenario(tails=3),
    "schools": Scenario(schools=0.5),
}
HOME_SHARE = 5


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
    if scenario.tails:
        halo, rest = (values * _tail(scenario.tails, values, random) for values in (halo, rest))
    level = severity[judge] + scale[judge] * quality[entrant] + noise[judge] * halo
    level += _unseen(scenario, entrant, judge, random)
    marks = scenario.middle + level[:, None] + noise[judge][:, None] * rest
    marks = np.clip(np.floor(marks + 0.5), LOWEST, HIGHEST).astype(np.int64)
    if scenario.attack:
        order = np.argsort(-quality)
        one = np.isin(judge, random.permutation(judges)[: scenario.attack])
        marks[one & np.isin(entrant, order[:ATTACKED])] = LOWEST
        marks[one & (entrant == order[FAVOURED - 1])] = HIGHEST
    sheets = _sheets(scenario, entrant, judge, marks)
    entries = {
        name: Entry(group=_group(scenario, place), order=place)
        for place, name in enumerate(sheets.entrants)
    }
    return Contest(quality, sheets, entries)


def _tail(df: int, values: Floats, random: np.random.RandomState) -> Floats:
    """Factors that turn normals into a t distribution of the same variance."""
    wide = np.sqrt(df / random.chisquare(df, values.shape))
    return np.asarray(wide * np.sqrt((df - 2) / df) if df > 2 else wide)


def _unseen(
    scenario: Scenario, entrant: Integers, judge: Integers, random: np.random.RandomState
) -> Floats:
    """Parts of each sheet beside quality and the judge's independent errors."""
    entrants, judges = scenario.entrants, scenario.judges
    place = np.arange(entrants) / max(entrants - 1, 1) - 0.5
    added = scenario.drift * place[entrant]
    if scenario.taste:
        shared = np.arange(judges) < round(scenario.sharing * judges)
        added = added + scenario.taste * random.standard_normal(entrants)[entrant] * shared[judge]
    if scenario.schools:
        side = np.where(np.arange(judges) % 2, 1.0, -1.0)
        added = added + scenario.schools * random.standard_normal(entrants)[entrant] * side[judge]
    own = scenario.own_drift * place[entrant] + scenario.home * (entrant % HOME_SHARE == 0)
    return np.asarray(added + np.where(judge == 0, own, 0.0))


def _group(scenario: Scenario, place: int) -> str:
    if scenario.groups:
        return scenario.groups[place]
    return "home" if place % HOME_SHARE == 0 else "away"


def _assign(scenario: Scenario, track: Integers, random: np.random.RandomState) -> Integers:
    """Balanced assignment, entrants × judges; three in five judges share an entrant's track."""
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
