"""Pairs locked by hand stay when judges are shared out; a recused pair cannot be locked.

The small event without sessions; judge 3 works in the county of entrant 2, judge 7 is in reserve.
"""

import pytest

import db
from competition.errors import Missing
from competition.lineup import assigning, entrants, locking, panel, roster, seating
from competition.lineup.errors import CannotAssign, InSession, RecusedPair
from competition.saying import sentence
from db.invariants import verify
from tests.competition.event import AT, Event


@pytest.fixture
def desk(draft: Event) -> Event:
    for number, entrant_id in draft.entrants.items():
        entrants.enter_entrant(
            draft.store, draft.organizer, draft.round_id, entrant_id, number=number, at=AT
        )
    return draft


def lock(event: Event, entrant: int, judge: int) -> None:
    pair = (event.round_id, event.entrants[entrant], event.judges[judge])
    locking.lock_pair(event.store, event.organizer, *pair, at=AT)


def share(event: Event, seed: str = "1") -> None:
    assigning.share_and_assign(
        event.store, event.organizer, event.round_id, per_entrant="3", seed=seed, at=AT
    )


def pairs(event: Event) -> dict[tuple[int, int], int]:
    """Entrant and judge of every pair, to whether it is locked."""
    numbers = {key: n for n, key in event.entrants.items()}
    seats = {key: n for n, key in event.judges.items()}
    with event.store.reading() as tx:
        found = db.panel.assignments(tx, event.round_id)
    return {(numbers[p["entrant_id"]], seats[p["person_id"]]): p["locked"] for p in found}


def test_locked_pairs_stay_whatever_the_seed_and_the_rest_is_filled(desk: Event):
    """Three pairs locked before anything is shared out, then shared out with five seeds."""
    locked = {(1, 1), (1, 2), (4, 1)}
    for pair in locked:
        lock(desk, *pair)
    for seed in "12345":
        share(desk, seed)
        found = pairs(desk)
        assert len(found) == 15
        assert {pair for pair, is_locked in found.items() if is_locked} == locked
    assert verify(desk.store) == []


def test_an_unlocked_pair_stays_until_judges_are_shared_out_again(desk: Event):
    """Unlocking moves nobody; the next draw may."""
    lock(desk, 1, 1)
    locking.unlock_pair(
        desk.store, desk.organizer, desk.round_id, desk.entrants[1], desk.judges[1], at=AT
    )
    assert pairs(desk) == {(1, 1): 0}
    share(desk)
    assert not any(pairs(desk).values())
    with pytest.raises(Missing):
        locking.unlock_pair(
            desk.store, desk.organizer, desk.round_id, desk.entrants[1], desk.judges[1], at=AT
        )


def test_a_recused_pair_is_refused_with_its_reason(desk: Event):
    """By the county that both share, and as declared; nothing is written."""
    with pytest.raises(RecusedPair) as refused:
        lock(desk, 2, 3)
    assert "建水县" in sentence(refused.value, "zh")
    panel.declare_recusal(
        desk.store,
        desk.organizer,
        desk.round_id,
        desk.entrants[1],
        desk.judges[1],
        reason="参与编制",
        at=AT,
    )
    with pytest.raises(RecusedPair) as refused:
        lock(desk, 1, 1)
    assert "参与编制" in sentence(refused.value, "zh")
    assert pairs(desk) == {}


def test_a_recusal_declared_later_is_named_when_judges_are_shared_out(desk: Event):
    """The lock does not outweigh the recusal; the organizer unlocks."""
    lock(desk, 1, 1)
    panel.declare_recusal(
        desk.store,
        desk.organizer,
        desk.round_id,
        desk.entrants[1],
        desk.judges[1],
        reason="参与编制",
        at=AT,
    )
    with pytest.raises(CannotAssign) as refused:
        share(desk)
    assert refused.value.code == "locked_pair"


def test_a_reserve_a_stranger_and_an_entrant_in_a_session_are_refused(draft: Event):
    """Sessions are marked by their panel; a reserve's sheet would not count."""
    with pytest.raises(InSession):
        lock(draft, 1, 1)
    entrants.enter_entrant(
        draft.store, draft.organizer, draft.round_id, draft.entrants[1], number=1, at=AT
    )
    with pytest.raises(Missing):
        lock(draft, 1, 7)
    with pytest.raises(Missing):
        locking.lock_pair(
            draft.store,
            draft.organizer,
            draft.round_id,
            draft.entrants[1],
            draft.people["host"],
            at=AT,
        )


def test_what_else_changes_in_draft_keeps_the_locks(desk: Event):
    """An entrant that leaves takes its lock along; the others' stay through every renewal."""
    lock(desk, 1, 1)
    lock(desk, 4, 2)
    seating.update_person(desk.store, desk.organizer, desk.judges[1], unit="州农业农村局", at=AT)
    assert pairs(desk) == {(1, 1): 1, (4, 2): 1}
    roster.leave_round(desk.store, desk.organizer, desk.round_id, desk.entrants[1], at=AT)
    assert pairs(desk) == {(4, 2): 1}
    lock(desk, 4, 2)
    assert verify(desk.store) == []
