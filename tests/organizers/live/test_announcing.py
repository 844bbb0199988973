"""亮分 on the organisers' page: one press announces one entrant, and it can be withdrawn."""

import re
from dataclasses import replace

import pytest

import competition
from competition.stage import hall, moves
from tests.competition import event as made
from tests.competition.event import QUICK, Event
from tests.opening import Open, Sample, html
from tests.organizers.acting import events, has, keyed, press
from tests.organizers.prepare.test_setup_pages import served
from words import t

PAGE = "organizers/live/hall/control.py"


@pytest.fixture
def event(tmp_path, monkeypatch):
    """A round that announces scores; all sheets are in; 1号 and 2号 were on stage, 3号 not."""
    path = tmp_path / "arena.db"
    monkeypatch.setenv("ARENA_DB", str(path))
    store = competition.open_store(path)
    event = made.opened(store, rules=replace(QUICK, hall="scores"))
    event.fill_all()
    for number in (1, 2):
        for step in ("called", "presenting", "answering", "marking"):
            moves.move_stage(
                store, event.organizer, event.round_id, event.entrants[number], step, at=made.AT
            )
    yield event
    competition.close_all()


@pytest.fixture
def sample(event: Event, tmp_path) -> Sample:
    """The event as pages are opened on it."""
    return served(event, tmp_path / "arena.db")


def announced(event: Event) -> list[int]:
    """The numbers the hall has seen."""
    content = hall.hall(event.store, event.organizer, event.round_id).content
    return [line["number"] for line in content["lines"]]


def test_a_second_press_announces_nobody_else(open_page: Open, event: Event):
    """The button rests in the run that shows what the press did, and comes back after it."""
    at = press(open_page("organizer", "zh", PAGE), "act-release-1")
    assert announced(event) == [1]
    assert at.button(key=keyed(at, "act-release-2")).disabled
    assert not has(at, "act-release-1")
    at.run()
    assert not at.button(key=keyed(at, "act-release-2")).disabled


def test_who_has_not_been_on_stage_cannot_be_announced(open_page: Open, event: Event):
    """The button says so, and is disabled."""
    at = press(open_page("organizer", "zh", PAGE), "act-release-1").run()
    at = press(at, "act-release-2").run()
    assert at.button(key=keyed(at, "act-release-3")).disabled
    assert t("organizers.announcing.why_off_stage", "zh", number="3号") in html(at)


def test_an_announced_score_is_withdrawn_with_a_reason(open_page: Open, event: Event, sample):
    """The newest is offered first; the hall then holds no figure of it."""
    at = press(open_page("organizer", "zh", PAGE), "act-release-1").run()
    at = press(press(at, "act-release-2").run(), "act-withdraw_release")
    assert at.selectbox(key="withdraw-which").value == event.entrants[2]
    at.text_area(key="reason-withdraw_release").input("误按")
    press(at, "confirm-withdraw_release")
    assert announced(event) == [1]
    assert events(sample)[-1] == "release_withdrawn"


def test_a_score_without_a_deduction_is_no_sum(open_page: Open, event: Event):
    """It read 85.33 = 85.33."""
    page = html(open_page("organizer", "zh", PAGE))
    (shown,) = re.findall(r'a-item a-n"><b>([^<]+)</b>', page)
    assert "=" not in shown
