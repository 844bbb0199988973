"""The timekeeper's clock: who moves it, what disturbs it and must not, what it leaves behind."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

import db
from competition import clock as machine
from competition.errors import BadTime, Forbidden, ReasonNeeded, WrongState
from competition.people import people
from competition.stage import clock_now, clocks, elapsed, moves
from competition.stage.errors import ClockMovedOn, ClockNotNow, MovedOn, NotTimed
from competition.states import CLOCK, allows
from db.invariants import verify
from tests.competition import event as events
from tests.competition.conftest import Begun
from tests.competition.event import AT, TIMED, Event, later

MINUTE = 60_000
DOES = {"running": "start_clock", "paused": "pause_clock", "stopped": "stop_clock"}


def presenting(store: db.Store) -> Event:
    """An open round of 8 and 5 minutes, its first entrant presenting."""
    event = events.opened(store, rules=TIMED)
    stage(event, 1, "called", "presenting")
    return event


BEGINNINGS = {"timed": presenting}


@pytest.fixture
def timed(begun: Begun) -> Event:
    """An open round of 8 and 5 minutes, its first entrant presenting."""
    return begun[1]


def stage(event: Event, number: int, *steps: str, at: float = 0, **values: Any) -> None:
    for step in steps:
        key = (event.store, event.organizer, event.round_id, event.entrants[number])
        moves.move_stage(*key, step, at=later(at), **values)


def press(
    event: Event,
    act: str,
    number: int = 1,
    phase: str = "presenting",
    *,
    at: int = 0,
    **values: Any,
) -> None:
    """Press a button of the clock: both of the machine's clocks show ``at`` milliseconds."""
    who = values.pop("who", None) or event.visitor("timekeeper")
    given = {"at": later(at / 1000), "ticks": at, **values}
    does = getattr(clocks, act)
    does(event.store, who, event.round_id, event.entrants[number], phase, **given)


def look(event: Event, *, at: int = 0, wall: float | None = None) -> clock_now.ClockNow:
    """The clock at ``at`` milliseconds of the steady clock, and ``wall`` seconds of the other."""
    told = later(at / 1000 if wall is None else wall)
    found = clock_now.clock_now(
        event.store, event.visitor("timekeeper"), event.round_id, at=told, ticks=at
    )
    assert found is not None
    return found


def kinds(event: Event) -> list[str]:
    with event.store.reading() as tx:
        return [row["kind"] for row in tx.rows("SELECT kind FROM events ORDER BY seq")]


def test_a_clock_is_started_paused_and_stopped_and_the_seconds_are_kept(timed: Event):
    """Two runs of a minute and a half second add up; the entrant's seconds are whole."""
    assert (look(timed)["state"], look(timed)["limit"]) == ("ready", 480)
    press(timed, "start_clock")
    assert look(timed, at=MINUTE)["elapsed"] == MINUTE
    press(timed, "pause_clock", at=MINUTE)
    assert look(timed, at=9 * MINUTE)["elapsed"] == MINUTE
    press(timed, "start_clock", at=9 * MINUTE)
    press(timed, "stop_clock", at=10 * MINUTE + 500)
    assert look(timed, at=20 * MINUTE)["elapsed"] == 2 * MINUTE + 500
    view = moves.stage_view(timed.store, timed.organizer, timed.round_id)
    assert view["order"][0]["seconds_used"] == 120
    assert verify(timed.store) == []


@pytest.mark.parametrize("before", CLOCK)
def test_the_acts_move_a_clock_exactly_so(timed: Event, before: str):
    """What the table refuses is refused; the state that is there already is no change."""
    way = {"ready": "", "running": "running", "paused": "running paused"}
    for step in way.get(before, "running stopped").split():
        press(timed, DOES[step])
    for after, act in DOES.items():
        told = kinds(timed)
        if not allows(CLOCK, before, after):
            if before == after:
                press(timed, act)
            else:
                with pytest.raises(WrongState):
                    press(timed, act)
            assert (kinds(timed), look(timed)["state"]) == (told, before)


