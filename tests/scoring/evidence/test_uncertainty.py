"""What is shown beside the result and decides nothing, against published values and by hand."""

import json

import numpy as np
import pandas as pd
import pytest

from scoring import (
    Groups,
    Rules,
    compute_standings,
    what_if,
)
from scoring.evidence.chances import entrant_variance
from scoring.evidence.rank_sets import rank_sets, seal, tau_best
from scoring.evidence.reliability import complete_grid, icc, kendall_w
from scoring.evidence.safety import seat_states
from scoring.methods.least_squares import Design
from scoring.methods.reml import fit_reml
from scoring.rank.quotas import Quotas
from tests.scoring.conftest import DATA

TABLES = ["shrout_fleiss1979", "penicillin", "paris1976_white"]


@pytest.mark.parametrize("name", TABLES)
def test_variance_components_are_those_of_lme4(published, name):
    scores, reference = published(name)
    reml, variance = reference["reml"], compute_standings(scores).variance
    for part in ("entrant", "judge", "residual"):
        expected = reml[f"var_{part}"]
        assert abs(variance[part] - expected) < 1e-3 * expected + 2e-4 * reml["var_residual"]


@pytest.mark.parametrize("name", TABLES)
def test_predictions_and_criterion_are_those_of_lme4(published, name):
    scores, reference = published(name)
    tally, reml = compute_standings(scores).tally, reference["reml"]
    found = fit_reml(tally.fit.design, tally.fitted.totals)
    assert found.deviance == pytest.approx(reml["criterion"], abs=1e-6)
    for ids, values, expected in (
        (tally.sheets.entrants, found.blup_entrant, reml["blup_entrant"]),
        (tally.sheets.judges, found.blup_judge, reml["blup_judge"]),
    ):
        gaps = pd.Series(values, index=ids) - pd.Series(expected)
        assert gaps.abs().max() < 1e-4


def test_a_variance_of_zero_is_a_normal_answer():
    """Judges who differ by nothing but noise."""
    y = np.array([1.0, 2.0, 3.0, 1.1, 2.1, 2.9, 0.9, 1.9, 3.1])
    sheets = np.repeat(np.arange(3), 3), np.tile(np.arange(3), 3)
    counts = np.full(3, 3.0)
    design = Design(np.arange(3), np.arange(3), sheets[1], sheets[0], counts, counts)
    found = fit_reml(design, y)
    assert found.judge == 0
    assert found.entrant > 0.5


def test_the_six_intraclass_correlations_of_shrout_and_fleiss(published):
    tally = compute_standings(published("shrout_fleiss1979")[0]).tally
    found = icc(complete_grid(tally.fit.design, tally.fitted.totals))
    rounded = {name: round(value, 2) for name, value in found.items()}
    assert rounded == {
        "1,1": 0.17,
        "2,1": 0.29,
        "3,1": 0.71,
        "1,k": 0.44,
        "2,k": 0.62,
        "3,k": 0.91,
    }


def test_reliability_on_a_complete_panel_is_icc_2_k(published):
    reliability = compute_standings(published("shrout_fleiss1979")[0]).reliability
    assert round(reliability.icc, 2) == 0.62
    assert reliability.g > reliability.phi
    assert reliability.judges_needed == 10


def test_kendalls_w_by_hand():
    """Three judges in one order: 1; a cycle: 0."""
    assert kendall_w(np.array([[1.0, 2, 3], [2, 3, 4], [3, 5, 6]])) == 1
    assert kendall_w(np.array([[1.0, 2, 3], [2, 3, 1], [3, 1, 2]])) == 0


