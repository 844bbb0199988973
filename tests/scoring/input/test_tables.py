"""What cannot stand is refused by name; what is incomplete is left out and said."""

import pandas as pd
import pytest

from scoring import Rules, compute_standings
from scoring.errors import (
    DuplicateColumn,
    DuplicateRow,
    DuplicateSheet,
    InvalidRubric,
    MarkOffStep,
    MarkOutOfRange,
    MissingColumn,
    MissingRubric,
    MissingValue,
    NoScores,
    NotANumber,
    RulingError,
    UnknownCriterion,
    UnknownEntrant,
    UnknownJudge,
    UnknownState,
    WeightsDoNotSum,
)

RUBRIC = pd.DataFrame({"criterion": ["a", "b"], "weight": ["0.4", "0.6"], "max": [10, 20]})


def marks(**changes):
    """Two judges, two entrants, two criteria; one mark replaced."""
    rows = [
        {"entrant": e, "judge": j, "criterion": c, "score": changes.get(f"{e}{j}{c}", "5")}
        for e in ("E", "F")
        for j in ("1", "2")
        for c in ("a", "b")
    ]
    return pd.DataFrame(rows)


def codes(standings):
    return [caution.code for caution in standings.warnings]


def test_weights_must_sum_exactly_and_are_never_renormalised():
    with pytest.raises(WeightsDoNotSum) as caught:
        compute_standings(marks(), RUBRIC.assign(weight=["0.4", "0.5"]))
    assert caught.value.values["total"] == "0.9"


def test_two_columns_of_one_name_are_refused():
    scores = marks()
    with pytest.raises(DuplicateColumn) as caught:
        compute_standings(pd.concat([scores, scores[["score"]]], axis=1), RUBRIC)
    assert caught.value.values == {"table": "scores", "column": "score"}


@pytest.mark.parametrize("wrong", ["1e309", float("inf"), 1e308, 10**400, "9" * 5000, "1e-999999"])
def test_a_number_no_score_can_be_is_refused(wrong):
    """From 10^15 on floats no longer tell hundredths apart."""
    scores = pd.DataFrame({"entrant": ["A", "B"], "judge": "1", "score": [wrong, 1]}, dtype=object)
    with pytest.raises(NotANumber):
        compute_standings(scores)


@pytest.mark.parametrize("weights", [["40%", "60%"], [40, 60], [0.4, 0.6], ["0.4", "0.60"]])
def test_weights_may_be_shares_or_percent(weights):
    standings = compute_standings(marks(), RUBRIC.assign(weight=weights))
    assert standings.entrants["mean"].tolist() == [35.0, 35.0]


def test_without_weights_the_maximum_is_the_weight():
    rubric = pd.DataFrame({"criterion": ["a", "b"], "max": [25, 75]})
    standings = compute_standings(marks(), rubric)
    assert standings.entrants["mean"].tolist() == [10.0, 10.0]
    assert standings.criteria["weight"].tolist() == [0.25, 0.75]


def test_ten_tenths_are_one():
    """0.1 ten times is 1 exactly, whatever binary says."""
    names = [str(i) for i in range(10)]
    rubric = pd.DataFrame({"criterion": names, "weight": 0.1, "max": 10})
    scores = pd.DataFrame({"entrant": "E", "judge": "1", "criterion": names, "score": 7})
    assert compute_standings(scores, rubric).entrants["mean"].tolist() == [70.0]


def test_different_maxima_are_rescaled_by_the_declared_maximum_not_the_range_seen():
    standings = compute_standings(marks(E1a=10, E2a=10), RUBRIC)
    assert standings.entrants.loc["E", "mean"] == 0.4 * 100 + 0.6 * 25


def test_scaling_marks_and_maxima_together_changes_nothing():
    small = compute_standings(marks(E1a=7, F2b=19), RUBRIC).entrants
    big_marks = marks(E1a=7, F2b=19).assign(score=lambda d: d["score"].astype(int) * 3)
    big = compute_standings(big_marks, RUBRIC.assign(max=[30, 60])).entrants
    pd.testing.assert_frame_equal(small, big)


@pytest.mark.parametrize("mark", ["10.5", 11, "-1"])
def test_a_mark_out_of_range_is_refused_with_its_place(mark):
    with pytest.raises(MarkOutOfRange) as caught:
        compute_standings(marks(F2a=mark), RUBRIC)
    values = caught.value.values
    assert (values["entrant"], values["judge"], values["criterion"]) == ("F", "2", "a")
    assert values["high"] == "10"


def test_a_mark_off_its_step_is_refused():
    rubric = RUBRIC.assign(step=["0.5", None])
    assert compute_standings(marks(E1a="7.5"), rubric).entrants["n_judges"].tolist() == [2, 2]
    with pytest.raises(MarkOffStep):
        compute_standings(marks(E1a="7.3"), rubric)


def test_a_step_of_a_tenth_is_exact():
    rubric = RUBRIC.assign(step="0.1")
    compute_standings(marks(E1a=0.3, E1b=0.7), rubric)


@pytest.mark.parametrize("mark", ["9,5", "９", "good", float("inf")])
def test_a_mark_that_is_no_number_is_refused_with_its_row(mark):
    with pytest.raises(NotANumber) as caught:
        compute_standings(marks(E1b=mark), RUBRIC)
    assert caught.value.values["row"] == 2


