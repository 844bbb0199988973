"""Reopening, deductions, rulings, recusals, absences: who signs, and what then counts."""

from decimal import Decimal

import pytest

import db
from competition import log
from competition.errors import (
    BadInput,
    Missing,
    ReasonNeeded,
    SecondPersonNeeded,
    WrongState,
)
from competition.lineup import panel
from competition.marks import deductions, reopening
from competition.results import rulings
from competition.rounds import rounds
from tests.competition import event as events
from tests.competition.event import AT, Event, later


def line(event: Event, number: int):
    return next(line for line in event.standing().lines if line.number == number)


def test_a_locked_sheet_is_reopened_by_two(event: Event):
    """Asked by the judge, approved by the supervisor; then changed and submitted again."""
    event.fill(1, 1, ("50", "30"))
    sheet = event.sheet(1, 1)
    asked = reopening.ask_reopening(
        event.store, event.visitor(1), sheet, reason="看错", at=later(200)
    )
    reopening.answer_reopening(
        event.store, event.visitor("supervisor"), asked, approve=True, at=later(201)
    )
    echo = event.record(1, 1, event.change(0, "51", rev=1, client_id="x"), at=later(202))
    assert echo["state"] == "reopened"
    echo = event.submit(1, 1, at=later(203))
    assert (echo["state"], echo["marks"][event.criteria[0]]["value"]) == ("submitted", 51000)


def test_a_refused_request_leaves_the_sheet_locked(event: Event):
    """And another may be made."""
    event.fill(1, 1, ("50", "30"))
    for _ in range(2):
        asked = reopening.ask_reopening(
            event.store, event.visitor(1), event.sheet(1, 1), reason="看错", at=later(200)
        )
        reopening.answer_reopening(
            event.store, event.organizer, asked, approve=False, at=later(201)
        )
    echo = event.record(1, 1, event.change(0, "51", rev=1, client_id="x"), at=later(202))
    assert (echo["state"], echo["marks"][event.criteria[0]]["value"]) == ("locked", 50000)


def test_nobody_approves_their_own_request(event: Event):
    """The organizer may ask and may answer; not both."""
    event.fill(1, 1, ("50", "30"))
    asked = reopening.ask_reopening(
        event.store, event.organizer, event.sheet(1, 1), reason="看错", at=later(200)
    )
    with pytest.raises(SecondPersonNeeded):
        reopening.answer_reopening(event.store, event.organizer, asked, approve=True, at=later(201))
    reopening.answer_reopening(
        event.store, event.visitor("second"), asked, approve=True, at=later(202)
    )
    count = len(log.log(event.store, event.organizer))
    reopening.answer_reopening(
        event.store, event.visitor("second"), asked, approve=True, at=later(203)
    )
    assert len(log.log(event.store, event.organizer)) == count
    with pytest.raises(WrongState):
        reopening.answer_reopening(
            event.store, event.visitor("second"), asked, approve=False, at=later(204)
        )


@pytest.mark.parametrize("seconds", [0, 60])
def test_only_a_locked_sheet_is_asked_for(event: Event, seconds: float):
    """Within the grace time the judge simply changes it."""
    event.fill(1, 1, ("50", "30"))
    with pytest.raises(WrongState):
        reopening.ask_reopening(
            event.store, event.visitor(1), event.sheet(1, 1), reason="看错", at=later(seconds)
        )


def test_a_request_is_made_once_and_with_a_reason(event: Event):
    """Two open requests for one sheet would be answered twice."""
    event.fill(1, 1, ("50", "30"))
    sheet = event.sheet(1, 1)
    with pytest.raises(ReasonNeeded):
        reopening.ask_reopening(event.store, event.visitor(1), sheet, reason="  ", at=later(200))
    reopening.ask_reopening(event.store, event.visitor(1), sheet, reason="看错", at=later(200))
    with pytest.raises(WrongState):
        reopening.ask_reopening(event.store, event.organizer, sheet, reason="看错", at=later(201))


def test_a_deduction_counts_once_a_second_person_confirms(closed: Event):
    """Entered it shows nowhere, confirmed it is subtracted, withdrawn it is not."""
    before = line(closed, 1).official
    timekeeper, supervisor = closed.visitor("timekeeper"), closed.visitor("supervisor")
    cost = deductions.deduct(
        closed.store, timekeeper, closed.round_id, closed.entrants[1], "0.5", reason="超时", at=AT
    )
    assert line(closed, 1).official == before
    deductions.confirm_deduction(closed.store, supervisor, cost, at=AT)
    assert (line(closed, 1).official, line(closed, 1).deduction) == (
        before - Decimal("0.5"),
        Decimal("0.5"),
    )
    deductions.confirm_deduction(closed.store, supervisor, cost, at=AT)  # a second press
    assert line(closed, 1).official == before - Decimal("0.5")
    deductions.withdraw_deduction(closed.store, supervisor, cost, reason="误记", at=AT)
    assert line(closed, 1).official == before
    with pytest.raises(WrongState):
        deductions.confirm_deduction(closed.store, supervisor, cost, at=AT)
    with pytest.raises(WrongState):
        deductions.withdraw_deduction(closed.store, supervisor, cost, reason="误记", at=AT)


