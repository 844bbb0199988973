"""A locked sheet's marks change only with a reason and a second person."""

import pytest

from competition.errors import SecondPersonNeeded, WrongState
from competition.lineup import panel
from competition.marks import change_requests
from competition.marks.change_requests import answer_change
from competition.marks.errors import Absent, StaleMark
from db.invariants import verify
from tests.competition.event import Event, later


def ask(event: Event, *, value="45", at=None) -> str:
    """A mark of judge 1 that comes after the lock; the id of its request."""
    echo = event.take(1, 1, event.change(0, value), at=at or later(300))
    return echo["request"]["id"]


def held(event: Event, judge: int = 1) -> list[int]:
    with event.store.reading() as tx:
        rows = tx.rows(
            """SELECT m.value FROM marks m JOIN criteria c ON c.id = m.criterion_id
            WHERE m.sheet_id = :s ORDER BY c.position""",
            s=event.sheet(judge, 1),
        )
    return [row["value"] for row in rows]


@pytest.fixture
def locked(event: Event) -> Event:
    """Sheet 1 of judge 1 is submitted; 300 seconds later it is locked."""
    event.fill(1, 1, ("50", "30"))
    return event


def test_an_approved_change_is_a_new_revision_and_the_sheet_stays_locked(locked: Event):
    """The old value stays in the log."""
    request = ask(locked)
    assert held(locked) == [50000, 30000]
    answer_change(locked.store, locked.visitor("supervisor"), request, approve=True, at=later(301))
    assert held(locked) == [45000, 30000]
    with locked.store.reading() as tx:
        sheet = tx.one("SELECT * FROM sheets WHERE id = :s", s=locked.sheet(1, 1))
    assert (sheet["state"], sheet["rev"]) == ("submitted", 3)
    assert verify(locked.store) == []


def test_a_refused_change_leaves_everything(locked: Event):
    """And the judge may ask again."""
    request = ask(locked)
    answer_change(locked.store, locked.organizer, request, approve=False, at=later(301))
    assert held(locked) == [50000, 30000]
    ask(locked)


def test_nobody_answers_what_they_asked_for(locked: Event):
    """Two people, even where an older database gives a judge an organizer's role."""
    request = ask(locked)
    locked.hold(1, "organizer")
    with pytest.raises(SecondPersonNeeded):
        answer_change(locked.store, locked.visitor(1), request, approve=True, at=later(301))
    assert held(locked) == [50000, 30000]


def test_a_change_is_answered_once(locked: Event):
    """Twice approved would be two revisions."""
    request = ask(locked)
    who = locked.visitor("supervisor")
    answer_change(locked.store, who, request, approve=True, at=later(301))
    with pytest.raises(WrongState):
        answer_change(locked.store, who, request, approve=False, at=later(302))


def test_a_mark_that_changed_since_is_not_overwritten(locked: Event):
    """What the second person approves is what was asked for: from this value to that."""
    request = ask(locked)
    with locked.store.writing() as tx:
        tx.run("UPDATE requested_marks SET before = 10000")
    who = locked.visitor("supervisor")
    with pytest.raises(StaleMark):
        answer_change(locked.store, who, request, approve=True, at=later(301))


def test_a_mark_before_the_lock_is_no_request(locked: Event):
    """The judge may still change it, alone."""
    echo = locked.take(1, 1, locked.change(0, "45", rev=1), at=later(1))
    assert echo["request"] is None
    assert held(locked) == [45000, 30000]


def test_late_marks_of_an_absent_judge_wait_until_the_absence_is_undone(event: Event):
    """The desk thought the judge absent; the tablet had no network."""
    who, pair = event.organizer, (event.round_id, event.entrants[1], event.judges[1])
    panel.mark_absent(event.store, who, *pair, reason="没收到", at=later(0))
    echo = event.take(1, 1, event.change(0, "50"), at=later(1))
    request = echo["request"]["id"]
    supervisor = event.visitor("supervisor")
    with pytest.raises(Absent):
        answer_change(event.store, supervisor, request, approve=True, at=later(2))
    panel.undo_absence(event.store, who, *pair, reason="收到了", at=later(3))
    answer_change(event.store, supervisor, request, approve=True, at=later(4))
    assert held(event) == [50000]
    assert verify(event.store) == []


def test_the_list_shows_old_and_new(locked: Event):
    """For whoever is to approve."""
    ask(locked)
    (found,) = change_requests.change_requests(locked.store, locked.organizer, locked.round_id)
    assert found["marks"] == [{"criterion": "规划实用性", "before": "50.0", "value": "45.0"}]
    assert (found["seat"], found["number"], found["state"]) == (1, 1, "asked")