def test_rank_sets_are_those_of_csranks(published):
    """Within one rank: the sets are simulated on both sides. The tau-best set is the same."""
    scores, _ = published("paris1976_white")
    expected = json.loads((DATA / "paris1976_white.ranks.json").read_text("utf-8"))
    tally = compute_standings(scores, rules=Rules(top=3)).tally
    sets = rank_sets(tally.fit.adjusted, tally.fit.covariance(), seed=1)
    for values, name in ((sets.low, "rank_lower"), (sets.high, "rank_upper")):
        gaps = pd.Series(values, tally.sheets.entrants) - pd.Series(
            expected[f"{name}_simultaneous"]
        )
        assert gaps.abs().max() <= 1
    among = tau_best(tally.fit.adjusted, tally.fit.covariance(), 3, seed=1)
    best = {e for e, yes in zip(tally.sheets.entrants, among, strict=True) if yes}
    assert best == set(expected["taubest_95"])


def test_the_seal_is_the_pair_hardest_to_tell_apart(published):
    scores, _ = published("paris1976_white")
    expected = json.loads((DATA / "paris1976_white.ranks.json").read_text("utf-8"))["min_pair"]
    found = compute_standings(scores, rules=Rules(top=3, at_cut="exact")).cut.seal
    assert (found.inside, found.outside) == (expected["inside"], expected["outside"])
    assert found.t == pytest.approx(expected["z"], abs=1e-7)
    assert found.p == pytest.approx(expected["p_two_sided_t"], abs=1e-7)
    assert not found.certified


def test_a_clear_top_is_sealed(table):
    marks = {f"{j}": {"A": 90 + j % 3, "B": 89 + j % 2, "C": 40 + j % 3, "D": 30} for j in range(8)}
    standings = compute_standings(table(marks), rules=Rules(top=2))
    assert standings.cut.seal.certified
    fit = standings.tally.fit
    assert not seal(fit, fit.adjusted, [True] * 4).certified


def test_no_seal_of_a_set_that_waits_or_that_quotas_made(table):
    """The selected are then not the best N: nothing is said of them as a set."""
    tie = {j: {"A": 90, "B": 80, "C": 80, "D": 10} for j in "123"}
    waiting = compute_standings(table(tie), rules=Rules(top=2, keys=("ruling",))).cut
    assert waiting.waiting
    entrants = pd.DataFrame({"entrant": list("ABCD"), "group": list("xxxy")})
    rules = Rules(top=2, groups={"floors": 1})
    grouped = compute_standings(table(tie), entrants=entrants, rules=rules).cut
    for cut in (waiting, grouped):
        assert (cut.seal.inside, cut.seal.certified) == (None, False)
    assert np.isnan(waiting.belonging)


def test_rank_intervals_hold_the_rank(panel):
    entrants = compute_standings(panel(20, 6, missing=0.2, seed=1)).entrants
    adjusted_rank = entrants["adjusted"].rank(ascending=False)
    assert (entrants["rank_low"] <= adjusted_rank).all()
    assert (adjusted_rank <= entrants["rank_high"]).all()


def test_chances_sum_to_the_seats_and_follow_the_seed_in_the_rules(panel):
    scores = panel(30, 6, missing=0.3, seed=2)
    one, same, other = (
        compute_standings(scores, rules=Rules(draws=d)).entrants["p_top"]
        for d in (4000, 4000, 5000)
    )
    assert one.sum() == pytest.approx(13)
    assert one.equals(same)
    assert not one.equals(other)
    assert (one - other).abs().max() < 0.05


def test_the_spread_of_entrants_is_what_noise_leaves(panel):
    fit = compute_standings(panel(40, 8, seed=2)).tally.fit
    noise = np.trace(fit.covariance()) - fit.covariance().sum() / 40
    assert entrant_variance(fit) == pytest.approx(fit.adjusted.var(ddof=1) - noise / 39)


def test_leaving_out_a_judge_is_computed_as_if_he_had_not_come(panel):
    scores = panel(30, 5, missing=0.2, seed=4)
    standings = compute_standings(scores, rules=Rules(draws=0))
    for change in standings.cut.robustness:
        without = compute_standings(
            scores[scores["judge"] != change.judge], rules=Rules(draws=0)
        ).entrants
        now = set(standings.entrants.index[standings.entrants["selected"]])
        then = set(without.index[without["selected"]])
        assert set(change.lost) == now - then
        assert set(change.gained) == then - now
    effects = standings.judges["drop_effect"]
    assert effects.to_dict() == {c.judge: c.seats for c in standings.cut.robustness}


