"""Situations that have tripped such software before, one test each."""

import numpy as np
import pandas as pd
import pytest

from scoring import Rules, compute_standings
from scoring.errors import DisconnectedPanel


def test_a_judge_who_gives_one_mark_to_all_moves_nobody(table):
    """A judge without spread contributes zero, not infinity."""
    rows = {"1": {"A": 9, "B": 7, "C": 5}, "2": {"A": 8, "B": 7, "C": 6}}
    with_constant = {**rows, "3": dict.fromkeys("ABC", 4)}
    for method in ("least_squares", "zscore", "minmax", "rank", "huber", "precision"):
        rules = Rules(official=method, draws=0)
        plain, bored = (
            compute_standings(table(r), rules=rules).entrants for r in (rows, with_constant)
        )
        assert np.isfinite(bored["unrounded"]).all()
        assert plain["place"].to_dict() == bored["place"].to_dict()


def test_a_judge_with_one_sheet_changes_no_adjusted_score(table):
    rows = {"1": {"A": 9, "B": 7, "C": 5}, "2": {"A": 8, "B": 7, "C": 6}}
    plain = compute_standings(table(rows))
    guest = compute_standings(table({**rows, "3": {"A": 1}}))
    assert (plain.entrants["adjusted"] == guest.entrants["adjusted"]).all()
    assert np.isnan(guest.judges.loc["3", "severity"])
    assert guest.judges.loc["3", "n"] == 1
    assert "one_sheet_judge" in [caution.code for caution in guest.warnings]


def test_an_entrant_without_a_fitted_sheet_is_listed_unranked(table):
    rows = {"1": {"A": 9, "B": 7}, "2": {"A": 8, "B": 7}, "3": {"C": 10}}
    standings = compute_standings(table(rows))
    assert pd.isna(standings.entrants.loc["C", "rank"])
    assert not standings.entrants.loc["C", "selected"]
    assert standings.entrants.loc["C", "mean"] == 10
    assert "unfitted_entrant" in [caution.code for caution in standings.warnings]


def test_an_entrant_with_one_judge_is_ranked_with_a_wider_error(table):
    rows = {"1": {"A": 9, "B": 7, "C": 5}, "2": {"A": 8, "B": 7, "C": 5}, "3": {"A": 7, "B": 5}}
    entrants = compute_standings(table({**rows, "1": {**rows["1"], "D": 6}})).entrants
    assert entrants.loc["D", "n_judges"] == 1
    assert entrants.loc["D", "adjusted_se"] > entrants.loc["A", "adjusted_se"]


def test_scores_may_leave_the_range_after_adjustment_and_are_shown(table):
    """The strict judge alone saw D, and gave the maximum."""
    rows = {
        "1": {"A": 90, "B": 80, "C": 70},
        "2": {"A": 60, "B": 50, "C": 40, "D": 100},
        "3": {"A": 90, "B": 80, "C": 70},
    }
    standings = compute_standings(table(rows))
    assert standings.entrants.loc["D", "adjusted"] == pytest.approx(120)
    assert str(standings.entrants.loc["D", "official"]) == "120.00"


def test_a_reverse_marking_judge_gets_no_weight_in_precision(panel):
    scores = panel(30, 8, seed=7)
    judge = sorted(scores["judge"].unique())[0]
    own = scores["judge"] == judge
    scores.loc[own, "score"] = 100 - scores.loc[own, "score"]
    standings = compute_standings(scores, rules=Rules(draws=0))
    assert standings.tally.precision.scale.min() == 0
    assert standings.tally.precision.converged


def test_no_signal_at_all_is_computed_without_failure():
    random = np.random.default_rng(0)
    rows = [
        {"entrant": f"{i:02}", "judge": f"{j}", "score": int(random.integers(1, 11))}
        for i in range(30)
        for j in range(6)
    ]
    standings = compute_standings(pd.DataFrame(rows))
    assert np.isfinite(standings.entrants[["adjusted", "precision", "p_top"]]).all(axis=None)
    assert standings.tally.precision.converged


def test_twenty_one_identical_sheets(table):
    """No residual at all: errors are exactly zero, everybody is tied, nothing overflows."""
    rows = {f"{j:02}": dict.fromkeys("ABC", 80) for j in range(21)}
    standings = compute_standings(table(rows), rules=Rules(top=2))
    assert (standings.entrants["adjusted"] == 80).all()
    assert (standings.entrants["adjusted_se"] == 0).all()
    assert standings.entrants["rank"].tolist() == [1, 1, 1]
    assert standings.cut.decisions[-1].status == "awaiting_ruling"
    assert standings.cut.decisions[-1].pair.p == 1


