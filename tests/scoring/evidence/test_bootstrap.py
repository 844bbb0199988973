"""Judges drawn again: each draw is the fit of the drawn judges' sheets."""

import numpy as np
import pandas as pd
import pytest

from scoring import Rules, compute_standings
from scoring.evidence.bootstrap import judge_bootstrap


def drawn_again(scores, weights, judges):
    """The scores with each judge as often as drawn."""
    parts = [
        scores[scores["judge"] == judge].assign(judge=f"{judge}-{copy}")
        for judge, times in zip(judges, weights, strict=True)
        for copy in range(int(times))
    ]
    return pd.concat(parts)


@pytest.mark.parametrize("missing", [0, 0.3])
def test_each_draw_is_the_fit_of_the_judges_drawn(panel, missing):
    scores = panel(12, 6, missing=missing, seed=3)
    tally = compute_standings(scores, rules=Rules(draws=0)).tally
    found = judge_bootstrap(tally.fit.design, tally.fitted.totals, draws=8, seed=5)
    weights = np.random.RandomState(5).multinomial(6, np.full(6, 1 / 6), size=8)
    for row, times in zip(found, weights, strict=True):
        again = drawn_again(scores, times, tally.sheets.judges)
        adjusted = compute_standings(again, rules=Rules(draws=0)).entrants["adjusted"].sort_index()
        there = ~np.isnan(row)
        ids = [e for e, yes in zip(tally.sheets.entrants, there, strict=True) if yes]
        gaps = row[there] - adjusted[ids].to_numpy()
        assert np.ptp(gaps) < 1e-7


def test_a_draw_that_falls_apart_is_missing(table):
    scores = table(
        {"1": {"A": 9, "B": 7}, "2": {"C": 9, "D": 8}, "3": {"A": 8, "B": 8, "C": 7, "D": 5}}
    )
    tally = compute_standings(scores).tally
    found = judge_bootstrap(tally.fit.design, tally.fitted.totals, draws=60, seed=1)
    weights = np.random.RandomState(1).multinomial(3, np.full(3, 1 / 3), size=60)
    apart = (weights[:, 0] > 0) & (weights[:, 1] > 0) & (weights[:, 2] == 0)
    assert apart.any()
    assert np.isnan(found[apart]).all()
    assert not np.isnan(found[weights[:, 2] > 0]).any()