def test_a_judge_who_alone_links_the_panel_cannot_be_left_out(table):
    marks = {
        "1": {"A": 9, "B": 7},
        "2": {"C": 9, "D": 8},
        "3": {"A": 8, "B": 8, "C": 7, "D": 5},
    }
    standings = compute_standings(table(marks), rules=Rules(top=2))
    comparable = {change.judge: change.comparable for change in standings.cut.robustness}
    assert comparable == {"1": True, "2": True, "3": False}
    assert pd.isna(standings.judges.loc["3", "drop_effect"])


def test_what_if_is_the_same_as_computing_anew(panel):
    scores = panel(30, 6, missing=0.2, seed=5)
    standings = compute_standings(scores)
    rules = Rules(official="trimmed", top=5, band=1)
    pd.testing.assert_frame_equal(
        what_if(standings, rules=rules).entrants, compute_standings(scores, rules=rules).entrants
    )
    judge = scores.loc[0, "judge"]
    left = what_if(standings, without=[judge]).entrants
    anew = compute_standings(scores[scores["judge"] != judge]).entrants
    pd.testing.assert_frame_equal(left, anew)


EXPECTED = [(e, j) for e in "ABCD" for j in "12345"]


def assigned(**states):
    return pd.DataFrame(
        [
            {"entrant": e, "judge": j, "state": states.get(f"{e}{j}", "expected")}
            for e, j in EXPECTED
        ]
    )


def test_bounds_by_hand_while_a_sheet_is_missing(table):
    marks = {j: {"A": 90, "B": 80, "C": 70, "D": 20} for j in "12345"}
    del marks["5"]["B"], marks["5"]["C"]
    rules = Rules(official="mean", top=2)
    bounds = compute_standings(table(marks), assignments=assigned(), rules=rules).bounds
    assert bounds.loc["B", ["missing", "low", "high"]].tolist() == [1, 64, 84]
    assert bounds["state"].to_dict() == {
        "A": "safe",
        "B": "contention",
        "C": "contention",
        "D": "out",
    }


def test_a_recused_judge_is_not_expected(table):
    marks = {j: {"A": 90, "B": 80, "C": 70, "D": 20} for j in "12345"}
    del marks["5"]["B"], marks["5"]["C"]
    states = assigned(B5="recused", C5="absent")
    rules = Rules(official="mean", top=2)
    bounds = compute_standings(table(marks), assignments=states, rules=rules).bounds
    assert (bounds["missing"] == 0).all()
    assert bounds["state"].to_dict() == {"A": "safe", "B": "safe", "C": "out", "D": "out"}


def test_nobody_is_out_while_the_printed_scores_may_tie(table):
    """40.25 and 39.5 are both printed 40: the second may still have the one seat, by the chain."""
    marks = table({"1": {"A": 40, "B": 39}, "2": {"A": 40.5, "B": 40}})
    exact = compute_standings(marks, rules=Rules(official="mean", top=1)).bounds
    whole = compute_standings(marks, rules=Rules(official="mean", top=1, decimals=0)).bounds
    assert exact["state"].tolist() == ["safe", "out"]
    assert whole["state"].tolist() == ["contention", "contention"]


@pytest.mark.parametrize(
    ("groups", "states"),
    [
        ({}, "safe safe out out"),
        ({"caps": {"x": 1}}, "safe out safe out"),
        ({"floors": {"z": 1}}, "safe out out safe"),
        ({"caps": {"x": 1}, "floors": {"z": 1}}, "safe out out safe"),
    ],
)
def test_bounds_keep_to_the_group_rules(table, groups, states):
    """Two seats; x1 and x2 lead, y1 is third, z1 last."""
    scores = {"x1": 90, "x2": 80, "y1": 70, "z1": 60}
    entrants = pd.DataFrame({"entrant": list(scores), "group": [name[0] for name in scores]})
    rules = Rules(official="mean", top=2, groups=groups)
    standings = compute_standings(
        table(dict.fromkeys("12", scores)), entrants=entrants, rules=rules
    )
    assert standings.bounds["state"].tolist() == states.split()


