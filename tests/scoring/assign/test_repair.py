"""Sheets of absent judges go to others: least load first, no recusal, nothing else touched."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from scoring.assign.assignment import assign_judges
from scoring.assign.repair import repair
from scoring.assign.strength import strength

PEOPLE = [f"j{at}" for at in range(8)]
ENTRANTS = [f"e{at:02d}" for at in range(24)]


@cache
def shared_out(seed: int) -> Sequence[tuple[str, str]]:
    """Three of the eight judges for each entrant."""
    return assign_judges(ENTRANTS, PEOPLE, 3, seed=seed).pairs


def loads(pairs: object) -> Counter[str]:
    return Counter(judge for _, judge in pairs)


@given(
    st.integers(0, 4),
    st.sampled_from(PEOPLE),
    st.sets(st.tuples(st.sampled_from(ENTRANTS), st.sampled_from(PEOPLE)), max_size=60),
)
def test_every_sheet_is_taken_by_one_who_may_or_named_as_left(seed: int, gone: str, barred: set):
    """Whatever the recusals: no pair twice, none barred, and what is left has no taker."""
    made = shared_out(seed)
    kept = [pair for pair in made if pair[1] != gone]
    lost = [entrant for entrant, judge in made if judge == gone]
    takers = [name for name in PEOPLE if name != gone]
    found = repair(kept, lost, takers, barred=barred, seed=seed)
    after = [*kept, *found.taken]
    assert len(set(after)) == len(after)
    assert not set(found.taken) & barred
    assert gone not in loads(found.taken)
    assert Counter(e for e, _ in found.taken) + Counter(found.left) == Counter(lost)
    for entrant in found.left:
        taking = {judge for e, judge in after if e == entrant}
        assert all(name in taking or (entrant, name) in barred for name in takers)


@given(st.integers(0, 9), st.sampled_from(PEOPLE))
def test_the_work_stays_even(seed: int, gone: str):
    """Nine sheets of one of eight judges: the others differ by no more than one."""
    made = shared_out(seed)
    kept = [pair for pair in made if pair[1] != gone]
    lost = [entrant for entrant, judge in made if judge == gone]
    found = repair(kept, lost, [name for name in PEOPLE if name != gone], seed=seed)
    spread = loads([*kept, *found.taken]).values()
    assert max(spread) - min(spread) <= 1


def test_a_judge_in_reserve_takes_first():
    """With no sheet of its own the reserve is the least loaded: it takes all nine."""
    made = shared_out(1)
    kept = [pair for pair in made if pair[1] != "j0"]
    lost = [entrant for entrant, judge in made if judge == "j0"]
    found = repair(kept, lost, [*PEOPLE[1:], "reserve"])
    assert loads(found.taken) == {"reserve": 9}


def test_what_the_loss_parted_is_joined_again():
    """Judge b alone joined two worlds; only c and d may take its sheets, one of them across."""
    kept = [("e1", "a"), ("e2", "a"), ("e1", "c"), ("e3", "d"), ("e4", "d")]
    barred = [("e1", "d"), ("e3", "a"), ("e4", "a"), ("e2", "c")]
    assert strength(kept).parts == 2
    found = repair(kept, ["e2", "e3"], ["a", "c", "d"], barred=barred)
    assert strength([*kept, *found.taken]).parts == 1


def test_the_same_losses_give_the_same_proposal():
    """What the button shows is what the act finds again."""
    made = shared_out(1)
    kept = [pair for pair in made if pair[1] != "j0"]
    lost = [entrant for entrant, judge in made if judge == "j0"]
    assert repair(kept, lost, PEOPLE[1:]) == repair(kept[::-1], lost[::-1], PEOPLE[:0:-1])


def test_without_a_taker_all_is_left():
    """Nobody is free."""
    assert repair([("e1", "a")], ["e2", "e1"], []).left == ("e1", "e2")
