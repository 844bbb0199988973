"""The statistical tie-break: each consequence of the integer band is a test."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import Rules, compute_standings
from scoring.rank.cut import open_zone

UNITS = st.lists(st.integers(0, 60), min_size=1, max_size=25)


@given(UNITS, st.integers(1, 15), st.integers(0, 10))
def test_the_zone_is_an_interval_of_the_score_around_the_line(units, seats, half):
    """Equals are never parted; N-th and (N+1)-th are both open or nobody is; seats are left."""
    q = dict(enumerate(units))
    zone = open_zone(q, seats, half)
    assert sorted((*zone.above, *zone.open, *zone.below)) == sorted(q)
    if len(q) <= seats:
        assert len(zone.above) == len(q)
        return
    levels = [[q[m] for m in part] for part in (zone.above, zone.open, zone.below)]
    for higher, lower in itertools.combinations(levels, 2):
        assert not higher or not lower or min(higher) > max(lower)
    if zone.open:
        assert {zone.last_in, zone.first_out} <= set(levels[1])
        assert len(zone.above) <= seats - 1
        assert len(zone.above) + len(zone.open) >= seats + 1
        assert max(levels[1]) - min(levels[1]) <= 2 * half
    else:
        assert len(zone.above) == seats


@given(UNITS, st.integers(1, 15))
def test_without_a_band_the_zone_is_exactly_the_tie_at_the_cut(units, seats):
    q = dict(enumerate(units))
    zone = open_zone(q, seats, 0)
    ordered = sorted(units, reverse=True)
    if len(units) > seats and ordered[seats - 1] == ordered[seats]:
        assert {q[m] for m in zone.open} == {ordered[seats]}
        assert len(zone.open) == units.count(ordered[seats])
    else:
        assert zone.open == ()


@given(UNITS, st.integers(1, 15), st.integers(0, 10), st.randoms())
def test_the_zone_does_not_depend_on_the_order_of_entrants(units, seats, half, random):
    q = dict(enumerate(units))
    members = list(q)
    random.shuffle(members)
    assert open_zone({m: q[m] for m in members}, seats, half) == open_zone(q, seats, half)


@pytest.mark.parametrize("seed", range(6))
def test_nobody_loses_a_seat_to_one_more_than_2h_lower(panel, seed):
    standings = compute_standings(panel(30, 8, missing=0.3, seed=seed), rules=Rules(draws=0))
    entrants, width = standings.entrants, standings.cut.width
    out = entrants[~entrants["selected"]]["official"].max()
    lowest_in = entrants[entrants["selected"]]["official"].min()
    assert out - lowest_in <= width
    assert entrants["selected"].sum() == 13


@pytest.mark.parametrize("seed", range(4))
def test_places_follow_the_official_score_inside_and_outside(panel, seed):
    """The chain decides who is in; among those in, the official score orders."""
    entrants = compute_standings(
        panel(30, 8, missing=0.3, seed=seed), rules=Rules(draws=0, band=1)
    ).entrants
    for _, group in entrants.groupby("selected"):
        ordered = group.sort_values("place")["official"].astype(float)
        assert ordered.is_monotonic_decreasing
    assert entrants[entrants["selected"]]["place"].max() == 13
    assert entrants["place"].is_unique


def test_the_half_width_is_the_band_times_the_error_of_a_difference(panel):
    scores = panel(30, 8, missing=0.3, seed=1)
    for band in ("0", "0.5", "1"):
        cut = compute_standings(scores, rules=Rules(draws=0, band=band)).cut
        assert round(float(band) * cut.sed * 100) == cut.H
        assert float(cut.width) == 2 * cut.H / 100
    assert compute_standings(scores, rules=Rules(draws=0, band_max="0.1")).cut.H == 10


def test_the_error_of_a_difference_is_the_mean_variance_over_pairs(panel):
    standings = compute_standings(panel(9, 6, missing=0.3, seed=1), rules=Rules(draws=0))
    cov = standings.tally.fit.covariance()
    size = len(cov)
    variances = [
        cov[i, i] + cov[k, k] - 2 * cov[i, k] for i in range(size) for k in range(size) if i != k
    ]
    assert standings.cut.sed**2 == pytest.approx(sum(variances) / len(variances), rel=1e-12)


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"official": "zscore"}, "no_band_not_in_points"),
        ({"official": "minmax"}, "no_band_not_in_points"),
        ({"official": "rank"}, "no_band_not_in_points"),
    ],
)
def test_no_band_where_the_method_is_not_in_points(panel, rules, code):
    standings = compute_standings(panel(20, 6, seed=1), rules=Rules(draws=0, **rules))
    assert standings.cut.H == 0
    assert code in [caution.code for caution in standings.warnings]


def test_no_band_below_ten_degrees_of_freedom(panel):
    standings = compute_standings(panel(4, 4, seed=1), rules=Rules(top=2))
    assert standings.tally.fit.df == 9
    assert standings.cut.H == 0
    assert "no_band_few_degrees_of_freedom" in [c.code for c in standings.warnings]


@pytest.mark.parametrize("at_cut", ["exact", "extend"])
def test_exact_and_extend_know_no_band(panel, at_cut):
    standings = compute_standings(
        panel(30, 8, missing=0.3, seed=1), rules=Rules(draws=0, at_cut=at_cut)
    )
    assert standings.cut.H == 0
    assert standings.cut.sed > 0


def test_extend_admits_all_who_tie_for_the_last_seat(table):
    scores = table({j: {"A": 90, "B": 80, "C": 80, "D": 70} for j in "12"})
    standings = compute_standings(scores, rules=Rules(top=2, at_cut="extend"))
    assert standings.entrants["selected"].to_dict() == {
        "A": True,
        "B": True,
        "C": True,
        "D": False,
    }
    assert standings.cut.decisions[-1].status == "extended"


def close(table):
    """Two close entrants at the cut; ten judges leave enough freedom for a band."""
    marks = {
        "A": [90] * 10,
        "B": [80, 79, 81, 80, 78, 82, 80, 80, 79, 81],
        "C": [79, 80, 80, 80, 79, 81, 80, 81, 78, 81],
        "D": [60] * 10,
    }
    return table({f"{j}": {e: m[j] for e, m in marks.items()} for j in range(10)})


def readings(values, judge="X"):
    return pd.DataFrame(
        [{"kind": "reading", "entrant": e, "judge": judge, "value": v} for e, v in values.items()]
    )


def test_a_jury_orders_the_frozen_zone_and_nobody_outside_moves(table):
    rules = Rules(top=2, at_cut="jury", band=1)
    waiting = compute_standings(close(table), rules=rules)
    assert set(waiting.cut.zone) == {"B", "C"}
    assert waiting.cut.decisions[-1].status == "awaiting_reading"
    assert not waiting.entrants.loc[["B", "C"], "selected"].any()
    again = pd.concat([readings({"B": 70, "C": 75}, judge) for judge in "XYZ"])
    read = compute_standings(close(table), rules=rules, rulings=again)
    assert read.entrants["selected"].to_dict() == {"A": True, "B": False, "C": True, "D": False}
    assert read.entrants["decided_by"].to_dict() == {
        "A": "official",
        "B": "reading",
        "C": "reading",
        "D": "official",
    }


def test_second_readings_join_the_sheets_there_were(table):
    """B leads by half a point over ten judges: one reader's half point more for C is not enough."""
    rules = Rules(top=2, at_cut="jury", band=1)
    marks = close(table)
    marks["score"] = marks["score"] + 0.5 * marks["entrant"].eq("B")
    before = compute_standings(marks, rules=rules)
    assert set(before.cut.zone) == {"B", "C"}
    again = pd.concat([readings({"B": 75, "C": 75.5}, "X")])
    read = compute_standings(marks, rules=rules, rulings=again)
    step = read.cut.decisions[-1].steps[0]
    assert step.key == "reading"
    assert step.admitted == ("B",)
    assert float(step.values["B"]) > float(step.values["C"]) > 79


