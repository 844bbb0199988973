"""The second reading: fresh judges' sheets of the open zone, pooled with the first marks."""

from collections.abc import Callable
from decimal import Decimal

import pandas as pd
import pytest

import db
from competition import log
from competition.errors import BadFields, Forbidden, Refused, SecondPersonNeeded
from competition.lineup import seating
from competition.people import links, people, pins
from competition.people.confirming import confirm_here
from competition.results import certification, decision_words, readings
from competition.results.errors import AwaitingRuling, NoSecondReading
from competition.results.rechecking import recomputing
from competition.results.second_reading import second_reading
from competition.rounds import rounds
from competition.rounds.rules import RoundRules
from db.invariants import verify
from scoring import Rules, compute_standings
from tests.competition import event as events
from tests.competition.conftest import Begun
from tests.competition.event import AT, COUNTIES, Event, later

JURY = RoundRules(scoring=Rules(top=2, draws=100, at_cut="jury", keys=("ruling",)))
BASE = {1: "50", 2: "40", 3: "40", 4: "30", 5: "20"}
"""Two entrants share the second place, whoever marks them: entrants 2 and 3 are the zone."""


def to_be_read(store: db.Store) -> Event:
    """A closed round whose zone, entrants 2 and 3, is to be read again; two fresh readers."""
    event = events.draft(store, rules=JURY)
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    event.fill_all(base=BASE)
    event.close()
    for name in ("甲", "乙"):
        event.people[name] = people.add_person(store, event.organizer, name=f"复评·{name}", at=AT)
    return event


BEGINNINGS = {"jury": to_be_read}


@pytest.fixture
def jury(begun: Begun) -> Event:
    """A closed round whose zone, entrants 2 and 3, is to be read again; two fresh readers."""
    return begun[1]


def enter(event: Event, entrant: int, reader: str, first: str, second: str = "30") -> str:
    who, marks = (
        event.visitor("scorekeeper"),
        dict(zip(event.criteria, (first, second), strict=True)),
    )
    person = event.people[reader] if reader in event.people else event.judges[int(reader)]
    return readings.enter_reading(
        event.store, who, event.round_id, event.entrants[entrant], person, marks, at=later(1)
    )


def read(event: Event, entrant: int, reader: str, first: str) -> str:
    key = enter(event, entrant, reader, first)
    readings.confirm_reading(event.store, event.visitor("supervisor"), key, at=later(2))
    return key


def refused(act: Callable[[], object]) -> dict[str, str]:
    """The refusals of a form, by field."""
    with pytest.raises(BadFields) as wrong:
        act()
    return {field: error.code for field, error in wrong.value.problems.items()}


def awaiting(event: Event) -> set[int]:
    return {line.number for line in event.standing().awaiting if line.number is not None}


def test_readings_join_the_first_marks_and_decide(jury: Event):
    """Both readers put entrant 3 two points above entrant 2: it is in, with pooled figures.

    By hand: entrants 2 and 3 are marked by judges 1, 2, 4, 5, who see no difference, and by
    both readers, who see 2.0; entrant 3 by judge 3 too. The pooled difference lies between.
    """
    assert awaiting(jury) == {2, 3}
    with pytest.raises(AwaitingRuling) as early:
        jury.certify()
    assert early.value.clears == "enter_reading"
    for reader in ("甲", "乙"):
        read(jury, 2, reader, "40")
        read(jury, 3, reader, "42")
    assert awaiting(jury) == set()
    result = jury.standing()
    chosen = {line.number: line.decided_by for line in result.lines if line.selected}
    assert chosen == {1: "official", 3: "reading"}
    step = result.numbers.cut.decisions[-1].steps[0]
    values = {number: step.values[jury.entrants[number]] for number in (2, 3)}
    assert 0 < values[3] - values[2] < 2
    assert values == pooled(jury)
    [said] = decision_words.decisions_said(result, "zh")
    assert f"{values[3]}" in said.text
    assert f"{values[2]}" in said.text
    assert certification.waiting(jury.store, jury.organizer, jury.round_id) == []
    jury.certify(at=later(3))
    content = certification.certified(jury.store, jury.organizer, jury.round_id)["content"]
    assert len(content["readings"]) == 2 * 2 * 2
    assert verify(jury.store, visit=recomputing(jury.store)) == []


def pooled(event: Event) -> dict[int, Decimal]:
    """The figures that scoring gives for the same sheets, handed to it as a table."""
    marks = [
        {"entrant": entrant, "judge": judge, "score": float(BASE[entrant]) + 30 + judge / 10}
        for judge, entrant in event.pairs()
    ]
    again = [
        {"kind": "reading", "entrant": entrant, "judge": reader, "value": value}
        for reader in ("甲", "乙")
        for entrant, value in ((2, 70), (3, 72))
    ]
    rules = Rules(top=2, draws=100, at_cut="jury", keys=("ruling",))
    found = compute_standings(pd.DataFrame(marks), rules=rules, rulings=pd.DataFrame(again))
    return dict(found.cut.decisions[-1].steps[0].values)


