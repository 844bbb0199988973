"""The page of the day and the sheets coming in are drawn again once they change, and only then."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

import db
from competition import clock
from competition.errors import Refused
from competition.lineup import panel
from competition.marks import deductions
from competition.rounds import rounds
from competition.stage import adjourning, beats, clocks, moves
from competition.stage.live import live
from competition.standby import codes, lag
from db import heads, standbys
from organizers import redrawing
from organizers.asking import RESTS
from organizers.live.desk import changing
from organizers.live.desk.next_box import SAID, SAID_FOR
from organizers.live.desk.todo import MARKING_TIME
from tests.competition import event as events
from tests.competition.event import AT, TIMED, Event, later
from tests.competition.registry.standby_rows import request
from tests.opening import ANY_LANG
from ui.access import Visit


def on_stage(store: db.Store) -> Event:
    """1号 is presenting, with time taken."""
    event = events.opened(store, rules=TIMED)
    for step in ("called", "presenting"):
        move(event, 1, step)
    return event


def move(event: Event, number: int, step: str, at: datetime = AT) -> None:
    who = event.visitor("host")
    moves.move_stage(event.store, who, event.round_id, event.entrants[number], step, at=at)


class Watch:
    """A page that is looked at: how often it was drawn."""

    def __init__(self, event: Event, who: str = "organizer", *, page: str = "stage") -> None:
        self.event, self.who, self.page, self.drawn = event, event.visitor(who), page, 0

    def visit(self, at: datetime) -> Visit:
        """The page at a moment."""
        mine = tuple(rounds.rounds_of(self.event.store, self.who))
        return Visit(self.event.store, self.who, ANY_LANG, at, None, mine, mine[-1])

    def sign(self, now: Visit) -> object:
        """What the page is drawn of."""
        if self.page == "stage":
            return changing.sign(now)
        return redrawing.by_record(self.page)(now)

    def draw(self, now: Visit) -> datetime | None:
        """Count a drawing."""
        self.drawn += 1
        if self.page != "stage":
            return None
        return changing.until(now, live(now.store, now.who, now.round_id, at=now.at))

    def look(self, at: datetime) -> int:
        """Look once, and draw where that is needed; return how often it was drawn so far."""
        now = self.visit(at)
        if not redrawing.is_good(now, self.sign):
            redrawing.draw_now(now, self.draw, self.sign)
        return self.drawn

    def draws_once(self, at: datetime) -> bool:
        """Whether a look draws the page, and the next ones do not."""
        before = self.drawn
        return [self.look(at) for _ in range(3)] == [before + 1] * 3


@pytest.fixture(autouse=True)
def tab(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What a browser tab keeps."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", kept)
    beats.forget()
    yield kept
    beats.forget()


@pytest.fixture
def event(event_by: Callable[[Callable[[db.Store], Event]], Event]) -> Event:
    """A copy of it, a moment after the server has begun."""
    made = event_by(on_stage)
    beats.silence(made.store, made.round_id, at=AT)  # from here on the server waits for pads
    return made


def beat(event: Event, judge: int, number: int, seconds: float, unsent: int = 0) -> None:
    place = {"tab": "t", "entrant_id": event.entrants[number], "unsent": unsent}
    who = event.judges[judge]
    beats.keep_beat(event.store, event.round_id, who, **place, at=later(seconds))


def test_a_page_on_which_nothing_happens_is_drawn_once(event: Event):
    """However often a page looks; a pad that goes on beating changes nothing."""
    watch = Watch(event)
    beat(event, 1, 1, 20)
    for seconds in range(20, 50):
        beat(event, 1, 1, seconds)
        assert watch.look(later(seconds)) == 1


def test_every_act_draws_the_page_at_the_next_look(event: Event):
    """Of a judge, of another organizer, of any role."""
    watch, at = Watch(event), later(30)
    assert watch.draws_once(at)
    where = (event.store, event.visitor("scorekeeper"), event.round_id)
    acts: list[Callable[[], object]] = [
        lambda: event.record(2, 1, event.change(0, "50"), at=at),
        lambda: event.record(2, 1, event.change(1, "30"), at=at),
        lambda: event.submit(2, 1, at=at),
        lambda: panel.set_presence(*where, event.judges[4], "away", at=at),
        lambda: panel.mark_absent(*where, event.entrants[1], event.judges[5], reason="迟到", at=at),
        lambda: deductions.deduct(*where, event.entrants[1], "0.1", reason="超时", at=at),
        lambda: move(event, 1, "answering", at),
        lambda: adjourning.adjourn(
            event.store, event.visitor("host"), event.round_id, reason="停电", at=at
        ),
    ]
    for act in acts:
        act()
        assert watch.draws_once(at)


def test_a_mark_of_another_entrant_draws_the_sheets_and_not_the_desk(event: Event):
    """It is shown there alone, but a sheet handed in is shown on both."""
    at = later(30)
    event.record(2, 2, event.change(0, "50"), at=at)
    desk = Watch(event)
    desk.look(at)
    event.record(2, 2, event.change(1, "30"), at=at)
    assert desk.look(at) == 1
    event.submit(2, 2, at=at)
    assert desk.draws_once(at)


def test_each_mark_draws_the_sheets_coming_in(event: Event):
    at, sheets = later(30), Watch(event, page="progress")
    assert sheets.draws_once(at)
    for judge, number in ((1, 1), (2, 2)):
        event.record(judge, number, event.change(0, "50"), at=at)
        assert sheets.draws_once(at)
    assert sheets.look(later(3600)) == sheets.drawn


def test_a_pad_that_comes_goes_and_turns_draws_the_page(event: Event):
    """Opened, at another entrant, with marks unsent, lost; then how long it is lost."""
    watch = Watch(event)
    watch.look(later(1))
    watch.look(later(16))  # the server has settled: a seat without a beat is one never opened
    assert watch.drawn == 2
    for at, number, unsent in ((17, 1, 0), (18, 2, 0), (19, 2, 3)):
        beat(event, 1, number, at, unsent)
        assert watch.draws_once(later(at))
    assert watch.look(later(29)) == watch.drawn
    for silent in (30, 31, 49):
        assert watch.draws_once(later(silent))


def test_a_clock_draws_the_page_where_it_begins_and_passes_its_times(
    event: Event, monkeypatch: pytest.MonkeyPatch
):
    """Started, half a minute left, over; its seconds are counted by the browser alone."""
    ticks = [1000]
    monkeypatch.setattr(clock, "ticks", lambda: ticks[0])
    watch, at = Watch(event), later(30)
    watch.look(at)
    about = (event.round_id, event.entrants[1], "presenting")
    clocks.start_clock(event.store, event.visitor("timekeeper"), *about, at=at)
    assert watch.draws_once(at)
    for seconds, draws in ((1, 0), (449, 0), (450, 1), (479, 0), (480, 1), (600, 0)):
        ticks[0], before = 1000 + 1000 * seconds, watch.drawn
        assert watch.look(at) - before == draws


def test_time_alone_draws_the_page_each_minute_and_where_a_wait_is_too_long(
    event: Event, tab: dict[str, Any]
):
    """Expected times and ages are given to the minute; a refusal of a press goes by itself."""
    watch = Watch(event)
    watch.look(later(30))
    assert watch.look(later(59)) == 1
    assert watch.draws_once(later(60))
    for step in ("answering", "marking"):
        move(event, 1, step, later(75))
    watch.look(later(75))
    late = later(75) + MARKING_TIME
    watch.look(late.replace(second=0))
    assert watch.look(late) == watch.drawn
    assert watch.draws_once(late + timedelta(seconds=1))
    tab[SAID] = (late, Refused())
    tab.pop(redrawing.DRAWN)  # a press draws the whole page
    watch.look(late + timedelta(seconds=1))
    assert watch.look(late + SAID_FOR - timedelta(seconds=1)) == watch.drawn
    assert watch.draws_once(late + SAID_FOR)


def test_the_second_laptop_draws_the_page_once_it_is_silent(event: Event):
    watch, at = Watch(event), later(30)
    code = codes.make_code(event.store, event.organizer, at=AT)
    watch.look(at)
    codes.pair(event.store, request(code), b"", at=AT)
    assert watch.draws_once(at)
    with event.store.reading() as tx:
        (row,) = standbys.in_state(tx, str(event.organizer.competition_id), "paired")
        head = str(heads.last(tx, str(event.organizer.competition_id)))
    now = time.monotonic()
    lag.note_lent(event.store, row["id"], head, 0, now=now)
    lag.note_beat(event.store, row["id"], head, 0, "", now=now)
    assert watch.draws_once(at)
    lag.note_beat(event.store, row["id"], head, 0, "forked", now=now + 1)
    assert watch.draws_once(at)
    lag.note_beat(event.store, row["id"], head, 0, "", now=now - 600)
    assert watch.draws_once(at)


def test_acts_that_rest_are_offered_again_at_the_next_look(event: Event, tab: dict[str, Any]):
    """The drawing after a press shows them greyed, the next one does not."""
    watch, at = Watch(event), later(30)
    tab[RESTS] = True
    watch.look(at)
    tab.pop(RESTS)
    assert watch.draws_once(at)


def test_a_part_that_is_refused_is_asked_for_again(event: Event):
    """The right is taken away: each look draws the refusal, and what follows if it is given."""
    watch, at = Watch(event, "scorekeeper", page="progress"), later(30)
    watch.look(at)
    watch.who = event.visitor(1)
    for _ in range(2):
        with pytest.raises(Refused):
            watch.look(at)
    watch.who = event.visitor("scorekeeper")
    assert watch.draws_once(at)


def test_a_part_that_was_dear_to_draw_rests_and_is_drawn_then(
    event: Event, tab: dict[str, Any], monkeypatch: pytest.MonkeyPatch
):
    """Ten times half a second of processor; never longer than the longest rest."""
    steady, spent = [100.0], iter((0.0, 0.5, 0.0, 60.0))
    clocks = SimpleNamespace(monotonic=lambda: steady[0], thread_time=lambda: next(spent))
    monkeypatch.setattr(redrawing, "time", clocks)
    watch, now = Watch(event), Watch(event).visit(later(30))
    assert redrawing.is_rested()
    for longest in (5.0, redrawing.LONGEST_REST):
        redrawing.draw_now(now, watch.draw, watch.sign, rest=10)
        begun = steady[0]
        for seconds, is_rested in ((0, False), (longest - 0.1, False), (longest, True)):
            steady[0] = begun + seconds
            assert redrawing.is_rested() is is_rested