def test_a_sheet_twice_is_refused_even_when_equal(table):
    scores = table({"1": {"E": 5, "F": 6}})
    with pytest.raises(DuplicateSheet) as caught:
        compute_standings(pd.concat([scores, scores[:1]]))
    assert caught.value.values == {"entrant": "E", "judge": "1"}


def test_a_missing_column_is_named(table):
    with pytest.raises(MissingColumn) as caught:
        compute_standings(table({"1": {"E": 5}}).drop(columns="judge"))
    assert caught.value.values["column"] == "judge"
    with pytest.raises(MissingColumn):
        compute_standings(table({"1": {"E": 5}}), RUBRIC)


def test_marks_by_criterion_need_a_rubric():
    with pytest.raises(MissingRubric):
        compute_standings(marks())


def test_an_unknown_criterion_is_refused():
    with pytest.raises(UnknownCriterion):
        compute_standings(marks().replace({"criterion": {"b": "c"}}), RUBRIC)


def test_an_unknown_entrant_or_judge_is_refused(table):
    scores = table({"1": {"E": 5, "F": 6}})
    with pytest.raises(UnknownEntrant):
        compute_standings(scores, entrants=pd.DataFrame({"entrant": ["E"]}))
    assigned = pd.DataFrame({"entrant": ["E"], "judge": ["2"], "state": ["expected"]})
    with pytest.raises(UnknownJudge):
        compute_standings(scores, assignments=assigned)


def test_a_list_of_recusals_alone_does_not_name_the_panel(table):
    scores = table({"1": {"E": 5, "F": 6}, "2": {"F": 4}})
    recused = pd.DataFrame({"entrant": ["E"], "judge": ["2"], "state": ["recused"]})
    assert compute_standings(scores, assignments=recused).entrants["n_judges"].to_dict() == {
        "E": 1,
        "F": 2,
    }


def test_tables_of_settings_are_checked(table):
    scores = table({"1": {"E": 5, "F": 6}})
    with pytest.raises(DuplicateRow):
        compute_standings(scores, entrants=pd.DataFrame({"entrant": ["E", "F", "E"]}))
    with pytest.raises(NotANumber):
        compute_standings(
            scores, entrants=pd.DataFrame({"entrant": ["E", "F"], "deduction": ["0,5", 0]})
        )
    with pytest.raises(UnknownState):
        compute_standings(
            scores,
            assignments=pd.DataFrame({"entrant": ["E"], "judge": ["1"], "state": ["ill"]}),
        )
    with pytest.raises(InvalidRubric):
        compute_standings(marks(), RUBRIC.assign(max=[10, 0]))
    with pytest.raises(MissingValue):
        compute_standings(marks(), RUBRIC.assign(max=[10, None]))
    with pytest.raises(RulingError):
        compute_standings(
            scores, rulings=pd.DataFrame({"kind": ["coin"], "entrant": ["E"], "value": [1]})
        )


def test_nothing_at_all_is_refused_but_entrants_without_scores_are_listed():
    empty = pd.DataFrame({"entrant": [], "judge": [], "score": []})
    with pytest.raises(NoScores):
        compute_standings(empty)
    standings = compute_standings(empty, entrants=pd.DataFrame({"entrant": ["E", "F"]}))
    assert standings.entrants["rank"].isna().all()
    assert not standings.entrants["selected"].any()


def test_an_incomplete_sheet_is_left_out_and_said():
    scores = marks().drop(index=0)
    standings = compute_standings(scores, RUBRIC)
    assert standings.entrants.loc["E", "n_judges"] == 1
    assert "incomplete_sheet" in codes(standings)
    blank = compute_standings(marks(E1a=None), RUBRIC)
    assert blank.entrants.loc["E", "n_judges"] == 1


def test_a_blank_is_not_a_zero(table):
    standings = compute_standings(table({"1": {"E": None, "F": 6}, "2": {"E": 5, "F": 5}}))
    assert standings.entrants.loc["E", "mean"] == 5
    assert "blank_score" in codes(standings)


def test_the_sheet_of_a_recused_or_absent_judge_does_not_count(table):
    scores = table({"1": {"E": 5, "F": 6}, "2": {"E": 1, "F": 5}, "3": {"E": 6, "F": 7}})
    for state in ("recused", "absent"):
        assigned = pd.DataFrame({"entrant": ["E"], "judge": ["2"], "state": [state]})
        standings = compute_standings(scores, assignments=assigned)
        assert standings.entrants.loc["E", "mean"] == 5.5
        assert f"{state}_sheet" in codes(standings)


def test_totals_are_rounded_before_any_method(table):
    """9.125 and 9.125 are 9.13 on stage, and 9.13 is what follows from it."""
    standings = compute_standings(
        table({"1": {"E": "9.125"}, "2": {"E": "9.125"}}), rules=Rules(official="mean")
    )
    assert str(standings.entrants.loc["E", "official"]) == "9.13"
    assert "totals_rounded" in codes(standings)


def test_input_tables_are_left_alone():
    scores, rubric = marks(), RUBRIC.copy()
    before = scores.copy()
    compute_standings(scores, rubric)
    pd.testing.assert_frame_equal(scores, before)
    pd.testing.assert_frame_equal(rubric, RUBRIC)