def test_nobody_is_safe_within_reach_of_the_open_zone():
    """80 and 79 points with H = .5: the second is 2H below the first and may have its seat."""
    low = np.array([9000, 8000, 7900, 5000])
    quotas = Quotas(Groups(), dict.fromkeys(range(4)))
    for half, states in ((0, "safe safe out out"), (50, "safe contention contention out")):
        found = seat_states(low, low, [None] * 4, quotas, seats=2, half=half)
        assert found == states.split()


@pytest.mark.parametrize("official", ["trimmed", "median", "least_squares", "precision"])
def test_the_score_lies_within_its_bounds(panel, official):
    scores = panel(8, 7, missing=0.2, seed=3)
    cells = {(e, j) for e in scores["entrant"] for j in scores["judge"]}
    states = pd.DataFrame(
        [{"entrant": e, "judge": j, "state": "expected"} for e, j in sorted(cells)]
    )
    standings = compute_standings(
        scores, assignments=states, rules=Rules(official=official, draws=0, top=3)
    )
    bounds = standings.bounds
    score = standings.entrants["adjusted" if official == "precision" else "unrounded"]
    assert (bounds["low"] <= score[bounds.index] + 1e-9).all()
    assert (score[bounds.index] <= bounds["high"] + 1e-9).all()
    assert bounds["missing"].sum() == len(cells) - len(scores)


def test_the_judges_report_finds_severity_noise_and_drift():
    random = np.random.default_rng(0)
    quality = random.normal(70, 6, 40)
    rows = []
    for j, (severity, noise, drift) in enumerate([(5, 1, 0), (-5, 1, 0), (0, 6, 0), (0, 1, 0.3)]):
        for i, q in enumerate(quality):
            rows.append((f"{i:02}", str(j), q + severity + drift * i + random.normal(0, noise)))
    scores = pd.DataFrame(rows, columns=["entrant", "judge", "score"])
    scores["score"] = scores["score"].round(1)
    order = pd.DataFrame({"entrant": [f"{i:02}" for i in range(40)], "order": range(40)})
    judges = compute_standings(scores, entrants=order, rules=Rules(draws=0)).judges
    assert judges.loc["0", "severity"] - judges.loc["1", "severity"] == pytest.approx(10, abs=1.5)
    assert judges["noise"].idxmax() == "2"
    assert judges["drift"].idxmax() == "3"
    assert judges.loc["3", "drift"] > 3 * judges.loc["3", "drift_se"]
    assert judges.loc["3", "drift_low"] < 0.3 * 4 / 3 < judges.loc["3", "drift_high"] + 0.1
    assert judges["correlation"].idxmin() == "2"
    assert judges["n"].tolist() == [40] * 4


def test_a_home_difference_needs_five_own_entries(panel):
    from scoring import home_differences

    scores = panel(14, 5, seed=2)
    names = sorted(scores["entrant"].unique())
    for own, known in ((4, False), (5, True)):
        groups = ["h" if i < own else "o" for i in range(14)]
        entrants = pd.DataFrame({"entrant": names, "group": groups})
        tally = compute_standings(scores, entrants=entrants, rules=Rules(draws=0)).tally
        found = home_differences(tally, {"J00": "h"})["J00"]
        assert found.n == own
        assert np.isfinite(found.difference) == known
        assert not known or found.low < found.difference < found.high


