"""The four published tables that may ship: R's lm, lme4, and printed results, every digit."""

from fractions import Fraction

import pandas as pd
import pytest

from scoring import Rules, compute_standings
from scoring.exact import quantize

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


def test_isu_components_and_totals_to_the_printed_digit(published):
    """Drop one highest and one lowest of nine judges, mean to .01, factored to .01, summed."""
    scores, _ = published("isu_worlds2017_ladies_sp_pcs")
    rules = Rules(official="trimmed", scale_max=10)
    totals: dict[str, int] = {}
    for _, rows in scores.groupby("criterion"):
        standings = compute_standings(rows[["entrant", "judge", "score"]], rules=rules)
        official = standings.entrants["official"]
        printed = rows.groupby("entrant")["official_trimmed_mean"].first()
        assert (official.astype(float).sort_index() == printed).all()
        for entrant, mean in official.items():
            factored = quantize(Fraction(mean) * Fraction("0.8"), 2)
            totals[entrant] = totals.get(entrant, 0) + factored
    printed = scores.groupby("entrant")["official_pcs_total"].first()
    assert len(printed) == 37
    assert ((pd.Series(totals) / 100).sort_index() == printed).all()
