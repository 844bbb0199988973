"""A review on the spot: two hours by the server's times, four grounds, another person answers."""

from datetime import datetime, timedelta

import pytest

import db
from competition.corrections import reviews
from competition.corrections.errors import NotShownYet, ReviewTooLate
from competition.errors import BadInput, Blank, Forbidden, WrongState
from competition.results.errors import ReviewsWait
from competition.times import parse
from tests.competition.corrections.cases import count
from tests.competition.event import AT, Event, later

HOUR = later(3600)


def enter(
    event: Event, *, at: datetime = HOUR, ground: str = "arithmetic", entrant: int = 1
) -> str:
    """An organizer enters what the entrant asks for."""
    return reviews.enter_review(
        event.store,
        event.organizer,
        event.round_id,
        event.entrants[1],
        ground=ground,
        claim="总分与分项之和不符",
        asked_by="某村党总支书记",
        at=at,
    )


def closed_at(event: Event) -> datetime:
    """When the round was closed, as stored."""
    with event.store.reading() as tx:
        return parse(tx.value("SELECT closed_at FROM rounds WHERE id = :r", r=event.round_id))


def test_two_hours_run_from_the_closing_and_a_second_more_is_too_late(closed: Event):
    """The last second counts; after it the way is the public notice."""
    ends = closed_at(closed) + timedelta(hours=2)
    written = count(closed)
    with pytest.raises(ReviewTooLate) as refused:
        enter(closed, at=ends + timedelta(seconds=1))
    assert set(refused.value.values) == {"since", "until"}
    assert count(closed) == written
    assert enter(closed, at=ends)


def test_before_a_score_is_shown_there_is_nothing_to_review(event: Event):
    """Neither announced nor closed."""
    with pytest.raises(NotShownYet):
        enter(event)


def test_how_high_a_judge_marked_is_no_ground(closed: Event):
    """Arithmetic, time, recusal and procedure only; and a claim in words."""
    with pytest.raises(BadInput):
        enter(closed, ground="judgement")
    with pytest.raises(Blank):
        reviews.enter_review(
            closed.store,
            closed.organizer,
            closed.round_id,
            closed.entrants[1],
            ground="timing",
            claim=" ",
            asked_by="x",
            at=AT,
        )


def test_the_supervisor_answers_once_and_certifying_waits_for_it(closed: Event):
    """Nobody else; the answer is on record with its time."""
    at = closed_at(closed) + timedelta(minutes=10)
    key = enter(closed, at=at)
    with pytest.raises(ReviewsWait):
        closed.certify(at=at)
    for role in ("scorekeeper", "host"):
        with pytest.raises(Forbidden):
            reviews.answer_review(
                closed.store, closed.visitor(role), key, finding="stands", answer="无误", at=at
            )
    who = closed.visitor("supervisor")
    reviews.answer_review(closed.store, who, key, finding="stands", answer="算术无误", at=at)
    with pytest.raises(WrongState):
        reviews.answer_review(closed.store, who, key, finding="corrected", answer="x", at=at)
    (shown,) = reviews.reviews_of(closed.store, who, closed.round_id)
    assert (shown.finding, shown.answer) == ("stands", "算术无误")
    assert db.invariants.verify(closed.store) == []
    closed.certify(at=at)
