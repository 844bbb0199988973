"""Results of several rounds: exact weights, one rounding, the band of the parts."""

import pandas as pd
import pytest

from scoring import Rules, compute_composite, compute_standings, rank_composite
from scoring.errors import WeightsDoNotSum


def test_weights_are_exact_and_rounding_happens_once():
    """.3 · 21.82 + .7 · 23.03 = 22.667: the winner of the 2025 Chopin competition's stage 2."""
    rounds = {"one": {"E": "21.82"}, "two": {"E": "23.03"}}
    official = compute_composite(rounds, {"one": "0.3", "two": "0.7"})["official"]
    assert str(official["E"]) == "22.67"
    half = compute_composite({"one": {"E": "0.01"}, "two": {"E": 0}}, {"one": "0.5", "two": "0.5"})[
        "official"
    ]
    assert str(half["E"]) == "0.01"


def test_whoever_lacks_a_round_is_not_ranked():
    rounds = {"one": {"A": 1, "B": 2}, "two": {"A": 1, "C": 9}}
    frame = compute_composite(rounds, {"one": "0.5", "two": "0.5"})
    assert frame["rank"].isna().to_dict() == {"A": False, "B": True, "C": True}


@pytest.fixture
def rounds(panel):
    """Two rounds of twenty entrants."""
    return {
        name: compute_standings(panel(20, 6, missing=0.2, seed=s)) for s, name in enumerate("xy")
    }


def test_the_composite_is_made_of_published_scores(rounds):
    found = rank_composite(rounds, {"x": "0.4", "y": "0.6"})
    plain = compute_composite(
        {name: standings.entrants["official"] for name, standings in rounds.items()},
        {"x": "0.4", "y": "0.6"},
    )
    assert found.entrants["official"].sort_index().equals(plain["official"])
    assert found.entrants["rank"].sort_index().tolist() == plain["rank"].tolist()
    assert found.entrants["selected"].sum() == 13


def test_the_band_is_that_of_the_parts(rounds):
    found = rank_composite(rounds, {"x": "0.4", "y": "0.6"})
    sed = (0.16 * rounds["x"].cut.sed ** 2 + 0.36 * rounds["y"].cut.sed ** 2) ** 0.5
    assert found.sed == pytest.approx(sed)
    assert pytest.approx(50 * sed, abs=0.5) == found.H
    zone = found.entrants[found.entrants["in_zone"]]["official"].astype(float)
    assert zone.max() - zone.min() <= float(found.width)


def test_a_tie_goes_through_the_keys_a_composite_has(table):
    one = compute_standings(table({j: {"A": 80, "B": 90, "C": 10} for j in "12"}))
    two = compute_standings(table({j: {"A": 90, "B": 80, "C": 10} for j in "12"}))
    rules = Rules(top=1, keys=("countback", "ruling"))
    waiting = rank_composite({"x": one, "y": two}, {"x": "0.5", "y": "0.5"}, rules=rules)
    decision = waiting.decisions[-1]
    assert [step.reason for step in decision.steps] == ["several_rounds", "awaiting_ruling"]
    assert decision.status == "awaiting_ruling"
    entered = pd.DataFrame(
        [{"kind": "ruling", "entrant": e, "value": v} for e, v in (("A", 2), ("B", 1))]
    )
    ruled = rank_composite(
        {"x": one, "y": two}, {"x": "0.5", "y": "0.5"}, rules=rules, rulings=entered
    )
    assert ruled.entrants["selected"].to_dict() == {"B": True, "A": False, "C": False}


def test_precision_of_the_rounds_is_weighted_too(rounds):
    scores = {name: standings.entrants["precision"] for name, standings in rounds.items()}
    found = rank_composite(rounds, {"x": "0.5", "y": "0.5"}, rules=Rules(band=1))
    steps = [step for step in found.decisions[-1].steps if step.key == "precision"]
    for entrant, value in steps[0].values.items():
        mean = (scores["x"][entrant] + scores["y"][entrant]) / 2
        assert float(value) == pytest.approx(mean, abs=0.006)


def test_no_band_where_a_round_has_none(table, rounds):
    small = compute_standings(table({j: {"A": 80, "B": 90, "C": 10} for j in "12"}))
    found = rank_composite({"x": small}, {"x": 1}, rules=Rules(top=1))
    assert found.H == 0
    assert [caution.code for caution in found.warnings] == ["no_band_few_degrees_of_freedom"]


def test_weights_that_do_not_sum_to_one_are_refused(rounds):
    """Never renormalised: .3 and .6 is a slip of the hand that would move every score."""
    scores = {name: standings.entrants["official"] for name, standings in rounds.items()}
    for weights in ({"x": "0.3", "y": "0.6"}, {"x": 1, "y": 1}, {"x": "0.3"}):
        with pytest.raises(WeightsDoNotSum):
            compute_composite(scores, weights)
        with pytest.raises(WeightsDoNotSum):
            rank_composite(rounds, weights)


def test_a_score_that_is_missing_decides_no_tie(table):
    """C's only judge marked nobody else: no precision score, so the key is skipped for both."""
    one, two = (
        compute_standings(
            table({j: {"A": first, "B": 90} for j in "12"} | {"3": {"C": 80}}),
            rules=Rules(official="mean", draws=0),
        )
        for first in (70, 90)
    )
    rules = Rules(top=2, keys=("precision",), at_cut="exact")
    found = rank_composite({"x": one, "y": two}, {"x": "0.5", "y": "0.5"}, rules=rules)
    step = found.decisions[-1].steps[0]
    assert (set(step.tied), step.reason) == ({"A", "C"}, "no_value")
    assert found.entrants["decided_by"]["C"] == "unresolved"
