"""A desk review is shared out judge by judge, without sessions."""

from dataclasses import replace

import pytest

import db
from competition import assigning, panel, progress, rounds
from competition.errors import CannotAssign, Duplicate, Forbidden, Missing, NotNow
from competition.rules import RoundRules
from competition.saying import sentence
from db import panel as rows
from db.invariants import verify
from tests.competition.event import AT, Event


def pairs(event: Event) -> set[tuple[str, str, str]]:
    with event.store.reading() as tx:
        found = rows.assignments(tx, event.round_id)
    return {(row["entrant_id"], row["person_id"], row["state"]) for row in found}


def test_what_is_proposed_is_even_and_avoids_recusals(draft: Event):
    """Six judges, five entrants, three each: two or three a judge, the reserve none."""
    who = draft.organizer
    proposed = assigning.share_out(draft.store, who, draft.round_id, per_entrant=3, seed=1)
    loads = [sum(p == person for _, p in proposed) for person in draft.judges.values()]
    assert sorted(loads) == [0, 2, 2, 2, 3, 3, 3]
    assert draft.judges[7] not in {person for _, person in proposed}
    assert (draft.entrants[2], draft.judges[3]) not in proposed


def test_what_is_assigned_replaces_all_that_was(draft: Event, store: db.Store):
    """One event; the round can be opened with it and the database is clean."""
    who = draft.organizer
    proposed = assigning.share_out(store, who, draft.round_id, per_entrant=3, seed=1)
    with store.reading() as tx:
        before = tx.value("SELECT count(*) FROM events")
    assigning.assign(store, who, draft.round_id, proposed, at=AT)
    with store.reading() as tx:
        assert tx.value("SELECT count(*) FROM events") == before + 1
    assert pairs(draft) == {(entrant, person, "expected") for entrant, person in proposed}
    rounds.open_round(store, who, draft.round_id, at=AT)
    assert len(progress.progress(store, who, draft.round_id, at=AT).cells) == 15
    assert verify(store) == []


def test_a_pair_of_one_county_is_written_as_a_recusal(draft: Event):
    """Judge 3 works in the county of entrant 2."""
    both = [(draft.entrants[2], draft.judges[n]) for n in (3, 4)]
    assigning.assign(draft.store, draft.organizer, draft.round_id, both, at=AT)
    assert pairs(draft) == {
        (draft.entrants[2], draft.judges[3], "recused"),
        (draft.entrants[2], draft.judges[4], "expected"),
    }


def test_a_declared_recusal_is_avoided_too(draft: Event):
    """What a judge declares counts like what follows from their county."""
    who = draft.organizer
    panel.declare_recusal(
        draft.store,
        who,
        draft.round_id,
        draft.entrants[1],
        draft.judges[1],
        reason="参与编制",
        at=AT,
    )
    proposed = assigning.share_out(draft.store, who, draft.round_id, per_entrant=5, seed=1)
    assert (draft.entrants[1], draft.judges[1]) not in proposed


def test_what_cannot_be_shared_out_says_why_in_names(draft: Event):
    """Six for everybody is one too many where judge 3 is recused."""
    with pytest.raises(CannotAssign) as refused:
        assigning.share_out(draft.store, draft.organizer, draft.round_id, per_entrant=6)
    assert refused.value.code == "too_few_judges"
    assert "建水县" in sentence(refused.value, "zh")


def test_strangers_and_doubles_are_refused_and_nothing_is_written(draft: Event):
    """The assignments of before stay."""
    before = pairs(draft)
    pair = (draft.entrants[1], draft.judges[1])
    for wrong, error in (
        ([pair, pair], Duplicate),
        ([(draft.entrants[1], draft.people["host"])], Missing),
        ([("nobody", draft.judges[1])], Missing),
    ):
        with pytest.raises(error):
            assigning.assign(draft.store, draft.organizer, draft.round_id, wrong, at=AT)
        assert pairs(draft) == before


def test_only_the_organizer_and_only_in_draft(event: Event):
    """An open round's assignments are what its judges see."""
    pair = [(event.entrants[1], event.judges[1])]
    with pytest.raises(NotNow):
        assigning.assign(event.store, event.organizer, event.round_id, pair, at=AT)
    with pytest.raises(Forbidden):
        assigning.assign(event.store, event.visitor("host"), event.round_id, pair, at=AT)


def test_without_recusals_by_place_everybody_may_mark_everyone(store: db.Store, draft: Event):
    """The level is a rule of the round."""
    rules = replace(RoundRules(), recusal_level="none")
    rounds.set_rules(store, draft.organizer, draft.round_id, rules, at=AT)
    proposed = assigning.share_out(store, draft.organizer, draft.round_id, per_entrant=6)
    assert len(proposed) == 30
