"""Judges given to entrants: evenly, never against a recusal, and so that all hangs together."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse.csgraph import connected_components, maximum_flow

from scoring.assign.assignment import Assignment, assign_judges
from scoring.errors import AssignmentError, CannotBalance, CannotConnect, TooFewJudges


def names(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{at:03d}" for at in range(count)]


def hangs_together(found: Assignment) -> bool:
    """Whether every entrant is reached from every other through shared judges."""
    entrants = {e: at for at, e in enumerate(sorted({e for e, _ in found.pairs}))}
    judges = {j: at for at, j in enumerate(sorted({j for _, j in found.pairs}))}
    ends = [(entrants[e], len(entrants) + judges[j]) for e, j in found.pairs]
    size = len(entrants) + len(judges)
    graph = sparse.coo_matrix((np.ones(len(ends)), tuple(zip(*ends, strict=True))), (size, size))
    return bool(connected_components(graph, directed=False)[0] == 1)


def can_be_even(free: np.ndarray, per_entrant: int) -> bool:
    """By maximum flow: entrants take ``per_entrant``, judges give the floor or one more."""
    height, width = free.shape
    floor, spare = divmod(height * per_entrant, width)
    source, extra, sink = height + width, height + width + 1, height + width + 2
    flow = np.zeros((sink + 1, sink + 1), dtype=np.int32)
    flow[source, :height] = per_entrant
    flow[:height, height : height + width] = free
    flow[height : height + width, sink] = floor
    flow[height : height + width, extra] = 1
    flow[extra, sink] = spare
    reached = maximum_flow(sparse.csr_matrix(flow), source, sink).flow_value
    return bool(reached == height * per_entrant)


def check(found: Assignment, height: int, width: int, per_entrant: int, recused: set) -> None:
    """Every rule an assignment keeps."""
    assert len(set(found.pairs)) == len(found.pairs) == height * per_entrant
    counts = {e: sum(entrant == e for entrant, _ in found.pairs) for e in names("e", height)}
    assert set(counts.values()) == {per_entrant}
    assert set(found.loads) == set(names("j", width))
    assert max(found.loads.values()) - min(found.loads.values()) <= 1
    assert not recused & set(found.pairs)
    assert hangs_together(found)
    assert 0 < found.connectivity <= 1 + 1e-9


@st.composite
def tasks(draw: st.DrawFn) -> tuple[int, int, int, set[tuple[str, str]]]:
    height, width = draw(st.integers(1, 12)), draw(st.integers(1, 7))
    per_entrant = draw(st.integers(1, width))
    pair = st.tuples(st.sampled_from(names("e", height)), st.sampled_from(names("j", width)))
    return height, width, per_entrant, draw(st.sets(pair, max_size=height * width // 2))


@given(tasks(), st.integers(0, 5))
def test_an_assignment_keeps_every_rule_or_is_refused_for_a_true_reason(task, seed: int):
    """Even, connected, no recusal broken; a refusal names what a maximum flow confirms."""
    height, width, per_entrant, recused = task
    entrants, judges = names("e", height), names("j", width)
    free = np.array([[(e, j) not in recused for j in judges] for e in entrants])
    try:
        found = assign_judges(entrants, judges, per_entrant, recused=recused, seed=seed)
    except TooFewJudges:
        assert free.sum(axis=1).min() < per_entrant
    except CannotBalance:
        assert not can_be_even(free, per_entrant)
    except CannotConnect:
        assert free.sum(axis=1).min() >= per_entrant
    else:
        check(found, height, width, per_entrant, recused)


@given(st.integers(1, 15), st.integers(1, 8), st.data())
def test_without_recusals_it_is_refused_only_where_the_marks_are_too_few(height, width, data):
    """A graph of n nodes hangs together by n - 1 edges: with as many, an assignment is found."""
    per_entrant = data.draw(st.integers(1, width))
    sheets = height * per_entrant
    enough = sheets >= height + min(width, sheets) - 1
    try:
        found = assign_judges(names("e", height), names("j", width), per_entrant)
    except CannotConnect:
        assert not enough
    else:
        assert enough
        check(found, height, width, per_entrant, set())


@cache
def in_order() -> Assignment:
    """Twenty entrants and six judges in the order of their names."""
    return assign_judges(names("e", 20), names("j", 6), 3, seed=4)


@given(st.permutations(names("e", 20)), st.permutations(names("j", 6)))
def test_the_order_of_the_lists_changes_nothing(entrants: list[str], judges: list[str]):
    """The same people and the same seed give the same assignment."""
    assert assign_judges(entrants, judges, 3, seed=4) == in_order()


def test_another_seed_gives_another_assignment():
    """The seed is what a draw adds."""
    first, second = (assign_judges(names("e", 20), names("j", 6), 3, seed=s) for s in (1, 2))
    assert first != second


WIDE = pytest.mark.long(
    "scoring/assign/test_assignment.py::test_the_desk_review_of_401_is_well_spread"
)


@pytest.mark.parametrize(
    ("width", "per_entrant", "least"), [(15, 3, 0.95), pytest.param(30, 5, 0.95, marks=WIDE)]
)
def test_the_desk_review_of_401_is_well_spread(width: int, per_entrant: int, least: float):
    """Any two judges share about as many entrants: 401·3·2/(15·14) = 11.5, so 10 to 13."""
    found = assign_judges(names("e", 401), names("j", width), per_entrant, seed=2022)
    check(found, 401, width, per_entrant, set())
    assert found.connectivity > least
    share = 401 * per_entrant * (per_entrant - 1) / (width * (width - 1))
    assert share - 3 < found.shared_low <= found.shared_high < share + 3


def test_recusals_of_whole_counties_are_respected_and_the_work_stays_even():
    """Five of 15 judges may not mark their county's thirty entrants each."""
    recused = {(f"e{30 * j + at:03d}", f"j{j:03d}") for j in range(5) for at in range(30)}
    found = assign_judges(names("e", 401), names("j", 15), 3, recused=recused, seed=1)
    check(found, 401, 15, 3, recused)


