"""Overtime: what the rules' table proposes, who decides, and that nothing is deducted twice."""

from dataclasses import replace

import pytest

import db
from competition.errors import SecondPersonNeeded
from competition.marks import deductions, overtime
from competition.marks.errors import OvertimeDeducted, OvertimeOpen
from competition.rounds.errors import BadRules
from competition.rounds.overtime import cost, read, steps
from competition.rounds.rules import RoundRules
from competition.stage import clocks, moves, releasing
from competition.visitor import Visitor
from tests.competition import event as events
from tests.competition.event import AT, TIMED, Event, later
from tests.competition.stage.hall import seen

STEPS = "10=0.02,20=0.05,0.1"


@pytest.mark.parametrize(
    ("by", "table", "over", "expected"),
    [
        ("none", "", 500, 0),
        ("steps", STEPS, 0, 0),
        ("steps", STEPS, -3, 0),
        ("steps", STEPS, 1, 20),
        ("steps", STEPS, 10, 20),
        ("steps", STEPS, 11, 50),
        ("steps", STEPS, 20, 50),
        ("steps", STEPS, 21, 100),
        ("minute", "1", 1, 1000),
        ("minute", "1", 60, 1000),
        ("minute", "1", 61, 2000),
    ],
)
def test_the_table_says_what_overtime_costs(by: str, table: str, over: int, expected: int):
    """1–10 s −0.02, 11–20 s −0.05, more −0.1; or each begun minute. Nothing on the dot."""
    assert cost(by, table, over) == expected


@pytest.mark.parametrize(
    "typed", ["10=0.02, 20=0.05, 0.1", "10：0.02；20：0.05；0.1", "10秒=0.02分，20秒=0.05分，0.1分"]
)
def test_a_table_is_read_as_people_type_it(typed: str):
    """Full-width signs and units are read as meant."""
    assert read(typed, "overtime") == STEPS
    assert steps(STEPS) == [(1, 10, "0.02"), (11, 20, "0.05"), (21, None, "0.1")]


@pytest.mark.parametrize(
    ("by", "table"),
    [
        ("often", "1"),
        ("none", "1"),
        ("steps", ""),
        ("steps", "10=0.02"),
        ("steps", "20=0.05,10=0.02,0.1"),
        ("steps", "0.1,0.2"),
        ("steps", "10=0,0.1"),
        ("steps", "10=0.0001,0.1"),
        ("steps", "10=x,0.1"),
        ("minute", "10=1,2"),
        ("minute", "1000"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(by: str, table: str):
    """Steps rise, the last is open, each costs something."""
    with pytest.raises(BadRules):
        RoundRules(overtime_by=by, overtime=table)


@pytest.fixture
def late(store: db.Store) -> Event:
    """Entrant 1 presented 8:07 of 8:00 and waits to be announced."""
    rules = replace(TIMED, overtime_by="steps", overtime=STEPS)
    event = events.opened(store, rules=rules)
    event.fill_all()
    move(event, "called", "presenting")
    press(event, "start_clock", 0)
    press(event, "stop_clock", 487_900)
    move(event, "marking")
    return event


def move(event: Event, *steps_: str) -> None:
    for step in steps_:
        key = (event.store, event.organizer, event.round_id, event.entrants[1])
        moves.move_stage(*key, step, at=AT)


def press(event: Event, act: str, at: int) -> None:
    key = (event.round_id, event.entrants[1], "presenting")
    does = getattr(clocks, act)
    does(event.store, event.visitor("timekeeper"), *key, at=later(at / 1000), ticks=at)


def proposed(event: Event) -> list[tuple[str, int, int]]:
    found = overtime.proposals(event.store, event.visitor("timekeeper"), event.round_id)
    return [(one.phase, one.over, one.amount) for one in found]


def enter(event: Event, amount: str = "0.02", who: str = "timekeeper") -> str:
    key = (event.store, event.visitor(who), event.round_id, event.entrants[1])
    return deductions.deduct(*key, amount, reason="超时 7 秒", phase="presenting", at=later(500))


def release(event: Event) -> list[str]:
    key = (event.store, event.visitor("host"), event.round_id, event.entrants[1])
    return releasing.release_score(*key, at=later(600))


def test_overtime_is_proposed_and_deducted_only_by_two_people(late: Event):
    """The clock deducts nothing: entered by one, confirmed by another, then in the score."""
    assert proposed(late) == [("presenting", 7, 20)]
    with pytest.raises(OvertimeOpen):
        release(late)
    made = enter(late)
    assert proposed(late) == []
    with pytest.raises(SecondPersonNeeded):
        deductions.confirm_deduction(late.store, _also_supervising(late), made, at=later(501))
    deductions.confirm_deduction(late.store, late.visitor("supervisor"), made, at=later(502))
    release(late)
    score = seen(late)["lines"][0]
    assert (score["deduction"], score["reasons"]) == ("0.02", ["超时 7 秒"])


def _also_supervising(event: Event) -> Visitor:
    """The one who entered it, as an older database may hold that person: with both roles."""
    event.hold("timekeeper", "supervisor")
    return event.visitor("timekeeper")


def test_the_same_overtime_is_not_deducted_twice(late: Event):
    """A second click, or the scorekeeper beside the timekeeper: refused, nothing written."""
    enter(late)
    with pytest.raises(OvertimeDeducted):
        enter(late, who="scorekeeper")
    with late.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM deductions") == 1


def test_a_withdrawn_deduction_decides_too_until_the_time_is_corrected(late: Event):
    """The supervisor withdrew it with a reason; a corrected time is proposed again."""
    made = enter(late)
    supervisor = late.visitor("supervisor")
    deductions.withdraw_deduction(late.store, supervisor, made, reason="提问占时", at=later(501))
    assert proposed(late) == []
    release(late)
    key = (late.round_id, late.entrants[1], "presenting")
    who = late.visitor("timekeeper")
    clocks.correct_clock(late.store, who, *key, "8:15", reason="看错", at=later(700))
    assert proposed(late) == [("presenting", 15, 50)]


def test_within_the_limit_and_without_a_table_nothing_is_proposed(store: db.Store):
    """On the dot is in time; without a table the organizers decide by hand."""
    event = events.opened(store, rules=TIMED)
    move(event, "called", "presenting")
    press(event, "start_clock", 0)
    press(event, "stop_clock", 900_000)
    assert proposed(event) == []
