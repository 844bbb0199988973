"""Second readings: what the tests of rights call, and what they find prepared."""

import json
from contextlib import suppress
from typing import Any

from competition.errors import Refused
from competition.people import people
from competition.results import reading_rounds, readings, second_reading
from competition.rights import ACTS
from tests.competition.event import later
from tests.competition.registry import reading_rows

AT = later(3600)


def prepare(p: Any) -> None:
    """Two readings that wait, and their reader."""
    p.ids["reader"] = people.add_person(p.event.store, p.event.organizer, name="复评·冯", at=AT)
    for name, entrant in (("confirm_reading", 4), ("withdraw_reading", 5)):
        p.ids[name] = reading_rows.enter(p.event, name, entrant, p.ids["reader"], at=AT)


def _tied(p: Any, who: Any, act: str) -> None:
    """A second reading in the rules and all entrants in its zone, for whoever may then act."""
    with p.event.store.writing() as tx:
        state = tx.value("SELECT state FROM rounds WHERE id = :r", r=p.round_id)
        if who.roles_in(p.round_id) & set(ACTS[act].roles) and state in ACTS[act].states:
            for row in tx.rows("SELECT id, rules FROM rounds"):
                rules = json.loads(row["rules"])
                rules["scoring"]["at_cut"] = "jury"
                tx.run(
                    "UPDATE rounds SET rules = :s WHERE id = :r", s=json.dumps(rules), r=row["id"]
                )
            tx.run("UPDATE marks SET value = 30000")
            tx.is_written = True  # so that no standing computed before is lent


def _enter(p: Any, who: Any) -> object:
    _tied(p, who, "enter_reading")
    marks = dict.fromkeys(p.event.criteria, "30")
    return readings.enter_reading(
        p.event.store, who, p.round_id, p.event.entrants[1], p.ids["reader"], marks, at=AT
    )


def _confirm(p: Any, who: Any) -> object:
    _tied(p, who, "confirm_reading")
    return readings.confirm_reading(p.event.store, who, p.ids["confirm_reading"], at=AT)


def _open(p: Any, who: Any) -> object:
    _tied(p, who, "open_reading")
    return reading_rounds.open_reading(p.event.store, who, p.round_id, [p.ids["reader"]], at=AT)


def _take(p: Any, who: Any) -> object:
    """The whole way: opened, the one reader absent but for a sheet of each entrant."""
    _tied(p, who, "take_readings")
    if who.roles_in(p.round_id) & set(ACTS["take_readings"].roles):
        with suppress(Refused):
            reading_rows.read_on_tablets(p.event, p.ids["reader"], at=AT)
    return reading_rounds.take_readings(p.event.store, who, p.round_id, at=AT)


ACT_CALLS = {
    "open_reading": _open,
    "take_readings": _take,
    "enter_reading": _enter,
    "confirm_reading": _confirm,
    "withdraw_reading": lambda p, w: readings.withdraw_reading(
        p.event.store, w, p.ids["withdraw_reading"], reason="误录", at=AT
    ),
}
READ_CALLS = {
    "readings": (lambda p, w: second_reading.second_reading(p.event.store, w, p.round_id),),
}
