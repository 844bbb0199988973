"""The sample rubric sums to 100 and its levels leave no mark without a level."""

import pytest

from examples import SAMPLE_RUBRIC, SampleCriterion
from examples.rubric import SAMPLE_NOTE, thousandths


def test_maxima_sum_to_one_hundred_in_the_order_given():
    """Seven criteria of 25, 15, 15, 10, 15, 10, 10."""
    maxima = [criterion.maximum for criterion in SAMPLE_RUBRIC]
    assert maxima == [25000, 15000, 15000, 10000, 15000, 10000, 10000]
    assert len({criterion.key for criterion in SAMPLE_RUBRIC}) == 7


def test_the_rubric_says_that_it_is_a_sample():
    """Nobody takes it for the official sheet, whose text is not known."""
    assert SAMPLE_NOTE == "样例，待主办方核定"


@pytest.mark.parametrize("criterion", SAMPLE_RUBRIC, ids=lambda criterion: criterion.key)
def test_levels_cover_every_step_once(criterion: SampleCriterion):
    """优, 良, 中, 差 run from the maximum down to 0, each beginning a step below the last."""
    assert [anchor.level for anchor in criterion.anchors] == ["优", "良", "中", "差"]
    upper = criterion.maximum + criterion.step
    for anchor in criterion.anchors:
        assert anchor.high == upper - criterion.step
        assert anchor.low <= anchor.high
        assert anchor.low % criterion.step == anchor.high % criterion.step == 0
        assert anchor.text
        upper = anchor.low
    assert upper == 0


def test_thousandths_are_exact_or_refused():
    """Points become integers without a float in between."""
    assert thousandths("21.5") == 21500
    with pytest.raises(ValueError, match="finer than a thousandth"):
        thousandths("0.0005")
