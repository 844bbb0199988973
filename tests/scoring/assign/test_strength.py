"""What an assignment promises, against hand counts, brute force and the full covariance."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.assign.assignment import assign_judges
from scoring.assign.strength import reading_orders, strength
from scoring.errors import LockedPair


def names(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{at:03d}" for at in range(count)]


def parts(pairs: list[tuple[str, str]], entrants: set[str]) -> int:
    """Groups by joining sets; an entrant without a sheet is a group of its own."""
    groups = [{entrant} for entrant in entrants]
    for judge in {j for _, j in pairs}:
        own = {e for e, j in pairs if j == judge}
        touched = [group for group in groups if group & own]
        groups = [group for group in groups if not group & own]
        groups.append(set().union(*touched))
    return len(groups)


@given(st.data())
def test_so_many_sheets_may_be_lost_whichever_they_are(data: st.DataObject):
    """By trying every loss: no loss of that size parts the entrants, one of one more does."""
    height, width = data.draw(st.integers(2, 4)), data.draw(st.integers(2, 4))
    every = [(e, j) for e in names("e", height) for j in names("j", width)]
    pairs = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=9, unique=True))
    entrants = {e for e, _ in pairs}
    made = strength(pairs)
    assert made.parts == parts(pairs, entrants)
    if made.parts > 1 or len(entrants) < 2:
        return

    def parted(lost: int) -> bool:
        return any(
            parts([pair for pair in pairs if pair not in gone], entrants) > 1
            for gone in combinations(pairs, lost)
        )

    assert not parted(made.may_be_lost)
    assert parted(made.may_be_lost + 1)


def test_the_precision_is_that_of_the_whole_covariance():
    """Mean over all pairs of c_ii + c_jj − 2 c_ij, from the normal equations' pseudo-inverse."""
    pairs = list(assign_judges(names("e", 12), names("j", 5), 3, seed=4).pairs)
    entrants, judges = names("e", 12), names("j", 5)
    x = np.zeros((len(pairs), 17))
    for at, (entrant, judge) in enumerate(pairs):
        x[at, entrants.index(entrant)] = 1
        x[at, 12 + judges.index(judge)] = 1
    covariance = np.linalg.pinv(x.T @ x)[:12, :12]
    between = [
        covariance[a, a] + covariance[b, b] - 2 * covariance[a, b]
        for a, b in combinations(range(12), 2)
    ]
    assert strength(pairs).sed == pytest.approx(np.sqrt(np.mean(between)), rel=1e-9)


def test_facts_of_a_panel_that_marks_everything():
    """3 entrants, 4 judges: 12 sheets, and any 3 may be lost."""
    made = strength([(e, j) for e in names("e", 3) for j in names("j", 4)])
    assert (made.sheets, made.load_low, made.load_high) == (12, 3, 3)
    assert (made.judges_low, made.judges_high, made.parts, made.may_be_lost) == (4, 4, 1, 3)
    assert made.sed == pytest.approx(np.sqrt(2 / 4))


def test_no_entrant_is_early_or_late_with_all_its_judges():
    """Places sum to nearly the same for all, far nearer than by lot."""
    pairs = assign_judges(names("e", 60), names("j", 12), 4, seed=1).pairs
    orders = reading_orders(pairs, seed=1)
    assert {(e, j) for j, own in orders.items() for e in own} == set(pairs)
    rng = np.random.default_rng(1)
    lots = {j: tuple(rng.permutation(own).tolist()) for j, own in orders.items()}

    def worst(by: dict[str, tuple[str, ...]]) -> float:
        late: dict[str, float] = {}
        for own in by.values():
            for place, entrant in enumerate(own):
                late[entrant] = late.get(entrant, 0) + place - (len(own) - 1) / 2
        return max(map(abs, late.values()))

    assert worst(orders) < worst(lots) / 2
    assert orders == reading_orders(pairs, seed=1)


def test_pairs_set_by_hand_stay_and_the_rest_is_filled():
    """Also when their judges are busier for it; a recused or one too many is refused by name."""
    locked = {("e000", "j001"), ("e005", "j001"), ("e005", "j002")}
    made = assign_judges(names("e", 20), names("j", 6), 3, locked=locked, seed=2)
    assert locked <= set(made.pairs)
    assert max(made.loads.values()) - min(made.loads.values()) <= 1
    with pytest.raises(LockedPair):
        assign_judges(names("e", 20), names("j", 6), 3, locked=locked, recused={("e000", "j001")})
    with pytest.raises(LockedPair):
        assign_judges(names("e", 20), names("j", 6), 1, locked=locked, anchors=["e019"])


def test_anchors_are_marked_by_every_judge_and_join_the_rest():
    """With one judge each, only the anchors make the others comparable."""
    made = assign_judges(names("e", 20), names("j", 5), 1, anchors=["e000", "e001"], seed=0)
    for anchor in ("e000", "e001"):
        assert {j for e, j in made.pairs if e == anchor} == set(names("j", 5))
    rest = [sum(j == judge for e, j in made.pairs if e > "e001") for judge in names("j", 5)]
    assert max(rest) - min(rest) <= 1
    assert strength(made.pairs).parts == 1


def by_county(height: int, width: int, per_entrant: int) -> list[tuple[str, str]]:
    """Thirteen counties, each with a fixed group of judges, as counties are often dealt out."""
    return [
        (name, f"j{(at * 13 // height * per_entrant + more) % width:03d}")
        for at, name in enumerate(names("e", height))
        for more in range(per_entrant)
    ]


def at_random(height: int, width: int, per_entrant: int, seed: int) -> list[tuple[str, str]]:
    rng = np.random.default_rng(seed)
    return [
        (name, f"j{judge:03d}")
        for name in names("e", height)
        for judge in rng.choice(width, per_entrant, replace=False)
    ]


LARGE = pytest.mark.long(
    "scoring/assign/test_strength.py::test_an_assignment_is_never_worse_than_random_or_by_county"
)


@pytest.mark.parametrize(
    ("height", "width", "per_entrant"), [(401, 15, 3), pytest.param(2000, 100, 3, marks=LARGE)]
)
def test_an_assignment_is_never_worse_than_random_or_by_county(
    height: int, width: int, per_entrant: int
):
    """In each promise: loads, judges, parts, sheets that may be lost, precision."""
    pairs = assign_judges(names("e", height), names("j", width), per_entrant, seed=3).pairs
    ours = strength(pairs)
    others = [
        strength(by_county(height, width, per_entrant)),
        *(strength(at_random(height, width, per_entrant, seed)) for seed in range(3)),
    ]
    assert ours.parts == 1
    for other in others:
        assert ours.load_high - ours.load_low <= other.load_high - other.load_low
        assert ours.judges_low >= other.judges_low
        assert ours.may_be_lost >= other.may_be_lost
        assert other.parts > 1 or ours.sed <= other.sed
