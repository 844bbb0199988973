"""Seats on which announced and adjusted score differ: by hand, with quotas, at equal scores."""

import pandas as pd

from scoring import Rules, compute_standings, seats_that_differ

RECUSED = {
    "a": {"A": 90, "B": 88, "C": 86, "D": 70},
    "b": {"A": 90, "B": 88, "C": 86, "D": 70},
    "severe": {"A": 70, "C": 66, "D": 50},
}
"""The severe judge takes 20 off everyone but B, whom they may not judge: A is better than B."""


def standings(scores, entrants=None, **rules):
    return compute_standings(scores, entrants=entrants, rules=Rules(**{"draws": 0, **rules}))


def test_a_recusal_from_a_severe_judge_moves_a_seat(table):
    """Means: A 83.33, B 88; adjusted A stands two above B. One seat."""
    scores = table(RECUSED)
    by_adjusted = standings(scores, top=1)
    assert by_adjusted.scores["trimmed"].round(2).to_dict()["A"] == 83.33
    assert seats_that_differ(by_adjusted) == (("A",), ("B",))
    assert seats_that_differ(standings(scores, top=1, official="mean")) == (("B",), ("A",))
    assert by_adjusted.moved_by_recusals.gained == ("A",)
    assert by_adjusted.moved_by_recusals.seats == 1


def test_with_the_same_list_both_ways_nothing_differs(table):
    """A and B are in, whichever comes first."""
    found = standings(table(RECUSED), top=2)
    assert seats_that_differ(found) == ((), ())
    assert found.moved_by_recusals.seats == 0


def test_a_seat_reserved_for_a_group_is_no_difference(table):
    """D is in by its county's guarantee under either score, C is out under either."""
    groups = pd.DataFrame({"entrant": list("ABCD"), "group": ["x", "x", "x", "y"]})
    found = standings(table(RECUSED), groups, top=3, groups={"floors": 1})
    assert found.ranking.selection.selected == {0, 1, 3}
    assert seats_that_differ(found) == ((), ())


def test_equal_scores_leave_the_seat_where_it_is(table):
    """Both judges give both 80: the lot gave the seat, and the other score asks for no other."""
    scores = table({j: {"A": 80, "B": 80, "C": 70} for j in "12"})
    for seed in ("1", "2", "3", "4"):
        found = standings(scores, top=1, keys=("lots",), seed=seed)
        assert len(found.ranking.selection.selected) == 1
        assert seats_that_differ(found) == ((), ())
    all_in = standings(scores, top=1, at_cut="extend")
    assert len(all_in.ranking.selection.selected) == 2
    assert seats_that_differ(all_in) == ((), ())


def test_who_waits_for_a_ruling_has_lost_nothing(table):
    """Nobody has the seat yet."""
    scores = table({j: {"A": 80, "B": 80, "C": 70} for j in "12"})
    found = standings(scores, top=1, keys=("ruling",))
    assert found.ranking.selection.waiting == {0, 1}
    assert seats_that_differ(found) == ((), ())