def test_a_second_click_on_start_does_not_begin_again(timed: Event):
    """Whose finger it was does not matter: the clock goes on from its first start."""
    press(timed, "start_clock", seen=0)
    told = kinds(timed)
    press(timed, "start_clock", at=700, seen=0)
    assert (look(timed, at=700)["elapsed"], kinds(timed)) == (700, told)


def test_two_timekeepers_cannot_undo_each_others_act(timed: Event):
    """The second one's button shows a clock that is no more: it is refused, and says what is."""
    other = _second_timekeeper(timed)
    press(timed, "start_clock", seen=0)
    press(timed, "pause_clock", at=1000, seen=1)
    press(timed, "start_clock", at=2000, seen=2, who=other)
    with pytest.raises(ClockMovedOn) as refused:
        press(timed, "pause_clock", at=2500, seen=1)
    assert refused.value.values["after"] == "running"
    assert look(timed, at=3000)["elapsed"] == 2000


def _second_timekeeper(event: Event) -> Any:
    event.people["other"] = people.add_person(event.store, event.organizer, name="计时·二", at=AT)
    people.grant_role(event.store, event.organizer, event.people["other"], "timekeeper", at=AT)
    return event.visitor("other")


def test_a_stop_after_the_next_was_called_stops_nothing_of_the_next(timed: Event):
    """The move to questions stopped the clock; the late stop changes neither it nor the next."""
    press(timed, "start_clock")
    with machine_at(420_000):
        stage(timed, 1, "answering", at=420)
    stage(timed, 1, "marking", at=430)
    stage(timed, 2, "called", "presenting", at=440)
    press(timed, "start_clock", number=2, at=441_000)
    told = kinds(timed)
    press(timed, "stop_clock", at=450_000)
    assert kinds(timed) == told
    assert look(timed, at=451_000)["elapsed"] == 10_000
    used = clock_now.used_times(timed.store, timed.organizer, timed.round_id)
    assert used == {timed.entrants[1]: {"presenting": 420}}


@contextmanager
def machine_at(ticks: int) -> Iterator[None]:
    """The machine's steady clock shows a time while an entrant is moved."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "ticks", lambda: ticks)
        yield


@pytest.mark.parametrize("jump", [-3600, 3600])
def test_a_wall_clock_that_jumps_does_not_disturb_a_running_clock(timed: Event, jump: int):
    """An hour back or forth, by a person or the network: the clock goes on by the second."""
    press(timed, "start_clock")
    assert look(timed, at=30_000)["elapsed"] == 30_000
    assert look(timed, at=31_000, wall=31 + jump)["elapsed"] == 31_000
    press(timed, "stop_clock", at=60_000)
    assert look(timed, at=61_000)["elapsed"] == 60_000


def test_a_clock_runs_on_through_a_restart(timed: Event):
    """Power is lost for eight seconds: they were used, too."""
    press(timed, "start_clock")
    look(timed, at=100_000)
    elapsed.forget()
    assert look(timed, at=5, wall=108)["elapsed"] == 108_000
    assert look(timed, at=1005, wall=109)["elapsed"] == 109_000


@pytest.mark.parametrize(("wall", "expected"), [(40, 100_000), (104, 104_000)])
def test_after_a_restart_it_never_shows_less_than_before(timed: Event, wall: int, expected: int):
    """The machine's battery is empty, and it comes back with an earlier time."""
    press(timed, "start_clock")
    look(timed, at=100_000)
    elapsed.forget()
    assert look(timed, at=5, wall=wall)["elapsed"] == expected
    assert look(timed, at=1005, wall=wall)["elapsed"] == expected + 1000


def test_a_wall_clock_set_forward_before_a_restart_costs_nobody_an_hour(timed: Event):
    """What was last written down is what counts, not when the clock was started."""
    press(timed, "start_clock")
    look(timed, at=50_000)
    look(timed, at=60_000, wall=3660)
    elapsed.forget()
    assert look(timed, at=5, wall=3662)["elapsed"] == 62_000


