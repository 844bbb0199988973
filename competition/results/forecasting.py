"""Before opening: what invented contests of this size say about the rules that were chosen.

Nothing of the round's own marks is in it, for there are none: contests are drawn with its
entrants, their counties, and the judges each of them gets, and its rules are applied to them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from competition.results.errors import NoCommonRanking
from competition.results.tallying import named_components
from competition.rights import require_read
from competition.rounds import quota_rules
from competition.rounds.errors import NotReady
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store, Transaction, entrants, panel
from db import rounds as round_rows
from db.shapes import RoundRow
from scoring import DisconnectedPanel, Rules
from scoring.simulate.contests import Scenario
from scoring.simulate.simulation import Trial, simulate

FEW = 3
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Forecast:
    """The figures that a simulation expects.

    Attributes
    ----------
    scenario : Scenario
        The kind of contest that was drawn.
    trials : int
        How many contests.
    top : int
    has_quotas : bool
        Whether counties have floors or caps.
    correct : float
        How many of the true N best, of those the quotas let in, are selected on average.
    zone : float
        Entrants in the open zone, on average.
    decided : dict
        Key of the chain (``clear`` where none was needed) -> share of contests whose last
        seat it gave; with quotas, of the counties' own cuts too.
    by_county : float
        Seats that quotas give to others than the scores alone would, on average.
    """

    scenario: Scenario
    trials: int
    top: int
    has_quotas: bool
    correct: float
    zone: float
    decided: dict[str, float]
    by_county: float


def scenario_of(
    store: Store, who: Visitor, round_id: str, *, at: datetime
) -> tuple[Scenario, Rules]:
    """A contest like the round in draft: its entrants, counties, judges and rules.

    While an entrant has no judge yet, judges are shared evenly, as many to each as there are
    on average.

    Raises
    ------
    Forbidden, NotNow
        As the table of rights says: the staff, before opening.
    NotReady
        With fewer than three entrants or judges nothing can be drawn; quotas must fit.
    NoCommonRanking
        If the panels share no judge and the rules ask for one ranking.
    """
    del at
    with store.reading() as tx:
        return scenario_like(tx, require_read(tx, who, "forecast", round_id))


def scenario_like(tx: Transaction, row: RoundRow) -> tuple[Scenario, Rules]:
    """A contest like a round in any state; raises `NotReady` and `NoCommonRanking`."""
    places = entrants.in_round(tx, row["id"])
    seats = [seat for seat in panel.seats(tx, row["id"]) if not seat["reserve"]]
    pairs = panel.assignments(tx, row["id"])
    criteria = max(1, len(round_rows.criteria(tx, row["id"])))
    rules = RoundRules.from_json(row["rules"]).scoring
    lacking = {
        "entrants": len(places) < FEW,
        "seats": len(seats) < FEW,
        "quotas": not quota_rules.fit(rules, quota_rules.county_sizes(places)),
    }
    if any(lacking.values()):
        raise NotReady(missing=[name for name, lacks in lacking.items() if lacks][:1])
    named = tuple(f"c{at}" for at in range(min(len(rules.first_criteria), criteria)))
    rules = replace(rules, first_criteria=named, draws=0)
    scenario = _scenario(places, seats, pairs, criteria)
    _try_once(scenario, rules, places)
    return scenario, rules


def _scenario(places: Rows, seats: Rows, pairs: Rows, criteria: int) -> Scenario:
    sitting = {seat["person_id"]: at for at, seat in enumerate(seats)}
    seen: dict[str, list[int]] = {place["id"]: [] for place in places}
    for pair in pairs:
        if pair["state"] == "expected" and pair["person_id"] in sitting:
            seen[pair["entrant_id"]].append(sitting[pair["person_id"]])
    each = round(sum(map(len, seen.values())) / len(places))
    is_dealt = all(seen.values())
    return Scenario(
        entrants=len(places),
        judges=len(seats),
        per_entrant=None if each in (0, len(seats)) else each,
        criteria=criteria,
        seen=tuple(tuple(sorted(numbers)) for numbers in seen.values()) if is_dealt else None,
        groups=tuple(str(place["county"]) for place in places),
    )


def _try_once(scenario: Scenario, rules: Rules, places: Rows) -> None:
    """One contest, so that what no contest of this kind can do is said before it is promised."""
    try:
        next(simulate(scenario, repetitions=1, seed=0, rules=rules, methods=()))
    except DisconnectedPanel as error:
        named = {f"{at:06}": dict(place) for at, place in enumerate(places)}
        raise NoCommonRanking(groups=named_components(error, named)) from error


def forecast(scenario: Scenario, rules: Rules, *, trials: int, seed: int) -> Iterator[Forecast]:
    """Simulate contests one by one; each step yields the figures so far."""
    band = str(rules.band)
    seen: list[Trial] = []
    for trial in simulate(
        scenario, repetitions=trials, seed=seed, rules=rules, methods=(), bands=(band,)
    ):
        seen.append(trial)
        decided = Counter(one.decided[band] for one in seen)
        yield Forecast(
            scenario=scenario,
            trials=len(seen),
            top=rules.top,
            has_quotas=bool(rules.groups),
            correct=sum(one.correct[f"band {band}"] for one in seen) / len(seen),
            zone=sum(one.zone[band] for one in seen) / len(seen),
            decided={key: n / len(seen) for key, n in decided.most_common()},
            by_county=sum(one.by_groups for one in seen) / len(seen),
        )
