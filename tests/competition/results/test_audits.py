"""The audit by dice: nobody could foresee it, anybody can draw it again, its outcome stays."""

import json
import sqlite3

import pytest

from competition.errors import BadInput, BadWhole, Forbidden, ReasonNeeded
from competition.results import audits
from competition.results.auditing import drawn, most_wrong
from competition.results.errors import AuditAnswered, BadDice
from db.errors import NotWritable
from tests.competition.event import AT, Event

DICE = "4261533621"


def begun(event: Event, dice: str = DICE, count: int = 5) -> audits.Audit:
    """An audit as the staff sees it."""
    which = (event.store, event.visitor("supervisor"), event.round_id)
    audits.begin_audit(*which, dice, count=count, at=AT)
    return audits.audits(*which)[0]


def test_fifty_nine_without_a_fault_leave_at_most_five_per_cent():
    """0.95^59 = 0.0485: 59 is the fewest; 58 are one too few; one fault of 59 leaves 7.8 %."""
    assert most_wrong(59, 0, 3609) <= 0.05 < most_wrong(58, 0, 3609)
    assert most_wrong(59, 0, 3609) == pytest.approx(1 - 0.05 ** (1 / 59))
    assert most_wrong(59, 1, 3609) == pytest.approx(0.0778, abs=5e-4)
    assert most_wrong(20, 0, 20) == 0
    assert most_wrong(0, 0, 20) is None


def test_the_same_dice_draw_the_same_and_others_do_not():
    """Whatever the order in which the sheets are listed; each sheet once."""
    keys = [(f"e{n}", f"j{m}") for n in range(40) for m in range(9)]
    first = drawn(keys, DICE, "head", 59)
    assert first == drawn(keys[::-1], DICE, "head", 59)
    assert len(set(first)) == 59
    assert set(first) != set(drawn(keys, DICE[::-1], "head", 59))
    assert set(first) != set(drawn(keys, DICE, "other", 59))


def test_all_sheets_around_the_line_are_compared_and_random_ones_besides(closed: Event):
    """Places 2 and 3 are either side of the line; the rest is drawn from the others."""
    one = begun(closed)
    result = closed.standing()
    near = {line.number for line in result.lines if line.rank in (2, 3)}
    assert {line.number for line in one.near} == near
    assert len(one.random) == 5
    assert not {line.number for line in one.random} & near
    assert one.others == len(closed.pairs()) - len(one.near)
    assert (one.outcome, one.most) == ("", None)


@pytest.mark.parametrize("dice", ["", "123456123", "1234567123", "1,2,3", "一二三四五六一二三四"])
def test_too_few_dice_or_a_seven_draw_nothing(closed: Event, dice: str):
    """Nothing is written: not by the field, nor a count of one."""
    with pytest.raises(BadDice):
        begun(closed, dice)
    with pytest.raises(BadWhole):
        begun(closed, count=1)
    assert audits.audits(closed.store, closed.organizer, closed.round_id) == ()


def test_an_audit_that_agrees_says_what_it_proves(closed: Event):
    """No fault among five: at most 45 %; an event has it; it is not recorded twice."""
    one = begun(closed)
    who = closed.visitor("supervisor")
    audits.record_audit(closed.store, who, one.id, [], at=AT)
    (after,) = audits.audits(closed.store, who, closed.round_id)
    assert (after.outcome, after.wrong) == ("agrees", frozenset())
    assert after.most == pytest.approx(1 - 0.05 ** (1 / 5))
    with pytest.raises(AuditAnswered):
        audits.record_audit(closed.store, who, one.id, [], at=AT)
    with closed.store.reading() as tx:
        kinds = [row["kind"] for row in tx.rows("SELECT kind FROM events ORDER BY seq")]
    assert kinds[-2:] == ["audit_begun", "audit_recorded"]


def test_a_difference_wants_a_remark_and_a_code_of_the_draw(closed: Event):
    """The clerk who ticks a line that was not drawn, or gives no reason, is refused."""
    one = begun(closed)
    who = closed.visitor("supervisor")
    with pytest.raises(BadInput):
        audits.record_audit(closed.store, who, one.id, ["0000000000"], remark="x", at=AT)
    code = one.random[0].code
    with pytest.raises(ReasonNeeded):
        audits.record_audit(closed.store, who, one.id, [code], at=AT)
    audits.record_audit(closed.store, who, one.id, [code], remark="纸面 86，系统 85", at=AT)
    (after,) = audits.audits(closed.store, who, closed.round_id)
    assert (after.outcome, after.wrong) == ("differs", frozenset({code}))


def test_an_audit_stays_as_it_was_drawn(closed: Event):
    """Neither dice nor lines nor outcome change in the file; no audit is deleted."""
    begun(closed)
    for statement in (
        "UPDATE audits SET dice = '1111111111'",
        f"UPDATE audits SET lines = '{json.dumps([])}'",
        "DELETE FROM audits",
    ):
        with pytest.raises((sqlite3.IntegrityError, NotWritable)), closed.store.writing() as tx:
            tx.run(statement)


def test_the_host_sees_no_audit(closed: Event):
    """It shows totals by judge."""
    with pytest.raises(Forbidden):
        audits.audits(closed.store, closed.visitor("host"), closed.round_id)
