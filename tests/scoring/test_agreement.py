"""The four published tables that may ship: R's lm, lme4, and printed results, every digit."""

import pandas as pd
import pytest

from scoring import Rules, compute_standings

TABLES = ["shrout_fleiss1979", "penicillin", "paris1976_white"]


@pytest.mark.parametrize("name", TABLES)
def test_adjusted_scores_are_those_of_rs_lm(published, name):
    scores, reference = published(name)
    entrants = compute_standings(scores).entrants
    expected = pd.Series(reference["ols"]["adjusted_mean"])
    assert (entrants["adjusted"] - expected).abs().max() < 1e-9


@pytest.mark.parametrize("name", TABLES)
def test_standard_errors_are_those_of_rs_lm(published, name):
    scores, reference = published(name)
    entrants = compute_standings(scores).entrants
    expected = pd.Series(reference["ols"]["se"])
    assert (entrants["adjusted_se"] - expected).abs().max() < 1e-8


def test_isu_component_means_to_the_printed_digit(published):
    """Drop one highest and one lowest of nine judges per component, mean to .01."""
    scores, _ = published("isu_worlds2017_ladies_sp_pcs")
    rules = Rules(official="trimmed", scale_max=10)
    for _, rows in scores.groupby("criterion"):
        standings = compute_standings(rows[["entrant", "judge", "score"]], rules=rules)
        official = standings.entrants["official"].astype(float).sort_index()
        assert (official == rows.groupby("entrant")["official_trimmed_mean"].first()).all()


def test_isu_component_totals_to_the_printed_digit(published):
    """Trimmed per component, times factor .8, summed and rounded once: all 37 totals."""
    scores, _ = published("isu_worlds2017_ladies_sp_pcs")
    components = scores["criterion"].unique()
    rubric = pd.DataFrame({"criterion": components, "weight": "0.2", "max": 10, "step": "0.25"})
    rules = Rules(official="trimmed", trim_level="criterion", scale_max=40)
    marks = scores[["entrant", "judge", "criterion", "score"]]
    official = compute_standings(marks, rubric, rules=rules).entrants["official"]
    printed = scores.groupby("entrant")["official_pcs_total"].first()
    assert len(printed) == 37
    assert (official.astype(float).sort_index() == printed).all()
