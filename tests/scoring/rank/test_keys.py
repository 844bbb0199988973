"""A worked tie at every key of the chain, and what a key may not do."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from scoring import Rules, compute_standings
from scoring.errors import MarkOutOfRange
from scoring.rank.pairs import sign_flip_p

MEAN = {"official": "mean", "at_cut": "exact", "draws": 0}


def decide(scores, keys, *, top=1, rubric=None, rulings=None, entrants=None, **rules):
    """Standings of an exact tie, and its only decision."""
    standings = compute_standings(
        scores,
        rubric,
        entrants=entrants,
        rulings=rulings,
        rules=Rules(**{**MEAN, "top": top, "keys": keys, **rules}),
    )
    return standings, standings.cut.decisions[-1]


def winners(standings):
    return set(standings.entrants.index[standings.entrants["selected"]])


def entered(kind, **places):
    return pd.DataFrame([{"kind": kind, "entrant": e, "value": v} for e, v in places.items()])


def test_precision_prefers_whom_the_consistent_judges_prefer():
    """A and B have one mean; judge 0 scatters wildly, and it is he who lifts B."""
    random = np.random.default_rng(2)
    quality = random.normal(70, 8, 30)
    rows = []
    for j in range(6):
        noise = 15 if j == 0 else 1
        for i, q in enumerate(quality):
            rows.append((f"{i:02}", f"{j}", round(q + random.normal(0, noise))))
    for entrant, marks in {"A": [50, 92, 92, 92, 92, 92], "B": [100, 82, 82, 82, 82, 82]}.items():
        rows += [(entrant, f"{j}", m) for j, m in enumerate(marks)]
    scores = pd.DataFrame(rows, columns=["entrant", "judge", "score"])
    above = int((compute_standings(scores, rules=Rules(**MEAN)).entrants["mean"] > 85).sum())
    standings, decision = decide(scores, ("precision",), top=above + 1)
    assert standings.entrants.loc[["A", "B"], "official"].astype(str).tolist() == ["85.00"] * 2
    assert decision.key == "precision"
    assert winners(standings) >= {"A"}
    assert "B" not in winners(standings)
    assert decision.steps[0].values["A"] > decision.steps[0].values["B"]


def test_precision_is_skipped_where_it_is_official(table):
    scores = table({j: {"A": 80, "B": 80, "C": 70} for j in "123"})
    _, decision = decide(scores, ("precision",), official="precision")
    assert decision.steps[0].reason == "already_official"
    assert decision.status == "unresolved"


def test_the_refit_compares_two_over_the_judges_they_share(table):
    """Means equal; over the shared judges 1 and 2, B is two points higher."""
    scores = table(
        {
            "1": {"A": 80, "B": 82, "C": 70},
            "2": {"A": 80, "B": 82, "C": 70},
            "3": {"A": 84, "C": 70},
            "4": {"B": "80.0", "C": 71},
        }
    )
    standings, decision = decide(scores, ("least_squares_tied",))
    assert decision.zone
    assert set(decision.zone) == {"A", "B"}
    assert winners(standings) == {"B"}
    values = decision.steps[0].values
    assert values["B"] - values["A"] == 2
    assert decision.pair.shared == 2


def test_the_refit_says_nothing_over_one_shared_judge(table):
    scores = table({"1": {"A": 80, "B": 82}, "2": {"A": 82, "C": 1}, "3": {"B": 80, "C": 1}})
    _, decision = decide(scores, ("least_squares_tied",))
    assert decision.steps[0].reason == "no_degrees_of_freedom"


def test_a_cycle_of_head_to_heads_is_settled_for_the_set_not_by_pairs(table):
    """A beats B, B beats C, C beats A, two judges to one each: the refit sees them equal."""
    scores = table(
        {
            "1": {"A": 3, "B": 2, "C": 1, "D": 0},
            "2": {"A": 1, "B": 3, "C": 2, "D": 0},
            "3": {"A": 2, "B": 1, "C": 3, "D": 0},
        }
    )
    standings, decision = decide(scores, ("least_squares_tied", "countback", "ruling"))
    assert winners(standings) == set()
    assert [step.admitted for step in decision.steps] == [(), (), ()]
    assert decision.status == "awaiting_ruling"
    assert set(decision.waiting) == {"A", "B", "C"}


def by_criterion(marks):
    """{entrant: {criterion: marks by judge}} as a table."""
    return pd.DataFrame(
        [
            {"entrant": e, "judge": str(j), "criterion": c, "score": m}
            for e, given in marks.items()
            for c, row in given.items()
            for j, m in enumerate(row)
        ]
    )


RUBRIC = pd.DataFrame({"criterion": ["use", "talk"], "max": [50, 50]})


def test_the_first_criterion_is_compared_on_the_printed_scale():
    scores = by_criterion(
        {
            "A": {"use": [40, 41, 42], "talk": [42, 41, 40]},
            "B": {"use": [42, 41, 43], "talk": [40, 41, 39]},
            "C": {"use": [10, 10, 10], "talk": [10, 10, 10]},
        }
    )
    standings, decision = decide(
        scores, ("first_criteria",), rubric=RUBRIC, first_criteria=("use",)
    )
    assert winners(standings) == {"B"}
    assert standings.entrants.loc["B", "decided_by"] == "first_criteria:use"
    assert {e: str(v) for e, v in decision.steps[0].values.items()} == {"A": "82.00", "B": "84.00"}


def test_equal_first_criteria_go_on_to_the_next():
    rubric = pd.DataFrame({"criterion": ["a", "b", "c"], "max": [30, 30, 40]})
    scores = by_criterion(
        {
            "A": {"a": [20, 20], "b": [10, 10], "c": [30, 30]},
            "B": {"a": [20, 20], "b": [11, 11], "c": [29, 29]},
            "C": {"a": [1, 2], "b": [1, 1], "c": [1, 1]},
        }
    )
    standings, decision = decide(
        scores, ("first_criteria",), rubric=rubric, first_criteria=("a", "b")
    )
    assert [step.detail for step in decision.steps] == ["a", "b"]
    assert winners(standings) == {"B"}


def test_countback_counts_the_judges_who_placed_one_in_the_top(table):
    """Top 2, then top 1: A is first with two judges, B with one; both are in the top 2 thrice."""
    scores = table(
        {
            "1": {"A": 90, "B": 89, "C": 50, "D": 40},
            "2": {"A": 90, "B": 88, "C": 50, "D": 40},
            "3": {"A": 87, "B": 90, "C": 50, "D": 95},
        }
    )
    standings, decision = decide(scores, ("countback",))
    assert decision.steps[0].values == {"A": [2], "B": [0]}
    assert winners(standings) == {"A"}


def test_countback_is_for_complete_panels_only(table):
    scores = table({"1": {"A": 90, "B": 90}, "2": {"A": 80, "B": 80}, "3": {"C": 1, "A": 85}})
    _, decision = decide(table({"1": {"A": 9, "B": 9}, "2": {"C": 1, "B": 9}}), ("countback",))
    assert decision.steps[0].reason == "incomplete_panel"
    assert scores is not None


TIE = {j: {"A": 80, "B": 80, "C": 70} for j in "123"}


def test_until_a_ruling_is_entered_everything_waits(table):
    standings, decision = decide(table(TIE), ("ruling", "lots"), seed="s")
    assert decision.status == "awaiting_ruling"
    assert winners(standings) == set()
    assert set(standings.cut.waiting) == {"A", "B"}
    assert standings.entrants.loc[["A", "B"], "place"].tolist() == [1, 1]
    ruled, decision = decide(table(TIE), ("ruling",), rulings=entered("ruling", A=2, B=1))
    assert winners(ruled) == {"B"}
    assert ruled.entrants.loc["A", "decided_by"] == "ruling"


def test_lots_drawn_by_hand_are_recorded(table):
    standings, _ = decide(table(TIE), ("ruling", "lots"), rulings=entered("lot", A=2, B=1))
    assert winners(standings) == {"B"}
    assert standings.entrants.loc["B", "decided_by"] == "lots"


def test_drawn_lots_are_the_ascending_sha_256_of_a_json_array(table):
    standings, decision = decide(
        table(TIE), ("lots",), seed="half-half", competition_id="c", round_id="r"
    )
    digest = {e: hashlib.sha256(f'["c","r","half-half","{e}"]'.encode()).hexdigest() for e in "AB"}
    assert decision.steps[0].values == digest
    assert winners(standings) == {min(digest, key=digest.get)}


def test_an_id_that_is_no_text_draws_the_lot_of_its_text(table):
    """The number 7 and the text 7 are one entrant on paper."""
    marks = pd.DataFrame(
        [{"entrant": e, "judge": j, "score": 80} for e in (7, 12, 3) for j in "123"]
    )
    rules = {"seed": "half-half", "competition_id": "c", "round_id": "r"}
    _, numbers = decide(marks, ("lots",), **rules)
    _, texts = decide(marks.astype({"entrant": str}), ("lots",), **rules)
    drawn = {str(e): value for e, value in numbers.steps[0].values.items()}
    assert drawn == texts.steps[0].values


def test_without_a_seed_or_a_draw_lots_wait(table):
    _, decision = decide(table(TIE), ("lots",))
    assert decision.status == "awaiting_lots"


def test_more_decimals(table):
    scores = table(
        {"1": {"A": "80.01", "B": "80.00"}, "2": {"A": 80, "B": 80}, "3": {"A": 80, "B": 80}}
    )
    standings, decision = decide(scores, ("more_decimals",))
    assert winners(standings) == {"A"}
    assert str(decision.steps[0].values["A"]) == "80.003333"


def test_mean_of_all_judges_where_trimming_tied(table):
    marks = {"A": [70, 80, 80, 80, 95], "B": [75, 80, 80, 80, 85]}
    scores = table({str(j): {e: m[j] for e, m in marks.items()} for j in range(5)})
    standings, _ = decide(scores, ("mean_all",), official="trimmed")
    assert winners(standings) == {"A"}


def test_a_key_undefined_for_one_is_skipped_for_the_set(table):
    scores = table({"1": {"A": 80, "B": 80}, "2": {"A": 80, "B": 80}, "3": {"C": 80}})
    standings, decision = decide(
        scores, ("precision", "lots"), top=2, rulings=entered("lot", A=3, B=2, C=1)
    )
    assert decision.steps[0].reason == "no_value"
    assert winners(standings) == {"B", "C"}


def test_a_key_decides_only_for_those_still_tied(table):
    """Three for two seats: the ruling puts A first and leaves B and C to the lot."""
    scores = table({j: dict.fromkeys("ABC", 80) for j in "12"})
    rulings = pd.concat([entered("ruling", A=1, B=2, C=2), entered("lot", B=2, C=1)])
    standings, decision = decide(scores, ("ruling", "lots"), top=2, rulings=rulings)
    assert winners(standings) == {"A", "C"}
    assert [set(step.tied) for step in decision.steps] == [{"A", "B", "C"}, {"B", "C"}]
    assert standings.entrants["decided_by"].to_dict() == {"A": "ruling", "B": "lots", "C": "lots"}


def test_an_exact_tie_inside_is_placed_by_the_chain(table):
    scores = table({j: {"A": 80, "B": 80, "C": 70} for j in "12"})
    standings, _ = decide(scores, ("lots",), top=2, rulings=entered("lot", A=2, B=1))
    assert standings.entrants["place"].to_dict() == {"B": 1, "A": 2, "C": 3}
    assert standings.entrants["rank"].to_dict() == {"B": 1, "A": 1, "C": 3}


def test_deductions_are_not_refunded_by_a_key(table):
    """A's marks are higher by the point it was fined: the net scores tie, and so do the keys."""
    scores = table({j: {"A": 81, "B": 80, "C": 70} for j in "123"})
    fined = pd.DataFrame({"entrant": ["A", "B", "C"], "deduction": [1, 0, 0]})
    keys = ("precision", "least_squares_tied", "mean_all", "more_decimals", "majority_judgment")
    _, decision = decide(scores, keys, entrants=fined)
    assert decision.status == "unresolved"
    for step in decision.steps:
        assert step.values["A"] == step.values["B"]


