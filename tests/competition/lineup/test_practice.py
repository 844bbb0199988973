"""A practice: judges mark an invented entrant on stage, and nothing of it counts anywhere.

Most tests forget to end it: the round beside it must not notice.
"""

from dataclasses import replace

import pytest

import db
from competition.errors import Missing, NeverInPractice
from competition.lineup import entrants, plan, practice, roster
from competition.lineup.errors import NoPractice
from competition.marks import progress
from competition.results import certification, standings
from competition.rounds import rounds
from competition.rounds.errors import NotReady
from competition.rounds.rounds import round_view, rounds_of
from competition.stage import hall, moves, pad_work, releasing
from db.invariants import verify
from tests.competition import event as events
from tests.competition.event import AT, QUICK, Event, later

SHOWN = replace(QUICK, hall="scores")


def begin(event: Event) -> Event:
    """The practice of an event, as an event whose one entrant is number 1."""
    store, who = event.store, event.organizer
    practice_id = practice.begin_practice(store, who, event.round_id, at=AT)
    with store.reading() as tx:
        place = db.entrants.in_round(tx, practice_id)[0]
        criteria = [one["id"] for one in db.rounds.criteria(tx, practice_id)]
    return replace(
        event, round_id=practice_id, entrants={1: place["id"]}, criteria=criteria, sessions={}
    )


def mark_all(trial: Event) -> None:
    """On stage, marked by all seven, and announced to the hall."""
    for stage in ("called", "presenting", "answering", "marking"):
        moves.move_stage(
            trial.store, trial.organizer, trial.round_id, trial.entrants[1], stage, at=AT
        )
    for judge in range(1, 8):
        trial.fill(judge, 1, ("50", f"{30 + judge}"))
    releasing.release_score(
        trial.store, trial.organizer, trial.round_id, trial.entrants[1], at=later(5)
    )


def facts(event: Event) -> object:
    """What a round says of itself in counts, standing and plan."""
    store, who, round_id = event.store, event.organizer, event.round_id
    made = plan.plan(store, who, round_id)
    view = round_view(store, who, round_id)
    with store.reading() as tx:
        expected = len(db.sheets.open_pairs(tx, round_id))
    return (
        made,
        expected,
        (view["entrants"], view["judges"], view["counties"]),
        [one["code"] for one in entrants.all_entrants(store, who)],
    )


def test_a_forgotten_practice_changes_nothing_of_the_round(store: db.Store):
    """Counts, standing, plan, list and certificate are those of an event without one."""
    event = events.draft(store, rules=SHOWN)
    before = facts(event)
    trial = begin(event)
    mark_all(trial)
    assert facts(event) == before
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    again = begin(event)
    mark_all(again)
    event.fill_all()
    with store.reading() as tx:
        counted = db.sheets.counted_marks(tx, event.round_id)
    assert not {one["entrant"] for one in counted} & set(trial.entrants.values())
    shown = progress.progress(store, event.organizer, event.round_id, at=later(59))
    assert (shown.submitted, shown.expected, len(shown.entrants)) == (24, 24, 5)
    result = event.standing(at=later(60))
    assert {line.entrant_id for line in result.lines} == set(event.entrants.values())
    event.close(at=later(70))
    event.certify(at=later(80))
    with store.reading() as tx:
        kept = certification.latest_certified(tx, event.round_id)["content"]
    assert {one["entrant_id"] for one in kept["entrants"]} == set(event.entrants.values())
    assert verify(store) == []


def test_opening_the_round_ends_its_practice(store: db.Store):
    """What was not submitted is an absence; the list of rounds has it no longer."""
    event = events.draft(store, rules=SHOWN)
    trial = begin(event)
    trial.fill(1, 1, ("50", "31"))
    assert len(rounds_of(store, event.organizer)) == 2
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    assert [row["id"] for row in rounds_of(store, event.organizer)] == [event.round_id]
    assert verify(store) == []


def test_tablets_and_hall_show_the_practice_and_then_the_round(event: Event):
    """Without a touch: while it runs, until it ends; and no longer than the first real call."""
    store, who = event.store, event.organizer
    trial = begin(event)
    judge = event.visitor(1)
    asked = (event.round_id, trial.round_id)
    for round_id in asked:
        work = pad_work.pad_work(store, judge, round_id, at=AT)
        assert (work["round"], len(work["sheets"])) == (trial.round_id, 1)
    during = pad_work.stage_now(store, judge, event.round_id, at=AT)["version"]
    assert during == pad_work.pad_work(store, judge, at=AT)["version"]
    assert hall.hall(store, who, event.round_id).content["practice"]
    moves.move_stage(store, who, event.round_id, event.entrants[1], "called", at=AT)
    for round_id in asked:
        assert pad_work.pad_work(store, judge, round_id, at=AT)["round"] == event.round_id
    assert pad_work.stage_now(store, judge, trial.round_id, at=AT)["version"] != during
    assert "practice" not in hall.hall(store, who, event.round_id).content
    practice.end_practice(store, who, event.round_id, at=AT)
    assert pad_work.pad_work(store, judge, trial.round_id, at=AT)["round"] == event.round_id
    with pytest.raises(NoPractice):
        practice.end_practice(store, who, event.round_id, at=AT)


def test_a_second_press_begins_no_second_practice(event: Event):
    """The impatient click is given the one that runs."""
    first, second = begin(event), begin(event)
    assert first.round_id == second.round_id


def test_no_result_of_a_practice_can_be_asked_for(event: Event):
    """Standing, certificate, closing and copying are refused by name; the organizer too."""
    trial = begin(event)
    trial.fill(1, 1, ("50", "31"))
    who, store = event.organizer, event.store
    for call in (
        lambda: standings.standings(store, who, trial.round_id, at=AT),
        lambda: rounds.close_round(store, who, trial.round_id, reason="x", at=AT),
        lambda: certification.certified(store, who, trial.round_id),
        lambda: practice.begin_practice(store, who, trial.round_id, at=AT),
    ):
        with pytest.raises(NeverInPractice):
            call()


def test_the_invented_entrant_enters_no_round(draft: Event):
    """By its id, which the pages never offer: refused, and verify would name it."""
    trial = begin(draft)
    who, store, key = draft.organizer, draft.store, trial.entrants[1]
    with pytest.raises(NeverInPractice):
        entrants.enter_entrant(store, who, draft.round_id, key, number=9, at=AT)
    with pytest.raises(NeverInPractice):
        roster.place_entrants(store, who, draft.round_id, [key], at=AT)
    with pytest.raises(NeverInPractice):
        roster.remove_entrant(store, who, key, at=AT)


def test_a_round_without_rubric_or_judges_has_none(event: Event):
    """It says what is missing."""
    empty = rounds.create_round(event.store, event.organizer, title="复评", at=AT)
    with pytest.raises(NotReady) as refused:
        practice.begin_practice(event.store, event.organizer, empty, at=AT)
    assert refused.value.values["missing"] == ["rubric", "seats"]
    with pytest.raises(Missing):
        practice.begin_practice(event.store, event.organizer, "nowhere", at=AT)
