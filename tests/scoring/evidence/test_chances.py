"""Chances of belonging and rank intervals, against the truth of invented contests."""

import numpy as np
import pandas as pd
import pytest

from scoring import Rules, compute_standings
from scoring.evidence.chances import _shortest
from scoring.evidence.rank_sets import rank_sets


def invented(entrants, judges, seed, noise=6.0):
    """Totals of a complete panel, and the true ranks by entrant."""
    random = np.random.default_rng(seed)
    quality = random.normal(70, 5, entrants)
    marks = quality[:, None] + random.normal(0, 4, judges)
    marks = marks + random.normal(0, noise, (entrants, judges))
    rows = [
        {"entrant": f"E{i:02}", "judge": f"J{j}", "score": round(float(marks[i, j]), 2)}
        for i in range(entrants)
        for j in range(judges)
    ]
    truth = pd.Series(quality, [f"E{i:02}" for i in range(entrants)]).rank(ascending=False)
    return pd.DataFrame(rows), truth


def test_rank_intervals_hold_the_true_rank_as_often_as_they_say():
    """Of each entrant alone, 95 in 100: of 20 contests of 25 entrants, .93 to .98."""
    held, widths = [], []
    for seed in range(20):
        scores, truth = invented(25, 8, seed)
        found = compute_standings(scores).entrants.reindex(truth.index)
        held.append(((found["rank_low"] <= truth) & (truth <= found["rank_high"])).mean())
        widths.append((found["rank_high"] - found["rank_low"]).mean())
    assert 0.93 <= np.mean(held) <= 0.98
    sets = compute_standings(scores).rank_sets
    assert np.mean(widths) < 0.7 * (sets["high"] - sets["low"]).mean()


def test_a_rank_interval_is_the_shortest_that_holds_95_draws_in_100():
    """The first of all: equal tails of 25 would need rank 3, which 30 of 1,000 draws have."""
    drawn = np.sort(np.r_[np.full(930, 1), np.full(40, 2), np.full(30, 3)])
    symmetric = np.repeat(np.arange(1, 11), 100)
    low, high = _shortest(np.stack([drawn, symmetric]))
    assert (low[0], high[0]) == (1, 2)
    assert (low[1], high[1]) == (1, 10)


def test_chances_are_as_exact_as_they_are_shown():
    """In steps of 5 %: another seed moves none by more than a few standard errors of .007."""
    scores, _ = invented(30, 6, 1)
    drawn = [compute_standings(scores, rules=Rules(draws=20_000 + d)).p_top for d in range(6)]
    assert np.std(drawn, axis=0, ddof=1).max() < 0.014
    assert sum(drawn[0]) == pytest.approx(13)


def test_more_draws_than_are_enough_are_not_drawn():
    scores, _ = invented(30, 6, 1)
    few = compute_standings(scores, rules=Rules(draws=100)).p_top
    assert set((few * 100).round(9) % 1) == {0.0}
    assert compute_standings(scores, rules=Rules(draws=0)).entrants["rank_low"].isna().all()


def test_those_who_belong_are_the_sum_of_their_chances():
    scores, _ = invented(30, 6, 1)
    standings = compute_standings(scores, rules=Rules(top=5))
    chosen = standings.entrants[standings.entrants["selected"]]
    assert standings.cut.belonging == pytest.approx(chosen["p_top"].sum())
    assert 2 < standings.cut.belonging < 5
    assert np.isnan(compute_standings(scores, rules=Rules(draws=0)).cut.belonging)


def test_equal_entrants_share_their_ranks(table):
    """Without any noise B and C are equal: either may be second, neither first."""
    marks = {j: {"A": 90, "B": 80, "C": 80, "D": 10} for j in "123"}
    entrants = compute_standings(table(marks), rules=Rules(top=1)).entrants
    spans = entrants[["rank_low", "rank_high"]].loc[list("ABCD")].to_numpy().tolist()
    assert spans == [[1, 1], [2, 3], [2, 3], [4, 4]]


def test_few_sheets_widen_simultaneous_intervals():
    """Six degrees of freedom know their own error badly: plain normals are too narrow."""
    random = np.random.default_rng(4)
    scores, covariance = np.sort(random.normal(0, 3, 12)), np.eye(12)
    plain = rank_sets(scores, covariance, seed=1)
    wide = rank_sets(scores, covariance, seed=1, df=6)
    assert (wide.high - wide.low).sum() > (plain.high - plain.low).sum()
    assert (wide.low <= plain.low).all()
    assert (plain.high <= wide.high).all()