@pytest.mark.parametrize(
    ("differences", "p"),
    [([1], 1.0), ([1, 1], 0.5), ([1, 1, 1, 1, 1, 1], 2 / 64), ([1, -1], 1.0), ([3, 1, -1], 0.75)],
    ids=str,
)
def test_the_sign_flip_p_by_hand(differences, p):
    assert sign_flip_p(differences) == p


def test_many_shared_judges_use_seeded_flips():
    p = sign_flip_p([5] * 30)
    assert p == sign_flip_p([5] * 30)
    assert p == pytest.approx(1 / 100_001)
    assert sign_flip_p([1, -1] * 15) == 1.0


def read_again(marks):
    """Second readings by X and Y, mark by mark: {entrant: {criterion: (X's, Y's)}}."""
    return pd.DataFrame(
        [
            {"kind": "reading", "entrant": e, "judge": j, "criterion": c, "value": v}
            for e, given in marks.items()
            for c, row in given.items()
            for j, v in zip("XY", row, strict=True)
        ]
    )


TIED_MARKS = {e: {"use": [40, 41, 39], "talk": [40, 39, 41]} for e in "AB"}
TIED_MARKS["C"] = {"use": [10, 12, 9], "talk": [10, 11, 9]}


def test_second_readings_are_whole_sheets_weighed_by_the_rubric():
    """X and Y give B more on one criterion and less on the other: B's sheets total 83, A's 80."""
    readings = read_again(
        {"A": {"use": (40, 40), "talk": (40, 40)}, "B": {"use": (45, 46), "talk": (38, 37)}}
    )
    rules = {"rubric": RUBRIC, "at_cut": "jury", "rulings": readings}
    standings, decision = decide(by_criterion(TIED_MARKS), ("lots",), **rules)
    assert winners(standings) == {"B"}
    assert decision.steps[0].key == "reading"
    shown = decision.steps[0].values
    assert float(shown["B"]) > float(shown["A"]) > 78


