"""A desk review is shared out judge by judge, without sessions."""

from dataclasses import replace

import pytest

import db
from competition.errors import Duplicate, Forbidden, Missing, NotNow
from competition.lineup import assigning, entrants, panel, plan
from competition.lineup.errors import CannotAssign, InSession
from competition.marks import progress
from competition.rounds import rounds
from competition.rounds.rules import RoundRules
from competition.saying import sentence
from db import panel as rows
from db.invariants import verify
from tests.competition.event import AT, Event


@pytest.fixture
def desk(draft: Event) -> Event:
    """The small event without sessions."""
    for number, entrant_id in draft.entrants.items():
        entrants.enter_entrant(
            draft.store, draft.organizer, draft.round_id, entrant_id, number=number, at=AT
        )
    return draft


def pairs(event: Event) -> set[tuple[str, str, str]]:
    with event.store.reading() as tx:
        found = rows.assignments(tx, event.round_id)
    return {(row["entrant_id"], row["person_id"], row["state"]) for row in found}


def test_what_is_proposed_is_even_and_avoids_recusals(desk: Event):
    """Six judges, five entrants, three each: two or three a judge, the reserve none."""
    who = desk.organizer
    proposed = assigning.share_out(desk.store, who, desk.round_id, per_entrant=3, seed=1)
    loads = [sum(p == person for _, p in proposed) for person in desk.judges.values()]
    assert sorted(loads) == [0, 2, 2, 2, 3, 3, 3]
    assert desk.judges[7] not in {person for _, person in proposed}
    assert (desk.entrants[2], desk.judges[3]) not in proposed


def test_what_is_assigned_replaces_all_that_was(desk: Event, store: db.Store):
    """One event; the round can be opened with it and the database is clean."""
    who = desk.organizer
    proposed = assigning.share_out(store, who, desk.round_id, per_entrant=3, seed=1)
    with store.reading() as tx:
        before = tx.value("SELECT count(*) FROM events")
    assigning.assign(store, who, desk.round_id, proposed, at=AT)
    with store.reading() as tx:
        assert tx.value("SELECT count(*) FROM events") == before + 1
    assert pairs(desk) == {(entrant, person, "expected") for entrant, person in proposed}
    rounds.open_round(store, who, desk.round_id, signed="all", at=AT)
    assert len(progress.progress(store, who, desk.round_id, at=AT).cells) == 15
    assert verify(store) == []


def test_a_pair_of_one_county_is_written_as_a_recusal(desk: Event):
    """Judge 3 works in the county of entrant 2."""
    both = [(desk.entrants[2], desk.judges[n]) for n in (3, 4)]
    assigning.assign(desk.store, desk.organizer, desk.round_id, both, at=AT)
    assert pairs(desk) == {
        (desk.entrants[2], desk.judges[3], "recused"),
        (desk.entrants[2], desk.judges[4], "expected"),
    }


def test_a_declared_recusal_is_avoided_too(desk: Event):
    """What a judge declares counts like what follows from their county."""
    who = desk.organizer
    panel.declare_recusal(
        desk.store,
        who,
        desk.round_id,
        desk.entrants[1],
        desk.judges[1],
        reason="参与编制",
        at=AT,
    )
    proposed = assigning.share_out(desk.store, who, desk.round_id, per_entrant=5, seed=1)
    assert (desk.entrants[1], desk.judges[1]) not in proposed


def test_what_cannot_be_shared_out_says_why_in_names(desk: Event):
    """Six for everybody is one too many where judge 3 is recused."""
    with pytest.raises(CannotAssign) as refused:
        assigning.share_out(desk.store, desk.organizer, desk.round_id, per_entrant=6)
    assert refused.value.code == "too_few_judges"
    assert "建水县" in sentence(refused.value, "zh")


def test_strangers_and_doubles_are_refused_and_nothing_is_written(desk: Event):
    """The assignments of before stay."""
    before = pairs(desk)
    pair = (desk.entrants[1], desk.judges[1])
    for wrong, error in (
        ([pair, pair], Duplicate),
        ([(desk.entrants[1], desk.people["host"])], Missing),
        ([("nobody", desk.judges[1])], Missing),
    ):
        with pytest.raises(error):
            assigning.assign(desk.store, desk.organizer, desk.round_id, wrong, at=AT)
        assert pairs(desk) == before


def test_only_the_organizer_and_only_in_draft(event: Event):
    """An open round's assignments are what its judges see."""
    pair = [(event.entrants[1], event.judges[1])]
    with pytest.raises(NotNow):
        assigning.assign(event.store, event.organizer, event.round_id, pair, at=AT)
    with pytest.raises(Forbidden):
        assigning.assign(event.store, event.visitor("host"), event.round_id, pair, at=AT)


def test_without_recusals_by_place_everybody_may_mark_everyone(store: db.Store, desk: Event):
    """The level is a rule of the round."""
    rules = replace(RoundRules(), recusal_level="none")
    rounds.set_rules(store, desk.organizer, desk.round_id, rules, at=AT)
    proposed = assigning.share_out(store, desk.organizer, desk.round_id, per_entrant=6)
    assert len(proposed) == 30


def test_a_session_keeps_its_panel(draft: Event):
    """Whom a session's panel marks is nobody's to assign; its assignments stay."""
    before = pairs(draft)
    pair = [(draft.entrants[1], draft.judges[1])]
    with pytest.raises(InSession):
        assigning.assign(draft.store, draft.organizer, draft.round_id, pair, at=AT)
    assigning.assign(draft.store, draft.organizer, draft.round_id, [], at=AT)
    assert pairs(draft) == before
    assert verify(draft.store) == []


def test_the_plan_says_what_the_assignment_promises(store: db.Store, desk: Event):
    """Shared out from a seed drawn in public, with one entrant for all: the log names both."""
    who, round_id = desk.organizer, desk.round_id
    assert plan.plan(store, who, round_id) is None
    asked = {"per_entrant": "2", "seed": "20260310", "anchors": "1"}
    assigning.share_and_assign(store, who, round_id, **asked, at=AT)
    made = plan.plan(store, who, round_id)
    assert made is not None
    anchor = desk.entrants[1]
    readers = [own for own in made.orders.values() if anchor in {place["id"] for place in own}]
    assert len(readers) == made.strength.judges_high >= 5
    assert made.strength.judges_low == 2
    assert (made.strength.parts, made.strength.may_be_lost) == (1, 1)
    assert made.known_to == pytest.approx(1.96 * made.strength.sed * 3)
    assert sum(map(len, made.orders.values())) == made.strength.sheets
    with store.reading() as tx:
        payload = tx.value("SELECT payload FROM events ORDER BY seq DESC LIMIT 1")
    assert "per_entrant 2, seed 20260310, anchors 1" in payload
    with pytest.raises(Forbidden):
        plan.plan(store, desk.visitor("host"), round_id)
    assert verify(store) == []


def test_on_stage_every_judge_hears_one_order(draft: Event):
    """The order of the numbers; a judge in reserve promises nothing."""
    made = plan.plan(draft.store, draft.organizer, draft.round_id)
    assert made is not None
    assert 7 not in made.orders
    for own in made.orders.values():
        numbers = [place["number"] for place in own]
        assert numbers == sorted(numbers)
