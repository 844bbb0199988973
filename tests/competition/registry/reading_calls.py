"""Second readings: what the tests of rights call, and what they find prepared."""

from typing import Any

from competition.acting import Act
from competition.people import people
from competition.results import readings, second_reading
from competition.rights import ACTS
from tests.competition.event import later

AT = later(3600)


def prepare(p: Any) -> None:
    """Two readings that wait, as an act left them while the rules had a second reading."""
    p.ids["reader"] = people.add_person(p.event.store, p.event.organizer, name="复评·冯", at=AT)
    with p.event.store.writing() as tx:
        for name, entrant in (("confirm_reading", 4), ("withdraw_reading", 5)):
            p.ids[name] = name
            tx.put(
                "readings",
                {
                    "id": name,
                    "round_id": p.round_id,
                    "entrant_id": p.event.entrants[entrant],
                    "person_id": p.ids["reader"],
                    "entered_by": p.event.people["second"],
                    "entered_at": "2022-03-18T02:00:00.000Z",
                },
            )
            for criterion in p.event.criteria:
                line = {"reading_id": name, "criterion_id": criterion, "value": 30000}
                tx.put("reading_marks", line)
            Act(
                tx, p.event.visitor("second"), "enter_reading", AT, round={"id": p.round_id}
            ).record("reading_entered", name)


def _tied(p: Any, who: Any, act: str) -> None:
    """A second reading in the rules and all entrants in its zone, for whoever may then act."""
    with p.event.store.writing() as tx:
        state = tx.value("SELECT state FROM rounds WHERE id = :r", r=p.round_id)
        if who.roles_in(p.round_id) & set(ACTS[act].roles) and state in ACTS[act].states:
            tx.run("UPDATE rounds SET rules = json_set(rules, '$.scoring.at_cut', 'jury')")
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


ACT_CALLS = {
    "enter_reading": _enter,
    "confirm_reading": _confirm,
    "withdraw_reading": lambda p, w: readings.withdraw_reading(
        p.event.store, w, p.ids["withdraw_reading"], reason="误录", at=AT
    ),
}
READ_CALLS = {
    "readings": (lambda p, w: second_reading.second_reading(p.event.store, w, p.round_id),),
}