def test_criteria_shares_sum_to_one_and_a_constant_criterion_contributes_nothing():
    random = np.random.default_rng(1)
    rows = []
    for i in range(20):
        a, b = random.integers(0, 26), random.integers(0, 26)
        for j in "123":
            rows += [(f"{i:02}", j, "a", a), (f"{i:02}", j, "b", b), (f"{i:02}", j, "c", 25)]
    scores = pd.DataFrame(rows, columns=["entrant", "judge", "criterion", "score"])
    rubric = pd.DataFrame({"criterion": ["a", "b", "c"], "max": [25, 25, 50]})
    criteria = compute_standings(scores, rubric, rules=Rules(draws=0)).criteria
    assert criteria["share"].sum() == pytest.approx(1)
    assert criteria.loc["c", "share"] == pytest.approx(0, abs=1e-12)
    assert np.isnan(criteria.loc["c", "correlation"])
    assert criteria["weight"].tolist() == [0.25, 0.25, 0.5]


def test_icc_does_not_depend_on_where_the_scale_begins(published):
    tally = compute_standings(published("shrout_fleiss1979")[0]).tally
    grid = complete_grid(tally.fit.design, tally.fitted.totals)
    assert icc(grid + 1e14)["2,k"] == pytest.approx(icc(grid)["2,k"], abs=0.01)


def test_one_judge_says_nothing_about_reliability(table):
    standings = compute_standings(table({"1": {"A": 90, "B": 80, "C": 70}}))
    found = standings.reliability
    assert np.isnan([found.icc, found.g, found.phi, found.kendall_w]).all()
    assert found.judges_needed is None
    assert standings.variance.isna().all()


def test_a_trimmed_mean_is_never_compared_with_a_plain_one(table):
    """Five judges less one leave four: nothing is dropped from four, so nothing is compared."""
    marks = {str(j): {"A": 90 + j, "B": 80 - j, "C": 70 + j, "D": 60} for j in range(6)}
    rules = Rules(official="trimmed", top=2, draws=0)
    six = compute_standings(table(marks), rules=rules).robustness
    five = compute_standings(table({j: marks[j] for j in "01234"}), rules=rules).robustness
    assert [change.reason for change in six] == [""] * 6
    assert [change.reason for change in five] == ["too_few_to_trim"] * 5
    assert not any(change.comparable for change in five)


def test_without_a_judge_an_entrant_of_four_stays_as_it_was_scored(table):
    """C has a plain mean already: without one more judge it has a plain mean still."""
    marks = {str(j): {"A": 90 + j, "B": 80 - j, "C": 70 + j} for j in range(7)}
    for judge in "456":
        del marks[judge]["C"]
    rules = Rules(official="trimmed", top=2, draws=0)
    changes = compute_standings(table(marks), rules=rules).robustness
    assert all(change.comparable for change in changes)


def test_whatever_comes_is_said_of_announced_scores_only(panel):
    """Severities move with every sheet, and so does the width of the zone."""
    scores = panel(8, 7, missing=0.2, seed=3)
    for rules, holds in (
        ({"official": "trimmed", "at_cut": "exact"}, True),
        ({"official": "mean", "band": 0}, True),
        ({"official": "mean", "band_max": 1}, True),
        ({"official": "mean"}, False),
        ({"official": "least_squares", "at_cut": "exact"}, False),
        ({"official": "precision", "at_cut": "exact"}, False),
    ):
        assert compute_standings(scores, rules=Rules(draws=0, **rules)).bounds_hold == holds


def test_bounds_reckon_with_the_widest_zone_there_may_be(table):
    """At most half a point on either side: 80 may still lose its seat to 79.5."""
    marks = {j: {"A": 90, "B": 80, "C": 79.5, "D": 20} for j in "12345"}
    del marks["5"]["A"]
    rules = {"official": "mean", "top": 2}
    found = {
        band: compute_standings(
            table(marks), assignments=assigned(), rules=Rules(**rules, band_max=band)
        ).bounds["state"]["B"]
        for band in ("0", "0.5")
    }
    assert found == {"0": "safe", "0.5": "contention"}