def test_readers_must_be_the_same_and_new(table):
    from scoring.errors import RulingError

    rules = Rules(top=2, at_cut="jury", band=1)
    different = pd.concat([readings({"B": 70}), readings({"C": 75}, "Y")])
    for wrong in (different, readings({"B": 70, "C": 75}, "1")):
        with pytest.raises(RulingError):
            compute_standings(close(table), rules=rules, rulings=wrong)


def test_evidence_is_printed_with_the_decision(table):
    decision = compute_standings(close(table), rules=Rules(top=2, band=1)).cut.decisions[-1]
    pair = decision.pair
    assert {pair.first, pair.second} == {"B", "C"}
    assert pair.shared == 10
    assert pair.p_least == 2 / 2**10
    assert pair.testable
    assert 0 < pair.p <= 1
    assert float(pair.points) == pytest.approx(pair.seds * compute_standings(close(table)).cut.sed)


def test_caps_then_floors_then_the_remaining_seats(table):
    """Group x holds the five best; a cap of 2 and a floor of 1 for z change who is in."""
    scores = {"x1": 90, "x2": 89, "x3": 88, "x4": 87, "y1": 80, "y2": 79, "z1": 60, "z2": 50}
    entrants = pd.DataFrame({"entrant": list(scores), "group": [name[0] for name in scores]})
    rules = Rules(top=4, at_cut="exact", groups={"caps": {"x": 2}, "floors": {"z": 1}})
    standings = compute_standings(
        table(dict.fromkeys("12", scores)), entrants=entrants, rules=rules
    )
    chosen = standings.entrants.index[standings.entrants["selected"]]
    assert set(chosen) == {"x1", "x2", "y1", "z1"}
    assert [d.kind for d in standings.cut.decisions] == ["cap", "floor", "round"]
    assert list(standings.entrants.index) == ["x1", "x2", "y1", "z1", "x3", "x4", "y2", "z2"]
    p_top = standings.entrants["p_top"]
    assert p_top["z1"] == 1
    assert p_top["x3"] == 0
    assert p_top.sum() == pytest.approx(4)


