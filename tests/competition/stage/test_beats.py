"""A judge's pad beats: online, offline since when, which entrant is open; nothing is written."""

from datetime import timedelta

import pytest

import db
from competition.stage import beats, pad_work
from competition.stage.beats import MOST_TABS, Sign
from competition.stage.pad_work import Beat
from tests.competition import event as events
from tests.competition.event import AT, Event, later


@pytest.fixture(autouse=True)
def restarted() -> None:
    """No beat of another test is remembered."""
    beats.forget()


def beat(
    event: Event, judge: int, number: int, unsent: int, seconds: float, tab: str = "a"
) -> None:
    """A pad asks who is on stage, and says what it shows."""
    pad_work.stage_now(
        event.store, event.visitor(judge), event.round_id, at=later(seconds),
        beat=Beat(tab, event.entrants[number], unsent),
    )  # fmt: skip


def sign(event: Event, judge: int, seconds: float) -> Sign:
    found = beats.signs(event.store, event.round_id, at=later(seconds))
    silent = beats.silence(event.store, event.round_id, at=later(seconds))
    return found.get(event.judges[judge], silent)


def test_a_seat_is_known_by_its_last_beat(store: db.Store):
    """Not known, never opened, online with what it shows, offline for two minutes, back."""
    event = events.opened(store)
    assert sign(event, 1, 0).state == "unknown"
    assert sign(event, 1, 20).state == "unopened"
    beat(event, 1, 2, 3, 30)
    assert sign(event, 1, 32) == Sign("online", 2, event.entrants[2], 3)
    assert sign(event, 1, 150) == Sign("offline", 120, event.entrants[2], 3)
    beat(event, 1, 3, 0, 151)
    assert sign(event, 1, 152) == Sign("online", 1, event.entrants[3], 0)
    assert sign(event, 2, 152).state == "unopened"


def test_of_several_pages_the_one_touched_last_counts(store: db.Store):
    """A second tab that only lies open does not say where the judge is."""
    event = events.opened(store)
    beat(event, 1, 1, 0, 0, "old")
    beat(event, 1, 2, 2, 5, "new")
    beat(event, 1, 1, 0, 8, "old")
    beat(event, 1, 2, 2, 8, "new")
    assert sign(event, 1, 9) == Sign("online", 1, event.entrants[2], 2)
    beat(event, 1, 1, 0, 30, "old")
    assert sign(event, 1, 31).entrant_id == event.entrants[1]


def test_a_page_that_invents_tabs_fills_no_memory(store: db.Store):
    """The newest are kept."""
    event = events.opened(store)
    for n in range(50):
        beat(event, 1, 1, n, n / 100, f"tab-{n}")
    (heard,) = beats._heard.values()
    assert len(heard.tabs[event.judges[1]]) == MOST_TABS
    assert sign(event, 1, 1).unsent == 49


def test_a_clock_that_steps_back_makes_no_negative_silence(store: db.Store):
    event = events.opened(store)
    beat(event, 1, 1, 0, 30)
    assert sign(event, 1, 10) == Sign("online", 0, event.entrants[1], 0)


def test_beats_write_nothing_and_a_restart_forgets_them(store: db.Store):
    """A thousand of them leave the file as it was; afterwards nothing is known until the next."""
    event = events.opened(store)
    before = store._writer.conn.total_changes
    who = {judge: event.visitor(judge) for judge in event.judges}
    for n in range(1000):
        pad_work.stage_now(
            store, who[1 + n % 7], event.round_id,
            at=AT + timedelta(milliseconds=n), beat=Beat("a", event.entrants[1], 0),
        )  # fmt: skip
    assert store._writer.conn.total_changes == before
    assert len(beats.signs(store, event.round_id, at=later(2))) == 7
    beats.forget()
    assert sign(event, 1, 3).state == "unknown"
