"""One line of a result: figure, rank and tie of each score, once, for every page and paper."""

from decimal import Decimal

import pandas as pd
import pytest

from scoring import METHODS, Rules, compute_standings
from scoring.result.printed import NOTHING, announced_method

OFFICIALS = [name for name, method in METHODS.items() if method.may_be_official]


@pytest.mark.parametrize("official", OFFICIALS)
def test_the_official_line_is_the_ranking(panel, official):
    rules = Rules(official=official, clip=5)
    standings = compute_standings(panel(15, 6, missing=0.1, seed=2), rules=rules)
    for entrant, row in standings.scores.iterrows():
        line = standings.printed["official"][entrant]
        assert (line.figure, line.rank, line.tied) == (row["official"], row["rank"], row["tied"])


def test_figures_are_net_rounded_half_up_and_tied_as_printed(table):
    """A and B print 80.50 after deductions, by different ways."""
    marks = {str(j): {"A": 81.5, "B": 80.495, "C": 70} for j in range(5)}
    fined = pd.DataFrame({"entrant": ["A", "B", "C"], "deduction": ["1", "0", "0"]})
    rules = Rules(official="least_squares", sheet_decimals=3)
    printed = compute_standings(table(marks), entrants=fined, rules=rules).printed
    for score in ("official", "announced", "adjusted"):
        lines = printed[score]
        assert lines["A"].figure == lines["B"].figure == Decimal("80.50")
        assert (lines["A"].rank, lines["B"].rank, lines["C"].rank) == (1, 1, 3)
        assert (lines["A"].tied, lines["C"].tied) == (True, False)


def test_an_entrant_that_is_not_ranked_has_no_line_and_takes_no_rank(table):
    marks = {str(j): {"A": 90, "B": 80, "C": 70} for j in range(5)}
    gone = pd.DataFrame({"entrant": ["A", "B", "C"], "eligible": [False, True, True]})
    printed = compute_standings(table(marks), entrants=gone).printed
    for score in ("official", "announced", "adjusted"):
        assert printed[score]["A"] == NOTHING
        assert printed[score]["B"].rank == 1


def test_the_announced_score_is_the_printed_rule():
    assert {name: announced_method(name) for name in ("median", "clip", "mean", "trimmed")} == {
        name: name for name in ("median", "clip", "mean", "trimmed")
    }
    assert {announced_method(name) for name in ("least_squares", "precision", "zscore")} == {
        "trimmed"
    }
