"""Who is comparable with whom."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import Rules, compute_standings
from scoring.methods.graph import bridges, components


def sheets(table, marks):
    return compute_standings(table(marks), rules=Rules(official="mean", draws=0)).tally.counted


def test_components_are_named_largest_first(table):
    marks = {"1": {"A": 1}, "2": {"B": 1, "C": 1}, "3": {"C": 1, "D": 1}}
    assert components(sheets(table, marks)) == (
        (("B", "C", "D"), ("2", "3")),
        (("A",), ("1",)),
    )


def test_bridges_are_the_sheets_whose_loss_would_part_the_panel(table):
    marks = {"1": {"A": 1, "B": 1}, "2": {"A": 1, "B": 1, "C": 1}, "3": {"C": 1, "D": 1, "E": 1}}
    assert bridges(sheets(table, marks)) == (("C", "2"), ("C", "3"), ("D", "3"), ("E", "3"))


CELLS = st.sets(st.sampled_from(list(itertools.product("ABCD", "123"))), min_size=1)


@pytest.mark.filterwarnings("default")
@given(CELLS)
def test_a_bridge_is_exactly_a_sheet_whose_loss_adds_a_part(cells):
    import pandas as pd

    frame = pd.DataFrame([{"entrant": e, "judge": j, "score": 1} for e, j in sorted(cells)])
    rules = Rules(official="mean", draws=0)
    whole = compute_standings(frame, rules=rules).tally.counted
    found = set(bridges(whole))

    def parts(kept):
        graph = {**{("e", e): set() for e, _ in cells}, **{("j", j): set() for _, j in cells}}
        for e, j in kept:
            graph["e", e].add(("j", j))
            graph["j", j].add(("e", e))
        seen, count = set(), 0
        for node in graph:
            if node not in seen:
                count += 1
                stack = [node]
                while stack:
                    here = stack.pop()
                    if here not in seen:
                        seen.add(here)
                        stack += graph[here]
        return count

    assert found == {cell for cell in cells if parts(cells - {cell}) > parts(cells)}


def test_connectivity_of_a_complete_panel_is_the_number_of_entrants(table):
    found = compute_standings(table({j: dict.fromkeys("ABCD", 1) for j in "123"})).connectivity
    assert found.algebraic == pytest.approx(4)
    assert (found.fewest, found.mean, found.bridges) == (3, 3, ())