def test_only_the_timekeeper_moves_the_clock(timed: Event):
    """Not the organizer, not the host, not the supervisor."""
    for role in ("organizer", "host", "supervisor", "scorekeeper"):
        with pytest.raises(Forbidden):
            press(timed, "start_clock", who=timed.visitor(role))
    assert look(timed)["state"] == "ready"


def test_a_clock_starts_only_in_its_phase(timed: Event):
    """Not the questions' before they begin, not one of an entrant who waits."""
    with pytest.raises(ClockNotNow):
        press(timed, "start_clock", phase="answering")
    with pytest.raises(ClockNotNow):
        press(timed, "start_clock", number=2)


def test_a_phase_without_a_limit_has_no_clock(store: db.Store):
    """Then no screen shows one."""
    event = events.opened(store, rules=replace(TIMED, present_seconds=0))
    stage(event, 1, "called", "presenting")
    with pytest.raises(NotTimed):
        press(event, "start_clock")
    seen = clock_now.clock_now(store, event.organizer, event.round_id, at=AT, ticks=0)
    assert seen is None


def test_a_mis_start_is_corrected_with_a_reason(timed: Event):
    """The clock waits at 0:00 again; the log keeps the old time, the new one and the reason."""
    press(timed, "start_clock")
    who, key = timed.visitor("timekeeper"), (timed.round_id, timed.entrants[1], "presenting")
    with pytest.raises(ReasonNeeded):
        clocks.correct_clock(timed.store, who, *key, "0:00", reason=" ", at=AT)
    with pytest.raises(BadTime):
        clocks.correct_clock(timed.store, who, *key, "7:99", reason="误触", at=AT)
    assert look(timed)["state"] == "running"
    with machine_at(4000):
        clocks.correct_clock(timed.store, who, *key, "0:00", reason="误触", at=later(4))
    assert (look(timed)["state"], look(timed)["elapsed"]) == ("ready", 0)
    with timed.store.reading() as tx:
        payload = tx.value("SELECT payload FROM events ORDER BY seq DESC LIMIT 1")
    assert json.loads(payload)["reason"] == "0:04 → 0:00 · 误触"


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("7:52", 472), ("7：52", 472), ("7分52秒", 472), ("8", 480), ("８分钟", 480), ("95秒", 95)],
)
def test_a_corrected_time_is_read_as_people_write_it(timed: Event, typed: str, seconds: int):
    """Full-width signs, 分 and 秒, or minutes alone; it can go on from there."""
    who, key = timed.visitor("timekeeper"), (timed.round_id, timed.entrants[1], "presenting")
    clocks.correct_clock(timed.store, who, *key, typed, reason="按手表", at=AT)
    assert (look(timed)["state"], look(timed)["elapsed"]) == ("paused", seconds * 1000)


def test_presenting_again_after_a_fault_begins_at_zero_and_keeps_the_old_time(timed: Event):
    """The projector failed after 3:20: those seconds stand in the log and count no more."""
    press(timed, "start_clock")
    with machine_at(200_000):
        stage(timed, 1, "fault", at=200, reason="投影黑屏")
    stage(timed, 1, "presenting", at=900)
    now = look(timed, at=900_000)
    assert (now["state"], now["elapsed"], now["take"]) == ("ready", 0, 2)
    with timed.store.reading() as tx:
        row = tx.one("SELECT kind, payload FROM events ORDER BY seq DESC LIMIT 1")
        takes = tx.rows("SELECT take, used_ms FROM clocks ORDER BY take")
    assert row is not None
    assert (row["kind"], json.loads(row["payload"])["reason"]) == ("clock_reset", "3:20")
    assert takes == [{"take": 1, "used_ms": 200_000}, {"take": 2, "used_ms": 0}]
    view = moves.stage_view(timed.store, timed.organizer, timed.round_id)
    assert view["order"][0]["seconds_used"] is None
    assert verify(timed.store) == []


def test_a_stale_button_of_the_stage_still_moves_nothing(timed: Event):
    """The clock does not loosen what the stage refuses."""
    press(timed, "start_clock")
    with pytest.raises(MovedOn):
        stage(timed, 1, "answering", seen="called")
    assert look(timed, at=5000)["state"] == "running"