@pytest.mark.parametrize(
    ("scores", "groups", "top", "chosen", "waiting"),
    [
        # of x1 and x2 one has a seat; y2 has none, whoever it is
        ({"x1": 90, "x2": 90, "y1": 80, "y2": 70}, {"caps": {"x": 1}}, 2, "y1", "x1 x2"),
        ({"x1": 80, "x2": 80, "y1": 90, "y2": 85}, {"floors": {"x": 1}}, 2, "y1", "x1 x2"),
        ({"x1": 80, "x2": 80, "y1": 90}, {"floors": {"x": 1}}, 1, "", "x1 x2"),
        # the cap's one place is below the line: nothing waits
        ({"x1": 60, "x2": 60, "y1": 80, "y2": 70}, {"caps": {"x": 1}}, 2, "y1 y2", ""),
        # one of x1 and x2 is above the line, not both: one of z1 and z2 has the third seat
        (
            {"x1": 85, "x2": 85, "y1": 90, "y2": 60, "z1": 75, "z2": 75},
            {"caps": {"x": 1, "z": 1}},
            3,
            "y1",
            "x1 x2 z1 z2",
        ),
        # both are in without the floor: nothing waits
        ({"x1": 90, "x2": 90, "y1": 80, "y2": 70}, {"floors": {"x": 1}}, 3, "x1 x2 y1", ""),
        # a floor of two is two seats
        ({"x1": 90, "x2": 89, "z1": 60, "z2": 50}, {"floors": {"z": 2}}, 3, "x1 z1 z2", ""),
        # the floor needs what the cap let through: y1 cannot have the last seat
        (
            {"x1": 60, "x2": 60, "y1": 90, "y2": 80},
            {"caps": {"x": 1}, "floors": {"x": 1}},
            2,
            "y1",
            "x1 x2",
        ),
    ],
)
def test_a_seat_that_a_cap_or_floor_waits_for_goes_to_nobody_else(
    table, scores, groups, top, chosen, waiting
):
    entrants = pd.DataFrame({"entrant": list(scores), "group": [name[0] for name in scores]})
    rules = Rules(official="mean", top=top, at_cut="exact", keys=("lots",), groups=groups)
    marks = table(dict.fromkeys("12", scores))
    standings = compute_standings(marks, entrants=entrants, rules=rules)
    selected = standings.entrants["selected"]
    assert sorted(selected.index[selected]) == chosen.split()
    assert sorted(standings.cut.waiting) == waiting.split()
    by = standings.entrants["decided_by"]
    assert sorted(by.index[by == "awaiting_lots"]) == waiting.split()


def test_floors_that_ties_extend_may_leave_no_seat(table):
    """Two floors of one seat admit two equals each: four are in, the round's own cut gives none."""
    scores = {"x1": 80, "x2": 80, "y1": 79, "y2": 79, "z1": 78}
    entrants = pd.DataFrame({"entrant": list(scores), "group": [name[0] for name in scores]})
    rules = Rules(official="mean", top=2, at_cut="extend", groups={"floors": {"x": 1, "y": 1}})
    marks = table(dict.fromkeys("12", scores))
    standings = compute_standings(marks, entrants=entrants, rules=rules)
    selected = standings.entrants["selected"]
    assert sorted(selected.index[selected]) == ["x1", "x2", "y1", "y2"]
    assert [decision.seats for decision in standings.cut.decisions] == [1, 1, 0]


