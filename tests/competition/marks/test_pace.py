"""Words and late marks of one seat are bounded by the minute; other seats are not held up."""

from datetime import timedelta

import pytest

import db
from competition.marks import remarks
from competition.marks.errors import TooOften
from competition.marks.pace import LATE_MARKS_A_MINUTE, WORDS_A_MINUTE
from competition.rounds import rounds
from tests.competition import event as events
from tests.competition.event import AT, Event


def write(event: Event, judge: int, number: int, minute: int = 0) -> None:
    """A judge's note."""
    remarks.write(
        event.store,
        event.visitor(judge),
        round_id=event.round_id,
        entrant_id=event.entrants[1],
        kind="note",
        text=f"{number}",
        change_id=f"note-{judge}-{minute}-{number}",
        at=AT + timedelta(minutes=minute),
    )


def test_a_seats_words_are_bounded_by_the_minute(store: db.Store):
    """The 31st is refused, one sent before is not; the next minute is another."""
    event = events.opened(store)
    for number in range(WORDS_A_MINUTE):
        write(event, 1, number)
    with pytest.raises(TooOften) as refused:
        write(event, 1, WORDS_A_MINUTE)
    assert refused.value.status == 503, "a pad sends again what the server cannot take now"
    write(event, 1, 0)
    write(event, 2, 0)
    write(event, 1, WORDS_A_MINUTE, minute=2)


def test_a_seats_late_marks_are_bounded_by_the_minute(store: db.Store):
    """After the round is closed each is a request, and a log entry."""
    event = events.opened(store)
    rounds.close_round(store, event.organizer, event.round_id, reason="演练", at=AT)
    for batch in range(0, LATE_MARKS_A_MINUTE, 40):
        taps = [event.change(0, f"{n % 40}", client_id=f"t{batch + n}") for n in range(40)]
        event.record(1, 1, *taps)
    with pytest.raises(TooOften):
        event.record(1, 1, event.change(0, "7"))
    event.record(2, 1, event.change(0, "7"))
    event.record(1, 1, event.change(0, "7"), at=AT + timedelta(minutes=2))