def test_a_mark_beyond_the_rubric_is_refused_in_a_second_reading_too():
    readings = read_again(
        {"A": {"use": (40, 51), "talk": (40, 40)}, "B": {"use": (45, 46), "talk": (38, 37)}}
    )
    with pytest.raises(MarkOutOfRange):
        decide(by_criterion(TIED_MARKS), ("lots",), rubric=RUBRIC, at_cut="jury", rulings=readings)


def test_few_readers_are_said_to_be_few(table):
    """Two readers of entrants that eight judges marked."""
    scores = table({str(j): {"A": 80, "B": 80, "C": 70} for j in range(8)})
    again = pd.DataFrame(
        [
            {"kind": "reading", "entrant": e, "judge": j, "value": v}
            for e, v in (("A", 80), ("B", 82))
            for j in "XY"
        ]
    )
    standings, _ = decide(scores, ("lots",), at_cut="jury", rulings=again)
    codes = {caution.code: caution.values for caution in standings.warnings}
    assert codes["few_readers"] == {"readers": 2, "judges": 8}


def test_marks_and_maxima_scaled_together_change_no_criterion_compared():
    """Of 50 or of 5: 4.0049 and 4.0051 of 5 are 80.098 and 80.102 of 100, not both 4.00."""
    marks = {"A": [40.049, 40.049, 40.049], "B": [40.051, 40.051, 40.051], "C": [10, 10, 10]}
    values = []
    for maximum in (50, 5):
        rubric = pd.DataFrame({"criterion": ["use", "talk"], "max": [maximum, maximum]})
        rubric["weight"] = ["0.5", "0.5"]
        small = {e: [round(m * maximum / 50, 6) for m in row] for e, row in marks.items()}
        scores = by_criterion({e: {"use": row, "talk": row[::-1]} for e, row in small.items()})
        rules = {"rubric": rubric, "first_criteria": ("use",), "decimals": 1}
        _, decision = decide(scores, ("first_criteria",), **rules)
        values.append({e: str(v) for e, v in decision.steps[0].values.items()})
    assert values[0] == values[1] == {"A": "80.1", "B": "80.1"}