@pytest.mark.parametrize(
    "groups", [{"floors": {"x": 3, "z": 2}}, {"floors": 3}, {"caps": 1, "floors": {"x": 2}}]
)
def test_quotas_that_cannot_be_met_are_refused(table, groups):
    from scoring.errors import InvalidRule

    scores = {"x1": 90, "x2": 89, "x3": 88, "z1": 60, "z2": 50}
    entrants = pd.DataFrame({"entrant": list(scores), "group": [name[0] for name in scores]})
    with pytest.raises(InvalidRule):
        compute_standings(
            table(dict.fromkeys("12", scores)),
            entrants=entrants,
            rules=Rules(top=4, groups=groups),
        )


@pytest.mark.parametrize("seed", range(3))
def test_the_same_bytes_for_any_order_of_the_input(panel, seed):
    scores = panel(30, 8, missing=0.3, seed=seed)
    one = compute_standings(scores, rules=Rules(band=1)).to_dict()
    other = compute_standings(scores.sample(frac=1, random_state=seed), rules=Rules(band=1))
    assert repr(one) == repr(other.to_dict())


def test_every_line_has_its_gap_whatever_the_rule_at_the_cut(panel):
    """H = 0 by rule is no certainty: points, standard errors and the zone of band .5 are there."""
    scores = panel(20, 6, missing=0.2, seed=3)
    banded = compute_standings(scores, rules=Rules(top=9)).cut
    for at_cut in ("exact", "extend"):
        cut = compute_standings(scores, rules=Rules(top=9, at_cut=at_cut)).cut
        gap = cut.decisions[-1].gap
        assert cut.H == 0
        assert gap.points == cut.decisions[-1].last_in - cut.decisions[-1].first_out
        assert gap.seds == pytest.approx(float(gap.points) / cut.sed)
        assert set(gap.zone) == set(banded.zone)
        assert gap.width == banded.width


def test_caps_and_floors_have_their_own_gap(panel):
    scores = panel(20, 6, missing=0.2, seed=3)
    names = sorted(scores["entrant"].unique())
    entrants = pd.DataFrame({"entrant": names, "group": [name[-1] for name in names]})
    rules = Rules(top=9, at_cut="exact", groups={"caps": 1, "floors": {"3": 1}})
    decisions = compute_standings(scores, entrants=entrants, rules=rules).cut.decisions
    assert {decision.kind for decision in decisions} == {"cap", "floor", "round"}
    for decision in decisions:
        assert (decision.gap is None) == (decision.ranked <= decision.seats)


def test_a_gap_in_points_is_no_number_of_errors_where_scores_are_not_in_points(panel):
    standings = compute_standings(panel(20, 6, seed=3), rules=Rules(official="zscore"))
    decision = standings.cut.decisions[-1]
    assert np.isnan(decision.gap.seds)
    assert np.isnan(decision.pair.seds)
    assert decision.gap.width is None


def test_how_a_seat_was_won_is_said_of_each(table):
    """x: two of the best three, but one seat; z: last, but one seat is kept for it."""
    scores = {"x1": 90, "x2": 85, "y1": 80, "y2": 80, "z1": 50}
    entrants = pd.DataFrame({"entrant": list(scores), "group": [name[0] for name in scores]})
    entered = pd.DataFrame(
        [{"kind": "ruling", "entrant": e, "value": v} for e, v in (("y1", 1), ("y2", 2))]
    )
    rules = Rules(
        top=3, groups={"caps": {"x": 1}, "floors": {"z": 1}}, keys=("ruling",), at_cut="exact"
    )
    standings = compute_standings(
        table(dict.fromkeys("12", scores)), entrants=entrants, rules=rules, rulings=entered
    )
    assert standings.entrants["way"].to_dict() == {
        "x1": "score",
        "x2": "cap",
        "y1": "key",
        "y2": "",
        "z1": "floor",
    }


def test_who_has_no_score_is_no_zero_among_negative_ones(table):
    """Deductions put all below 0; one without a sheet stays unranked and takes no seat."""
    names = list("ABCDX")
    entrants = pd.DataFrame(
        {"entrant": names, "deduction": [100] * 5, "group": ["g", "g", "h", "h", "h"]}
    )
    marks = {str(j): {"A": 60, "B": 50, "C": 40, "D": 30} for j in range(5)}
    for at_cut in ("exact", "statistical", "extend"):
        rules = Rules(top=3, at_cut=at_cut, groups={"floors": 1, "caps": 2}, draws=0)
        found = compute_standings(table(marks), entrants=entrants, rules=rules)
        assert found.entrants.index[found.entrants["selected"]].tolist() == ["A", "B", "C"]
        assert pd.isna(found.entrants.loc["X", "place"])
        pairs = [d.pair for d in found.cut.decisions if d.pair is not None]
        assert all("X" not in (pair.first, pair.second) for pair in pairs)
