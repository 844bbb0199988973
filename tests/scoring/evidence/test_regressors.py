"""Home differences, drift and running order, where the truth is known."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from scoring import Rules, compute_standings, home_differences
from scoring.evidence.judges import judge_frame
from scoring.evidence.regressors import partialled, running_order
from scoring.methods.tally import take_tally


@cache
def contest(seed, *, judges=3, home=0.0, drift=0.0, common=0.0, entrants=30):
    """Complete panel; judge 0 gives `home` points more to its six own, and drifts."""
    random = np.random.default_rng(seed)
    marks = random.normal(70, 6, entrants)[:, None] + random.normal(0, 3, judges)
    marks = marks + random.normal(0, 3, (entrants, judges)) + common * np.arange(entrants)[:, None]
    marks[:6, 0] += home
    marks[:, 0] += drift * np.arange(entrants)
    names = [f"E{i:02}" for i in range(entrants)]
    scores = pd.DataFrame(
        {
            "entrant": names * judges,
            "judge": np.repeat([f"J{j}" for j in range(judges)], entrants),
            "score": marks.round(2).T.ravel(),
        }
    )
    listed = pd.DataFrame({"entrant": names, "group": ["h"] * 6 + ["o"] * (entrants - 6)})
    listed["order"] = np.arange(entrants)
    return take_tally(scores, None, listed, None, Rules(draws=0))


def test_a_home_difference_is_found_in_full_and_its_interval_holds_it():
    """Six points: plain residuals of three judges would have kept four of them."""
    found = [home_differences(contest(seed, home=6), {"J0": "h"})["J0"] for seed in range(60)]
    assert np.mean([one.difference for one in found]) == pytest.approx(6, abs=0.6)
    assert np.mean([one.low <= 6 <= one.high for one in found]) >= 0.87


def test_without_a_home_difference_zero_is_inside():
    found = [home_differences(contest(seed), {"J1": "h"})["J1"] for seed in range(60)]
    assert np.mean([one.low <= 0 <= one.high for one in found]) >= 0.87


def test_drift_is_found_in_full():
    judges = [judge_frame(contest(seed, drift=0.3)).loc["J0"] for seed in range(60)]
    assert np.mean([one["drift"] for one in judges]) == pytest.approx(0.3, abs=0.04)
    held = [one["drift_low"] <= 0.3 <= one["drift_high"] for one in judges]
    assert np.mean(held) >= 0.87


def test_the_slope_is_that_of_a_regression_with_dummies():
    """Entrants, judges and the cause in one model, as a statistician would fit it."""
    tally = contest(3, home=2)
    design, y = tally.fit.design, tally.fitted.totals
    cause = ((design.judge == 0) & (design.entrant < 6)).astype(float)
    dummies = [design.entrant == e for e in range(30)] + [design.judge == j for j in range(1, 3)]
    matrix = np.column_stack([cause, *dummies]).astype(float)
    coefficients, rss, _, _ = np.linalg.lstsq(matrix, y, rcond=None)
    df = len(y) - matrix.shape[1]
    error = np.sqrt(rss[0] / df * np.linalg.inv(matrix.T @ matrix)[0, 0])
    slope = partialled(tally.fit, cause)
    assert (slope.value, slope.error) == pytest.approx((coefficients[0], error))


def test_scores_that_go_with_the_position_are_flagged():
    order = running_order(contest(1, common=0.5))
    assert order.n == 30
    assert order.rho > 0.5
    assert order.p < 0.01


def test_false_alarms_of_the_running_order_are_as_rare_as_they_should_be():
    alarms = [running_order(contest(seed)).p < 0.05 for seed in range(100)]
    assert np.mean(alarms) <= 0.12


def test_without_positions_nothing_is_said_of_the_order(panel):
    assert compute_standings(panel(20, 5), rules=Rules(draws=0)).running_order is None


def test_a_short_order_is_compared_with_all_orders():
    """Six entrants in falling order: 2 of 720 orders are as extreme."""
    scores = pd.DataFrame(
        [
            {"entrant": f"E{i}", "judge": j, "score": 90 - 5 * i + noise}
            for i in range(6)
            for j, noise in (("a", 0), ("b", 1))
        ]
    )
    listed = pd.DataFrame({"entrant": [f"E{i}" for i in range(6)], "order": range(6)})
    found = compute_standings(scores, entrants=listed).running_order
    assert found.rho == pytest.approx(-1)
    assert found.p == pytest.approx(2 / 720)
