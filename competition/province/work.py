"""The child of a work over all competitions: one after the other, at low priority, read only.

``python -m competition.province.work``: standard input says which work and which files; each line
of standard output is a competition's outcome. It ends with the process that began it.
"""

import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from competition.errors import Refused
from competition.province.annexing import annexes, simulations
from competition.results.forecasting import forecast, scenario_of
from competition.results.rechecking import recomputing
from competition.sign_ins import visitor_of
from competition.times import parse
from db import DatabaseError, Store, competitions, people, rounds
from db.invariants import verify
from db.looking import looking
from scoring import DisconnectedPanel

NICENESS = 10
TRIALS = 100
Said = dict[str, object]


def _verified(store: Store, beside: Path) -> Iterator[Said]:
    """How many findings a verification of the whole file has."""
    yield {"findings": len(verify(store, beside=beside, visit=recomputing(store)))}


def _forecast(store: Store, _: Path) -> Iterator[Said]:
    """For each round in preparation: the share of the best that its rules will select."""
    with store.reading() as tx:
        organizer = people.any_organizer(tx)
        drafts = [
            row
            for owner in competitions.all_of(tx)
            for row in rounds.of_competition(tx, owner["id"])
            if row["state"] == "draft" and row["kind"] == "judged" and row["practice_of"] is None
        ]
        if organizer is None:
            return
        who = visitor_of(tx, organizer)
        at = parse(competitions.all_of(tx)[0]["created_at"])
    for row in drafts:
        try:
            scenario, rules = scenario_of(store, who, row["id"], at=at)
        except (Refused, DisconnectedPanel) as error:
            yield {"round": row["title"], "fault": getattr(error, "code", "disconnected_panel")}
            continue
        for last in deque(forecast(scenario, rules, trials=TRIALS, seed=0), maxlen=1):
            yield {"round": row["title"], "top": last.top, "correct": round(last.correct, 3),
                   "zone": round(last.zone, 1)}  # fmt: skip


WORKS: dict[str, Callable[[Store, Path], Iterable[Mapping[str, object]]]] = {
    "verify": _verified,
    "forecast": _forecast,
    "annex": annexes,
    "simulate": simulations,
}
"""What can be done over all competitions, by its key."""


def main() -> None:
    """Do the work that standard input names."""
    asked = json.loads(sys.stdin.read())
    if sys.platform != "win32":
        os.nice(NICENESS)
    for name, path in asked["files"]:
        said: Said = {"name": name}
        try:
            with looking(Path(path)) as looked:
                said["found"] = list(WORKS[asked["work"]](looked.store, looked.path))
        except DatabaseError as error:
            said["fault"] = error.code
        sys.stdout.write(f"{json.dumps(said)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