@pytest.mark.parametrize(
    "amount",
    ["", "0", "-1", "abc", "NaN", "Infinity", "-Infinity", "1e400", "1E999999999", "101", "0.0001"],
)
def test_a_deduction_is_a_plain_positive_number(event: Event, amount: str):
    """Refused in words, with nothing written; no such text makes the server busy or fail."""
    before = event.store._writer.conn.total_changes
    with pytest.raises(BadInput):
        deductions.deduct(
            event.store,
            event.organizer,
            event.round_id,
            event.entrants[1],
            amount,
            reason="x",
            at=AT,
        )
    assert event.store._writer.conn.total_changes == before


def test_an_absent_judge_is_not_a_zero(event: Event):
    """The mean is over those who heard the entrant."""
    event.fill_all(but=[(2, 1)])
    shown = line(event, 1)
    panel.mark_absent(
        event.store,
        event.organizer,
        event.round_id,
        event.entrants[1],
        event.judges[2],
        reason="迟到",
        at=AT,
    )
    after = line(event, 1)
    assert (after.official, after.counted) == (shown.official, 4)
    assert after.official > 80


def test_nobody_alone_takes_a_submitted_sheet_out_of_the_count(event: Event):
    """Recording a judge absent after they submitted would do just that."""
    event.fill_all()
    with pytest.raises(WrongState) as refused:
        panel.mark_absent(
            event.store,
            event.organizer,
            event.round_id,
            event.entrants[1],
            event.judges[2],
            reason="x",
            at=AT,
        )
    assert refused.value.clears == "ask_reopening"


def test_a_judge_recorded_absent_by_mistake_is_expected_again(event: Event):
    """With a reason; and not one who was not absent."""
    pair = (event.round_id, event.entrants[1], event.judges[2])
    with pytest.raises(WrongState):
        panel.undo_absence(event.store, event.organizer, *pair, reason="x", at=AT)
    panel.mark_absent(event.store, event.organizer, *pair, reason="迟到", at=AT)
    panel.undo_absence(event.store, event.organizer, *pair, reason="到了", at=AT)
    assert event.fill(2, 1, ("50", "30"))["state"] == "submitted"


def test_a_reserve_judges_marks_do_not_count(event: Event):
    """They sit in; only a vacated seat would make them count."""
    event.fill_all()
    before = line(event, 1)
    event.fill(events.RESERVE, 1, ("0", "0"))
    after = line(event, 1)
    assert (after.official, after.counted, after.expected) == (before.official, 5, 5)


@pytest.mark.parametrize("level", ["none", "unit", "township", "county"])
def test_recusals_follow_from_where_people_work(store: db.Store, level: str):
    """At the level of the rules; the county of birth only prompts a question."""
    rules = rounds.RoundRules(scoring=events.QUICK.scoring, recusal_level=level)
    event = events.draft(store, rules=rules)
    with store.reading() as tx:
        found = tx.rows("SELECT cause FROM recusals")
    assert [row["cause"] for row in found] == (["county"] if level == "county" else [])
    panel.set_panel(
        store, event.organizer, event.round_id, event.sessions[1], [event.judges[3]], at=AT
    )
    with store.reading() as tx:
        assert len(tx.rows("SELECT * FROM recusals")) == len(found)


def test_a_ruling_names_entrants_of_its_round_once(closed: Event):
    """A stranger, a double, nobody, or an unknown kind is refused, and nothing written."""
    before = closed.store._writer.conn.total_changes

    def rule(ids: list[str], **values: str) -> None:
        rulings.enter_ruling(
            closed.store,
            closed.organizer,
            closed.round_id,
            ids,
            at=AT,
            **{"reason": "议定"} | values,
        )

    one = closed.entrants[1]
    for ids, values, error in (
        (["nobody"], {}, Missing),
        ([one, one], {}, BadInput),
        ([], {}, BadInput),
        ([one], {"kind": "coin"}, BadInput),
        ([one], {"reason": ""}, ReasonNeeded),
    ):
        with pytest.raises(error):
            rule(ids, **values)
    assert closed.store._writer.conn.total_changes == before


def test_two_rulings_on_one_entrant_are_not_both_in_force(closed: Event):
    """The second is confirmed only when the first has been withdrawn: a page never fails on it."""
    chair, supervisor = closed.visitor(1), closed.visitor("supervisor")
    tied = [closed.entrants[2], closed.entrants[3]]
    first, second = (
        rulings.enter_ruling(closed.store, chair, closed.round_id, order, reason="议定", at=AT)
        for order in (tied, tied[::-1])
    )
    rulings.confirm_ruling(closed.store, supervisor, first, at=AT)
    with pytest.raises(WrongState):
        rulings.confirm_ruling(closed.store, supervisor, second, at=AT)
    assert closed.standing().lines
    rulings.withdraw_ruling(closed.store, supervisor, first, reason="误记", at=AT)
    rulings.confirm_ruling(closed.store, supervisor, second, at=AT)
    assert closed.standing().lines
