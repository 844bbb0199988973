"""Before opening: what invented contests of this size say about the rules that were chosen.

Nothing of the round's own marks is in it, for there are none: contests are drawn with as many
entrants and judges, and the round's rules are applied to them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from competition.errors import NotReady
from competition.rights import require_read
from competition.rules import RoundRules
from competition.visitor import Visitor
from db import Store, entrants, panel
from db import rounds as round_rows
from scoring import Groups, Rules
from scoring.simulation import Scenario, Trial, simulate

FEW = 3
CRITERIA = 6


@dataclass(frozen=True)
class Forecast:
    """What the simulation expects.

    Attributes
    ----------
    scenario : Scenario
        The kind of contest that was drawn.
    trials : int
        How many contests.
    top : int
    correct : float
        How many of the true N best are selected, on average.
    zone : float
        Entrants in the open zone, on average.
    decided : dict
        Key of the chain (``clear`` where none was needed) -> share of contests whose last
        seat it gave.
    """

    scenario: Scenario
    trials: int
    top: int
    correct: float
    zone: float
    decided: dict[str, float]


def scenario_of(
    store: Store, who: Visitor, round_id: str, *, at: datetime
) -> tuple[Scenario, Rules]:
    """A contest like the round in draft: as many entrants and judges, its rules.

    Raises
    ------
    Forbidden, NotNow
        As the table of rights says: the staff, before opening.
    NotReady
        With fewer than three entrants or judges nothing can be drawn.
    """
    del at
    with store.reading() as tx:
        row = require_read(tx, who, "forecast", round_id)
        pairs = panel.assignments(tx, round_id)
        seats = [seat for seat in panel.seats(tx, round_id) if not seat["reserve"]]
        size = len(entrants.in_round(tx, round_id))
        criteria = max(1, len(round_rows.criteria(tx, round_id)))
        rules = RoundRules.from_json(row["rules"]).scoring
    if size < FEW or len(seats) < FEW:
        raise NotReady(missing=["entrants" if size < FEW else "seats"])
    sitting = {seat["person_id"] for seat in seats}
    expected = sum(p["state"] == "expected" and p["person_id"] in sitting for p in pairs)
    each = round(expected / size) if expected else len(seats)
    scenario = Scenario(
        entrants=size,
        judges=len(seats),
        per_entrant=None if each >= len(seats) else max(each, 1),
        criteria=criteria,
    )
    named = tuple(f"c{at}" for at in range(min(len(rules.first_criteria), criteria)))
    return scenario, replace(rules, first_criteria=named, groups=Groups(), draws=0)


def forecast(scenario: Scenario, rules: Rules, *, trials: int, seed: int) -> Iterator[Forecast]:
    """Draw contest after contest; each step gives what is known so far."""
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
            correct=sum(one.correct[f"band {band}"] for one in seen) / len(seen),
            zone=sum(one.zone[band] for one in seen) / len(seen),
            decided={key: n / len(seen) for key, n in decided.most_common()},
        )
