"""The page of the day: what a seat says, who counts, when it will have ended."""

from datetime import timedelta

import pytest

import db
from competition.lineup import panel
from competition.marks.desk import DeskSeat
from competition.stage import adjourning, beats, moves, pad_work
from competition.stage.beats import Sign
from competition.stage.expected_end import spans
from competition.stage.live import Live, live
from competition.stage.pad_work import Beat
from competition.stage.seat_faces import seat_face
from competition.times import stamp
from tests.competition import event as events
from tests.competition.event import AT, Event, later

NUMBERS = {"one": 1, "two": 2}
ONLINE, OFF = Sign("online", 1, "one", 0), Sign("offline", 125, "one", 3)


def seat(state: str, presence: str = "present") -> DeskSeat:
    return DeskSeat("p", 3, False, True, None, presence, state, 0, "", None)


@pytest.mark.parametrize(
    ("state", "sign", "expected"),
    [
        ("", OFF, ("apart", False, None)),
        ("recused", OFF, ("recused", False, None)),
        ("absent", ONLINE, ("absent", False, None)),
        ("submitted", OFF, ("submitted", False, None)),
        ("locked", Sign("unopened"), ("submitted", False, None)),
        ("marking", OFF, ("offline", True, None)),
        ("marking", Sign("offline", 60, "one", 0), ("offline", False, None)),
        ("not_begun", OFF, ("offline", True, None)),
        ("not_begun", Sign("unopened"), ("unopened", False, None)),
        ("not_begun", Sign("unknown"), ("unknown", False, None)),
        ("marking", Sign("unopened"), ("marking", False, None)),
        ("not_begun", ONLINE, ("not_begun", False, None)),
        ("marking", ONLINE, ("marking", False, None)),
        ("reopened", ONLINE, ("reopened", False, None)),
        ("marking", Sign("online", 1, "two", 0), ("elsewhere", False, 2)),
        ("not_begun", Sign("online", 1, "invented", 0), ("not_begun", False, None)),
        ("submitted", Sign("online", 1, "two", 0), ("submitted", False, 2)),
    ],
)
def test_a_seat_says_one_thing(state: str, sign: Sign, expected: tuple[str, bool, int | None]):
    """What is in stays in; of what is to come the pad tells; an invented id is no entrant."""
    face = seat_face(seat(state), sign, "one", NUMBERS, of=7)
    assert (face.state, face.is_overdue, face.elsewhere) == expected


def test_a_judge_who_went_out_is_away():
    assert seat_face(seat("not_begun", "away"), ONLINE, "one", NUMBERS, of=7).state == "away"


def seen(event: Event, seconds: float, who: str = "organizer") -> Live:
    return live(event.store, event.visitor(who), event.round_id, at=later(seconds))


def test_the_page_shows_pads_and_sheets_together(store: db.Store):
    """Judge 1 is on 2号, judge 2 has half of 1号, judge 3's pad was never opened."""
    beats.forget()
    event = events.opened(store)
    seen(event, -60)
    for step in ("called", "presenting"):
        moves.move_stage(store, event.organizer, event.round_id, event.entrants[1], step, at=AT)
    event.record(2, 1, event.change(0, "50"), at=later(20))
    for judge, number in ((1, 2), (2, 1)):
        where = (store, event.visitor(judge), event.round_id)
        beat = Beat("t", event.entrants[number], 0)
        pad_work.stage_now(*where, at=later(28), beat=beat)
    page = seen(event, 30)
    assert page.faces is not None
    faces = [(one.seat.number, one.state, one.elsewhere) for one in page.faces]
    assert faces[:3] == [(1, "elsewhere", 2), (2, "marking", None), (3, "unopened", None)]
    assert [state for _, state, _ in faces[5:]] == ["apart", "unopened"]
    assert page.desk.counted == (5, 5)
    assert page.session == (1, 3)
    assert page.since == AT
    panel.mark_absent(
        store, event.organizer, event.round_id, event.entrants[1], event.judges[3],
        reason="迟到", at=AT,
    )  # fmt: skip
    assert seen(event, 31).desk.counted == (4, 5)


def test_the_host_sees_the_stage_and_no_seat(store: db.Store):
    event = events.opened(store)
    page = seen(event, 0, "host")
    assert page.faces is None
    assert page.steps.primary is not None


def test_the_end_is_expected_from_the_times_so_far(store: db.Store):
    """1号 began at 0:00, 2号 at 10:00, so 3号 is expected at 20:00 and the end at 30:00."""
    event = events.opened(store)
    assert seen(event, 0).end is None
    at = AT
    for number in (1, 2):
        for step in ("called", "presenting", "answering", "marking"):
            where = (store, event.organizer, event.round_id, event.entrants[number])
            moves.move_stage(*where, step, at=at)
            assert number == 2 or seen(event, 1).end is None
        at += timedelta(minutes=10)
    end = seen(event, 900).end
    assert end is not None
    assert (end.seconds, end.known, end.left) == (600, 1, 1)
    assert end.starts == {event.entrants[3]: AT + timedelta(minutes=20)}
    assert end.at == AT + timedelta(minutes=30)


def test_a_night_between_two_entrants_is_no_time():
    """Neither a time with an adjournment in it, nor one before a second showing."""
    moments = [
        ("stage_presenting", "1", 0), ("stage_presenting", "1", 300),
        ("stage_presenting", "2", 900), ("round_adjourned", "r", 1000),
        ("stage_presenting", "3", 50000), ("stage_presenting", "4", 50700),
    ]  # fmt: skip
    rows = [{"kind": k, "subject": s, "at": stamp(later(n))} for k, s, n in moments]
    assert spans(rows) == [600.0, 700.0]


def test_after_a_restart_the_page_is_at_the_same_moment(store: db.Store):
    """Stage, step, sheets and adjournment come from the file; only the beats are waited for."""
    event = events.opened(store)
    for step in ("called", "presenting"):
        moves.move_stage(store, event.organizer, event.round_id, event.entrants[1], step, at=AT)
    event.record(2, 1, event.change(0, "50"), at=later(20))
    adjourning.adjourn(store, event.organizer, event.round_id, reason="停电", at=later(21))
    before = seen(event, 30)
    beats.forget()
    after = seen(event, 31)
    assert (after.desk, after.steps, after.pause, after.since) == (
        before.desk, before.steps, before.pause, before.since,
    )  # fmt: skip
