"""A second reading that waits, entered as its act leaves it, whatever the rules of the round."""

from datetime import datetime
from typing import Any

from competition.acting import Act
from competition.marks import pad_marks
from competition.marks.sheets import MarkChange
from competition.results.reading_rounds import open_reading
from competition.sign_ins import visitor_of
from competition.times import stamp
from db import entrants, rounds


def enter(event: Any, key: str, entrant: int, reader: str, *, at: datetime) -> str:
    """Every criterion of an entrant at 30, entered by the second organizer; return the key."""
    who = event.visitor("second")
    with event.store.writing() as tx:
        row = {
            "id": key,
            "round_id": event.round_id,
            "entrant_id": event.entrants[entrant],
            "person_id": reader,
            "entered_by": event.people["second"],
            "entered_at": stamp(at),
        }
        tx.put("readings", row)
        for criterion in event.criteria:
            line = {"reading_id": key, "criterion_id": criterion, "value": 30000}
            tx.put("reading_marks", line)
        act = Act(tx, who, "enter_reading", at)
        act.record("reading_entered", key, round_id=event.round_id)
    return key


def read_on_tablets(event: Any, reader: str, *, at: datetime) -> None:
    """A second reading on tablets that is whole: one reader has submitted every sheet."""
    with event.store.writing() as tx:
        reading_id = open_reading(event.store, event.organizer, event.round_id, [reader], at=at)
        criteria = [row["id"] for row in rounds.criteria(tx, reading_id)]
        for number, place in enumerate(entrants.in_round(tx, reading_id)):
            pair = {"round_id": reading_id, "entrant_id": place["id"]}
            who = visitor_of(tx, reader)
            values = dict.fromkeys(criteria, 30000)
            taps = [MarkChange(key, 30000, f"read-{number}-{key}", 0) for key in values]
            pad_marks.record_marks(event.store, who, **pair, changes=taps, at=at)
            pad_marks.submit_sheet(
                event.store, who, **pair, change_id=f"read-{number}", seen=values, at=at
            )