def test_a_complete_panel_is_everybody_for_everyone():
    """As many judges each as there are: nothing to choose, perfectly spread."""
    found = assign_judges(names("e", 26), names("j", 7), 7)
    assert found.connectivity == pytest.approx(1)
    assert found.shared_low == found.shared_high == 26


def test_an_entrant_whom_nearly_all_may_not_mark_is_named():
    """Two of four judges left where three are needed."""
    recused = {("e002", "j000"), ("e002", "j001")}
    with pytest.raises(TooFewJudges) as refused:
        assign_judges(names("e", 5), names("j", 4), 3, recused=recused)
    assert refused.value.values == {"entrant": "e002", "n": 2, "needs": 3}


def test_a_judge_recused_for_nearly_all_keeps_the_work_from_being_even():
    """One may mark a single entrant of nine, the others would have six or seven."""
    recused = {(e, "j000") for e in names("e", 9)[1:]}
    with pytest.raises(CannotBalance) as refused:
        assign_judges(names("e", 9), names("j", 3), 2, recused=recused)
    assert "j000" in refused.value.values["judges"]


def test_two_worlds_that_recusals_keep_apart_are_refused():
    """Judges of the east may not mark the west, nor the other way round."""
    east, west = (names("e", 8)[:4], names("j", 4)[:2]), (names("e", 8)[4:], names("j", 4)[2:])
    recused = {(e, j) for e in east[0] for j in west[1]} | {
        (e, j) for e in west[0] for j in east[1]
    }
    with pytest.raises(CannotConnect):
        assign_judges(names("e", 8), names("j", 4), 2, recused=recused)


@pytest.mark.parametrize("per_entrant", [0, -1])
def test_nobody_is_no_panel(per_entrant: int):
    """An entrant without a judge cannot be ranked."""
    with pytest.raises(AssignmentError):
        assign_judges(names("e", 3), names("j", 3), per_entrant)
