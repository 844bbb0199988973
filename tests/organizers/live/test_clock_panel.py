"""The clock on the page of the day: its buttons, the time corrected, an overtime deducted."""

from dataclasses import replace

import pytest

from competition.marks import overtime
from competition.stage import clock_now, clocks, moves
from tests.competition import event as made
from tests.competition.event import AT, TIMED, Event
from tests.opening import Open, Sample, html
from tests.organizers.acting import events, has, now, press, refused
from tests.organizers.prepare.test_setup_pages import served
from words import t

PAGE = "organizers/live/desk/page.py"


LATE = replace(TIMED, overtime_by="minute", overtime="1")
"""Each begun minute over the limit costs a point."""


def presenting(store) -> Event:
    """A round of eight and five minutes, its first entrant presenting."""
    event = made.opened(store, rules=LATE)
    for step in ("called", "presenting"):
        moves.move_stage(store, event.organizer, event.round_id, event.entrants[1], step, at=AT)
    return event


@pytest.fixture
def event(event_by) -> Event:
    """The same, as the app's own."""
    return event_by(presenting)


@pytest.fixture
def sample(event: Event) -> Sample:
    """The event as pages are opened on it."""
    return served(event, event.store.path)


def state(event: Event) -> str:
    """What the clock does."""
    seen = clock_now.clock_now(event.store, event.organizer, event.round_id, at=now())
    assert seen is not None
    return seen["state"]


def test_the_clock_is_started_paused_and_stopped_by_its_buttons(
    event: Event, open_page: Open, sample: Sample
):
    """Each button leads to its state, and only where the clock may go there."""
    at = open_page("timekeeper", "zh", PAGE)
    assert t("organizers.clock.state.ready", "zh") in html(at)
    assert at.button(key="clock-pause").disabled
    for button, after in (("start", "running"), ("pause", "paused"), ("start", "running")):
        press(at, f"clock-{button}")
        assert state(event) == after
    press(at, "clock-stop")
    assert state(event) == "stopped"
    assert at.button(key="clock-start").disabled
    kinds = [kind for kind in events(sample) if kind.startswith("clock_")]
    assert kinds == ["clock_started", "clock_paused", "clock_started", "clock_stopped"]


def test_a_time_is_corrected_with_a_reason(event: Event, open_page: Open, sample: Sample):
    """Without one nothing is written; a time that is none is refused, too."""
    at = press(open_page("timekeeper", "zh", PAGE), "clock-correct")
    at.text_input(key="correct-used").input("8:30")
    before = events(sample)
    press(at, "confirm-correct_clock")
    assert refused(at)
    assert events(sample) == before
    at.text_area(key="reason-correct").input("按手表")
    press(at, "confirm-correct_clock")
    assert state(event) == "paused"
    assert events(sample)[-1] == "clock_corrected"


def test_an_overtime_is_shown_and_its_deduction_asked_for(
    event: Event, open_page: Open, sample: Sample
):
    """Half a minute over the limit: the seconds and the points that the rules take."""
    who, key = event.visitor("timekeeper"), (event.round_id, event.entrants[1], "presenting")
    clocks.correct_clock(event.store, who, *key, "8:30", reason="按手表", at=AT)
    clocks.stop_clock(event.store, who, *key, at=AT)
    moves.move_stage(
        event.store, event.organizer, event.round_id, event.entrants[1], "answering", at=AT
    )
    proposals = overtime.proposals(event.store, event.organizer, event.round_id)
    at = open_page("organizer", "zh", PAGE)
    assert [one.over for one in proposals] == [30]
    assert has(at, f"overtime-{event.entrants[1]}-presenting")
    press(at, f"overtime-{event.entrants[1]}-presenting")
    press(at, "confirm-overtime")
    assert overtime.proposals(event.store, event.organizer, event.round_id) == []
    assert events(sample)[-1].startswith("deduction")