def test_with_no_more_entrants_than_seats_all_are_in(table):
    rows = {"1": {"A": 9, "B": 7}, "2": {"A": 8, "B": 7}}
    for top in (2, 13):
        standings = compute_standings(table(rows), rules=Rules(top=top))
        assert standings.entrants["selected"].all()
        assert (standings.entrants["p_top"] == 1).all()
        assert standings.cut.zone == ()


def test_without_degrees_of_freedom_errors_are_missing(table):
    rows = {"1": {"A": 9, "B": 7}, "2": {"B": 7, "C": 5}}
    standings = compute_standings(table(rows))
    assert standings.entrants["adjusted_se"].isna().all()
    assert standings.entrants["rank"].notna().all()
    assert "no_degrees_of_freedom" in [caution.code for caution in standings.warnings]


def test_a_panel_that_falls_apart_has_no_common_ranking(table):
    rows = {
        "1": {"A": 9, "B": 7},
        "2": {"A": 8, "B": 7},
        "3": {"C": 9, "D": 7},
        "4": {"C": 5, "D": 6},
    }
    with pytest.raises(DisconnectedPanel) as caught:
        compute_standings(table(rows))
    assert caught.value.values["n"] == 2
    assert set(caught.value.values["components"]) == {
        (("A", "B"), ("1", "2")),
        (("C", "D"), ("3", "4")),
    }
    by_mean = compute_standings(table(rows), rules=Rules(official="mean"))
    assert by_mean.cut.H == 0
    assert "disconnected" in [caution.code for caution in by_mean.warnings]


def test_while_only_the_first_entrant_has_been_scored_nothing_fails(table):
    standings = compute_standings(table({str(j): {"A": 80 + j} for j in range(9)}))
    assert pd.isna(standings.entrants.loc["A", "rank"])
    assert standings.entrants.loc["A", "trimmed"] == 84


def test_changed_weights_give_new_standings_and_leave_the_old():
    rows = [
        {"entrant": e, "judge": j, "criterion": c, "score": s}
        for e, marks in {"A": (9, 5), "B": (5, 9)}.items()
        for j in "12"
        for c, s in zip("ab", marks, strict=True)
    ]
    rubric = pd.DataFrame({"criterion": ["a", "b"], "weight": ["0.6", "0.4"], "max": 10})
    old = compute_standings(pd.DataFrame(rows), rubric)
    new = compute_standings(pd.DataFrame(rows), rubric.assign(weight=["0.4", "0.6"]))
    assert list(old.entrants.index) == ["A", "B"]
    assert list(new.entrants.index) == ["B", "A"]


def test_whoever_is_not_eligible_is_shown_but_not_ranked(panel):
    scores = panel(6, 5, seed=1)
    names = sorted(scores["entrant"].unique())
    listed = pd.DataFrame({"entrant": names, "eligible": [n != names[0] for n in names]})
    standings = compute_standings(scores, entrants=listed, rules=Rules(top=3))
    row = standings.entrants.loc[names[0]]
    assert pd.isna(row["rank"])
    assert np.isfinite(row["mean"])
    without = compute_standings(scores[scores["entrant"] != names[0]], rules=Rules(top=3))
    assert standings.cut.H == without.cut.H


def test_adding_a_constant_to_one_judges_marks_changes_no_difference(panel):
    scores = panel(12, 6, missing=0.3, seed=9)
    moved = scores.copy()
    moved.loc[moved["judge"] == moved.loc[0, "judge"], "score"] += 17
    a, b = (
        compute_standings(s, rules=Rules(draws=0)).entrants["adjusted"] for s in (scores, moved)
    )
    change = (b - a).sort_index()
    assert change.max() - change.min() < 1e-9


def test_a_duplicate_judge_does_not_raise_the_error_of_a_difference(panel):
    scores = panel(12, 6, missing=0.2, seed=9)
    twin = scores[scores["judge"] == scores.loc[0, "judge"]].assign(judge="twin")
    one, two = (compute_standings(s).cut.sed for s in (scores, pd.concat([scores, twin])))
    assert two <= one


def test_totals_below_zero_are_cautioned(table):
    """A minus is a slip of the hand more often than a score."""
    standings = compute_standings(table({j: {"A": 9, "B": -9} for j in "12"}))
    found = {caution.code: caution.values for caution in standings.warnings}
    assert found["below_zero"] == {"lowest": -9}