def test_nothing_is_decided_while_a_reader_has_not_read_all(jury: Event):
    """One reader's two sheets decide nothing once another reader has begun: it would be early."""
    read(jury, 2, "甲", "40")
    assert awaiting(jury) == {2, 3}
    read(jury, 2, "乙", "40")
    waits = read(jury, 3, "甲", "42")
    last = enter(jury, 3, "乙", "42")
    assert awaiting(jury) == {2, 3}
    missing = second_reading(jury.store, jury.organizer, jury.round_id).missing
    assert missing == (("复评·乙", (3,)),)
    readings.confirm_reading(jury.store, jury.organizer, last, at=later(2))
    assert awaiting(jury) == set()
    readings.withdraw_reading(
        jury.store, jury.visitor("supervisor"), waits, reason="看错一栏", at=later(3)
    )
    assert awaiting(jury) == {2, 3}
    read(jury, 3, "甲", "41")
    assert awaiting(jury) == set()
    assert verify(jury.store) == []


def test_who_may_not_read_is_refused_at_the_field(jury: Event):
    """A judge who marked it, one recused, one who sees scores; an entrant outside the zone."""
    recused = people.add_person(
        jury.store, jury.organizer, name="复评·丙", county=COUNTIES[2], at=AT
    )
    jury.people["丙"] = recused
    before = jury.store._writer.conn.total_changes
    assert refused(lambda: enter(jury, 3, "1", "40")) == {"reader": "reader_has_marked"}
    assert refused(lambda: enter(jury, 3, "丙", "40")) == {"reader": "reader_recused"}
    assert refused(lambda: enter(jury, 3, "host", "40")) == {"reader": "reader_sees_scores"}
    assert refused(lambda: enter(jury, 1, "甲", "40")) == {"entrant": "not_in_zone"}
    jury.people[""] = ""
    assert refused(lambda: enter(jury, 2, "", "40")) == {"reader": "blank"}
    assert jury.store._writer.conn.total_changes == before
    enter(jury, 3, "6", "40")  # sits in the other session
    assert refused(lambda: enter(jury, 3, "6", "41")) == {"reader": "read_already"}


def test_a_sheet_is_checked_against_the_rubric(jury: Event):
    """Each criterion has its refusal, all of them at once; nothing is written."""
    before = jury.store._writer.conn.total_changes
    wrong = refused(lambda: enter(jury, 2, "甲", "61", ""))
    assert wrong == dict(zip(jury.criteria, ("mark_out_of_range", "blank"), strict=True))
    assert jury.store._writer.conn.total_changes == before


def test_a_reading_takes_two_people(jury: Event):
    """Who typed it does not confirm it; a second press changes nothing."""
    key = enter(jury, 2, "甲", "40")
    with pytest.raises(SecondPersonNeeded):
        readings.confirm_reading(jury.store, jury.visitor("scorekeeper"), key, at=later(2))
    for _ in range(2):
        readings.confirm_reading(jury.store, jury.visitor("checker"), key, at=later(2))
    with pytest.raises(Forbidden):
        readings.withdraw_reading(jury.store, jury.organizer, key, reason="x", at=later(2))


def test_the_second_person_confirms_on_the_first_ones_device(jury: Event):
    """By PIN; the log names the supervisor, and verify knows the kind."""
    supervisor = jury.visitor("supervisor")
    links.make_link(jury.store, jury.organizer, jury.people["supervisor"], at=AT)
    pins.set_pin(jury.store, supervisor, "506172", "506172", at=AT)
    key = enter(jury, 2, "甲", "40")
    confirm_here(
        jury.store,
        jury.visitor("scorekeeper"),
        jury.people["supervisor"],
        "506172",
        lambda second: readings.confirm_reading(jury.store, second, key, at=later(2)),
        act="confirm_reading",
        round_id=jury.round_id,
        at=later(2),
    )
    last = log.log(jury.store, jury.organizer)[0]
    assert (last["kind"], last["actor"]) == ("reading_confirmed", "supervisor·李")
    assert last["machine_of"] == "scorekeeper·李"
    assert [one["number"] for one in last["entrants"]] == [2]
    assert verify(jury.store) == []


def test_what_changed_since_entering_is_asked_again(jury: Event):
    """A reader recused after the sheet was entered is refused at its confirmation."""
    key = enter(jury, 3, "甲", "40")
    seating.update_person(
        jury.store, jury.organizer, jury.people["甲"], county=COUNTIES[2], at=later(2)
    )
    with pytest.raises(Refused) as found:
        readings.confirm_reading(jury.store, jury.visitor("supervisor"), key, at=later(2))
    assert found.value.code == "reader_recused"


def test_only_rules_with_a_second_reading_have_one(closed: Event):
    """Other rules settle their zone by other keys."""
    reader = people.add_person(closed.store, closed.organizer, name="复评·甲", at=AT)
    closed.people["甲"] = reader
    with pytest.raises(NoSecondReading):
        enter(closed, 2, "甲", "40")


def test_a_changed_reading_is_found(jury: Event):
    """In the file alone: replay, and the certificate that holds its marks, say so."""
    for reader in ("甲", "乙"):
        read(jury, 2, reader, "40")
        read(jury, 3, reader, "42")
    jury.certify(at=later(3))
    with jury.store.writing() as tx:
        tx.run("UPDATE reading_marks SET value = 39500 WHERE value = 40000")
    found = {finding.check for finding in verify(jury.store)}
    assert found == {"replay_equal", "certificate_has_the_stored_marks"}
