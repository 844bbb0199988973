"""Exchange after the contest: a county reads what was released, of its own, and nothing else."""

from typing import Any

import pytest

from competition.documents.documents import add_document
from competition.errors import BadInput, Forbidden, Missing, ReasonNeeded, Refused
from competition.programme import exchanging, learning, releasing
from competition.programme.errors import ExchangeTooEarly
from competition.results import publishing, versions
from competition.visitor import Grant, Visitor
from db.invariants import verify
from tests.competition.event import Event, later
from tests.competition.registry.publishing_calls import TYPED

PDF = b"%PDF-1.7\nplan"


def county(event: Event, number: int) -> Visitor:
    """The county of an entrant of the event."""
    person = event.people["supervisor"]
    granted = (Grant("county", None, f"53250{number}"),)
    return Visitor(person_id=person, competition_id=event.organizer.competition_id, grants=granted)


def where(event: Event) -> tuple[Any, Visitor, str]:
    return event.store, event.organizer, event.round_id


def announce(event: Event, at: int = 60) -> None:
    code = publishing.course(*where(event)).sha256
    publishing.publish(*where(event), "announced", TYPED, sha256=code, at=later(at))


@pytest.fixture
def certified(closed: Event) -> Event:
    """Certified; the winner has a document."""
    closed.certify()
    winner, *_ = releasing.exchange_of(*where(closed)).winners
    add_document(closed.store, closed.organizer, winner.entrant_id, "规划.pdf", PDF, at=later(50))
    return closed


def loser_of(event: Event) -> Visitor:
    """The county that came last, and so has something to learn."""
    code = event.standing().lines[-1].code
    return county(event, int(code[5]))


def test_nothing_is_read_before_the_act(certified: Event):
    """Not when certified, not when announced; released before that is refused."""
    who = loser_of(certified)
    for act in (
        lambda: releasing.release_feedback(*where(certified), at=later(59)),
        lambda: releasing.release_plan(*where(certified), "x", "书面", at=later(59)),
    ):
        with pytest.raises(ExchangeTooEarly):
            act()
    announce(certified)
    assert exchanging.exchange(certified.store, who) == []
    assert learning.lessons(certified.store, who) == []
    releasing.release_feedback(*where(certified), at=later(61))
    (one,) = exchanging.exchange(certified.store, who)
    assert one.plans == ()
    assert len(learning.lessons(certified.store, who)) == 1


def test_a_county_reads_its_own_villages_and_no_other_s(certified: Event):
    """Its own line with each criterion; of others only means. A county that was not there: none."""
    announce(certified)
    releasing.release_feedback(*where(certified), at=later(61))
    for number in range(1, 6):
        (one,) = exchanging.exchange(certified.store, county(certified, number))
        assert [village.line.code[:6] for village in one.villages] == [f"53250{number}"]
        assert one.lesson.county_code == f"53250{number}"
        assert all(village.criteria for village in one.villages)
    assert exchanging.exchange(certified.store, county(certified, 9)) == []
    for refused in (certified.organizer, certified.visitor(1)):
        with pytest.raises(Forbidden):
            exchanging.exchange(certified.store, refused)


def test_a_plan_is_read_with_the_winner_s_agreement_alone(certified: Event):
    """By those who took part; a loser's plan, a plan without documents or agreement: refused."""
    announce(certified)
    releasing.release_feedback(*where(certified), at=later(61))
    found = releasing.exchange_of(*where(certified))
    winner, other = found.winners
    lost = certified.standing().lines[-1].entrant_id
    for entrant, said, problem in (
        (winner.entrant_id, " ", BadInput),
        (lost, "书面同意", Missing),
        (other.entrant_id, "书面同意", Missing),
    ):
        with pytest.raises((problem, Refused)):
            releasing.release_plan(*where(certified), entrant, said, at=later(62))
    assert releasing.exchange_of(*where(certified)).plans == ()
    for _ in range(2):
        releasing.release_plan(*where(certified), winner.entrant_id, "村主任书面", at=later(63))
    (plan,) = releasing.exchange_of(*where(certified)).plans
    assert plan.agreement == "村主任书面"
    who = loser_of(certified)
    (one,) = exchanging.exchange(certified.store, who)
    ((shared),) = one.plans
    (document,) = shared.documents
    opened = exchanging.open_exchanged(certified.store, who, plan.id, document.id)
    assert opened.path.read_bytes() == PDF
    assert "规划" not in opened.name
    for stranger in (county(certified, 9),):
        with pytest.raises(Missing):
            exchanging.open_exchanged(certified.store, stranger, plan.id, document.id)
    late = add_document(
        certified.store,
        certified.organizer,
        winner.entrant_id,
        "后补.pdf",
        PDF + b"2",
        at=later(70),
    )
    with pytest.raises(Missing):
        exchanging.open_exchanged(certified.store, who, plan.id, late)
    assert verify(certified.store) == []


def test_what_is_taken_back_or_replaced_is_read_no_more(certified: Event):
    """With a reason; and a new version of the result is released again."""
    announce(certified)
    releasing.release_feedback(*where(certified), at=later(61))
    winner, *_ = releasing.exchange_of(*where(certified)).winners
    releasing.release_plan(*where(certified), winner.entrant_id, "书面", at=later(62))
    who = loser_of(certified)
    (one,) = exchanging.exchange(certified.store, who)
    plan = one.plans[0]
    with pytest.raises(ReasonNeeded):
        releasing.withdraw_exchange(
            certified.store, certified.organizer, plan.exchange_id, reason="", at=later(63)
        )
    releasing.withdraw_exchange(
        certified.store, certified.organizer, plan.exchange_id, reason="不再同意", at=later(63)
    )
    (one,) = exchanging.exchange(certified.store, who)
    assert one.plans == ()
    with pytest.raises(Missing):
        exchanging.open_exchanged(certified.store, who, plan.exchange_id, plan.documents[0].id)
    asked = versions.ask_version(*where(certified), reason="漏记扣分", at=later(90))
    versions.confirm_version(certified.store, certified.visitor("supervisor"), asked, at=later(91))
    assert exchanging.exchange(certified.store, who) == []
    certified.certify(at=later(95))
    announce(certified, 96)
    assert exchanging.exchange(certified.store, who) == []
