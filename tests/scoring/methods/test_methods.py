"""Each method against sums done by hand, and the laws every method keeps."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import METHODS, Rules, compute_standings
from scoring.methods.averages import majority_value

FIVE = {
    "1": {"A": 90, "B": 80, "C": 70},
    "2": {"A": 91, "B": 82, "C": 71},
    "3": {"A": 92, "B": 81, "C": 75},
    "4": {"A": 93, "B": 88, "C": 74},
    "5": {"A": 60, "B": 83, "C": 76},
}


def official(scores, **rules):
    standings = compute_standings(scores, rules=Rules(**rules))
    return {e: str(v) for e, v in standings.entrants["official"].items()}


def test_mean(table):
    assert official(table(FIVE), official="mean") == {"A": "85.20", "B": "82.80", "C": "73.20"}


def test_trimmed_drops_one_highest_and_one_lowest(table):
    assert official(table(FIVE), official="trimmed") == {"A": "91.00", "B": "82.00", "C": "73.33"}


def test_trimmed_drops_one_copy_of_a_tie(table):
    scores = table({str(j): {"A": s, "B": 50} for j, s in enumerate([90, 90, 90, 80, 70])})
    assert official(scores, official="trimmed")["A"] == "86.67"


def test_too_few_sheets_to_trim_give_the_plain_mean_flagged(table):
    four = {judge: given for judge, given in FIVE.items() if judge != "5"}
    standings = compute_standings(table(four), rules=Rules(official="trimmed"))
    assert str(standings.entrants.loc["A", "official"]) == "91.50"
    assert not standings.entrants["comparable"].any()
    assert "not_comparable" in [caution.code for caution in standings.warnings]


def test_too_few_sheets_to_trim_by_criterion_give_the_mean_of_the_rounded_totals():
    """Marks of 3: 1/3, 2/3, 2/3 and 2/3 of 100 are 33.33 and three times 66.67: mean 58.335.

    The unrounded marks would give 58.3333; what was shown on stage must make the score.
    """
    rows = [("A", str(j), "a", s) for j, s in enumerate([1, 2, 2, 2])]
    scores = pd.DataFrame(rows, columns=["entrant", "judge", "criterion", "score"])
    rubric = pd.DataFrame({"criterion": ["a"], "max": [3]})
    rules = Rules(official="trimmed", trim_level="criterion")
    standings = compute_standings(scores, rubric, rules=rules)
    assert str(standings.entrants.loc["A", "official"]) == "58.34"
    assert standings.entrants.loc["A", "trimmed"] == standings.entrants.loc["A", "mean"]


def test_trimming_by_criterion_drops_marks_not_sheets():
    """By hand, with just enough sheets: (10 + 11 + 11) / 3, and 5 + (3 + 6 + 6) / 3."""
    marks = {"a": [10, 1, 5, 5, 5], "b": [2, 9, 6, 6, 3]}
    rows = [
        {"entrant": "A", "judge": str(j), "criterion": c, "score": s}
        for c, given in marks.items()
        for j, s in enumerate(given)
    ]
    rubric = pd.DataFrame({"criterion": ["a", "b"], "max": 10})
    rules = {"official": "trimmed", "scale_max": 20}
    by_total = compute_standings(pd.DataFrame(rows), rubric, rules=Rules(**rules))
    by_mark = compute_standings(
        pd.DataFrame(rows), rubric, rules=Rules(**rules, trim_level="criterion")
    )
    assert str(by_total.entrants.loc["A", "official"]) == "10.67"
    assert str(by_mark.entrants.loc["A", "official"]) == "10.00"
    assert by_mark.entrants.loc["A", "trimmed"] == 5 + 5


def test_median_is_the_lower_one(table):
    scores = table({"1": {"A": 70}, "2": {"A": 80}, "3": {"A": 90}, "4": {"A": 95}})
    assert official(scores, official="median") == {"A": "80.00"}


def test_majority_judgment_takes_medians_away_one_by_one():
    assert majority_value([1, 2, 3, 4, 5]) == (3, 2, 4, 1, 5)


def test_equal_medians_are_placed_by_majority_judgment(table):
    """Balinski & Laraki: A's medians are 80, 79, 81; B's 80, 78, 82: A goes first."""
    scores = table({"1": {"A": 79, "B": 78}, "2": {"A": 80, "B": 80}, "3": {"A": 81, "B": 82}})
    entrants = compute_standings(scores, rules=Rules(official="median", top=1)).entrants
    assert entrants["rank"].tolist() == [1, 1]
    assert entrants["place"].to_dict() == {"A": 1, "B": 2}
    assert entrants["decided_by"].to_dict() == dict.fromkeys("AB", "majority_judgment")


def test_clip_pulls_marks_to_the_mean_and_rounds_them(table):
    """Mean 85.2: 60 becomes 82.2, the rest 88.2: (4 · 88.2 + 82.2) / 5."""
    scores = table(FIVE)
    assert official(scores, official="clip", clip=3)["A"] == "87.00"


def test_clip_rounds_each_mark_half_up(table):
    """Mean 10.005: the bounds 9.005 and 11.005 become 9.01 and 11.01."""
    scores = table({"1": {"A": "8.00"}, "2": {"A": "12.01"}})
    assert official(scores, official="clip", clip=1)["A"] == "10.01"


def test_zscore_minmax_and_rank_by_hand(table):
    scores = table({"1": {"A": 10, "B": 20, "C": 30}, "2": {"A": 7, "B": 8, "C": 9}})
    assert official(scores, official="zscore") == {"A": "-1.00", "B": "0.00", "C": "1.00"}
    assert official(scores, official="minmax") == {"A": "0.00", "B": "50.00", "C": "100.00"}
    assert official(scores, official="rank") == {"A": "0.00", "B": "50.00", "C": "100.00"}


def test_least_squares_gives_back_what_a_strict_judge_took(table):
    """Judge 2 is ten points stricter; whoever met only that judge loses nothing."""
    scores = table(
        {
            "1": {"A": 80, "B": 70, "C": 60},
            "2": {"B": 60, "C": 50, "D": 70},
            "3": {"A": 80, "D": 80},
        }
    )
    adjusted = compute_standings(scores).entrants["adjusted"]
    assert adjusted.diff().abs().max() > 0
    assert adjusted["A"] == pytest.approx(adjusted["D"])
    assert adjusted["A"] - adjusted["B"] == pytest.approx(10)


@pytest.mark.parametrize("judges", range(2, 31))
def test_on_a_complete_panel_adjusted_is_the_mean(judges):
    """To 1e-10 for every size: a pseudo-inverse with its default cutoff was 18.6 points off."""
    random = np.random.default_rng(judges)
    marks = random.integers(0, 101, size=(20, judges))
    rows = [
        {"entrant": f"{i:02}", "judge": f"{j:02}", "score": int(marks[i, j])}
        for i in range(20)
        for j in range(judges)
    ]
    entrants = compute_standings(pd.DataFrame(rows), rules=Rules(draws=0)).entrants.sort_index()
    assert np.abs(entrants["adjusted"].to_numpy() - marks.mean(axis=1)).max() < 1e-10


def test_huber_is_least_squares_where_no_mark_is_rogue(table):
    scores = table({"1": {"A": 80, "B": 70}, "2": {"A": 81, "B": 71}, "3": {"A": 82, "B": 72}})
    entrants = compute_standings(scores, rules=Rules(official="huber")).entrants
    assert entrants["unrounded"].tolist() == pytest.approx(entrants["adjusted"].tolist())


def test_huber_moves_less_than_least_squares_under_one_rogue_mark(panel):
    scores = panel(12, 8, seed=3)
    rogue = scores.copy()
    rogue.loc[0, "score"] = 0
    victim = rogue.loc[0, "entrant"]
    loss = {}
    for method in ("least_squares", "huber"):
        before, after = (
            compute_standings(s, rules=Rules(official=method, draws=0)).entrants["unrounded"]
            for s in (scores, rogue)
        )
        loss[method] = before[victim] - after[victim]
    assert loss["huber"] < loss["least_squares"] / 2


def scored(scores, method):
    rules = Rules(official=method, clip=10, draws=0) if METHODS[method].may_be_official else None
    return compute_standings(scores, rules=rules or Rules(draws=0)).entrants


EVERY = [name for name, method in METHODS.items() if method.may_be_official]


@pytest.mark.parametrize("method", EVERY)
def test_the_order_of_the_rows_is_irrelevant_to_the_last_byte(method, panel):
    scores = panel(9, 6, missing=0.2, seed=5)
    shuffled = scores.sample(frac=1, random_state=1)
    assert scored(scores, method).to_csv() == scored(shuffled, method).to_csv()


@pytest.mark.parametrize("method", EVERY)
def test_whoever_has_no_sheet_stays_missing(method, panel):
    scores = panel(6, 5, seed=2)
    listed = pd.DataFrame({"entrant": [*sorted(scores["entrant"].unique()), "nobody"]})
    rules = Rules(official=method, clip=10, draws=0)
    entrants = compute_standings(scores, entrants=listed, rules=rules).entrants
    assert entrants.loc["nobody", "official"] is None
    assert entrants["official"].notna().sum() == 6


@pytest.mark.parametrize("method", EVERY)
def test_a_deduction_is_taken_after_the_score_is_made(method, panel):
    scores = panel(6, 6, seed=4)
    first = sorted(scores["entrant"].unique())[0]
    rules = Rules(official=method, clip=10, draws=0)
    free = compute_standings(scores, rules=rules).entrants
    fined = compute_standings(
        scores, entrants=deducted(scores, {first: "1.5"}), rules=rules
    ).entrants
    for column in ("unrounded", "mean", "trimmed", "adjusted", "precision"):
        gap = free[column] - fined[column]
        assert gap[first] == pytest.approx(1.5)
        assert gap.drop(first).abs().max() < 1e-12


def deducted(scores, costs):
    entrants = sorted(scores["entrant"].unique())
    return pd.DataFrame({"entrant": entrants, "deduction": [costs.get(e, 0) for e in entrants]})


@given(st.lists(st.integers(0, 6), min_size=2, max_size=30))
def test_ranks_are_1_2_2_4(marks):
    """One more than how many stand strictly higher; tied exactly where equal."""
    rows = [
        {"entrant": f"{i:02}", "judge": j, "score": mark}
        for i, mark in enumerate(marks)
        for j in "ab"
    ]
    entrants = compute_standings(
        pd.DataFrame(rows), rules=Rules(official="mean", draws=0)
    ).entrants.sort_index()
    expected = [1 + sum(other > mark for other in marks) for mark in marks]
    assert entrants["rank"].tolist() == expected
    assert entrants["tied"].tolist() == [marks.count(mark) > 1 for mark in marks]


def test_ties_are_decided_on_the_published_score(table):
    """90.004 and 89.996 are both 90.00: a tie, whatever the floats say."""
    scores = table({"1": {"A": "90.00", "B": "89.99"}, "2": {"A": "90.01", "B": "90.00"}})
    rules = Rules(official="mean", decimals=1, draws=0)
    assert compute_standings(scores, rules=rules).entrants["rank"].tolist() == [1, 1]


@pytest.mark.parametrize("method", ["zscore", "minmax", "rank"])
def test_unfair_methods_always_warn(method, panel):
    standings = compute_standings(panel(5, 5, seed=1), rules=Rules(official=method, draws=0))
    assert "unfair_method" in [caution.code for caution in standings.warnings]


@pytest.mark.parametrize("method", ["mean", "trimmed", "median"])
def test_means_warn_on_incomplete_panels_only(method, panel):
    rules = Rules(official=method, draws=0)
    for missing, warned in ((0, False), (0.2, True)):
        standings = compute_standings(panel(8, 8, missing=missing, seed=1), rules=rules)
        assert ("unfair_method" in [c.code for c in standings.warnings]) is warned
