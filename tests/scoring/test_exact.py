"""Numbers come in exactly and are rounded once, half up, in one place."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import NotANumber
from scoring.exact import (
    decimal_text,
    divide_rounded,
    fraction,
    published,
    quantize,
    scaled_integers,
)


@pytest.mark.parametrize(
    "value", ["9.5", 9.5, Decimal("9.5"), Fraction(19, 2), np.float64(9.5)], ids=repr
)
def test_a_number_is_the_same_however_it_is_given(value):
    assert fraction(value) == Fraction(19, 2)


def test_a_float_stands_for_its_shortest_decimal():
    assert fraction(0.1) == Fraction(1, 10)


@pytest.mark.parametrize("value", [None, float("nan"), "", "  ", pd.NA])
def test_a_blank_is_missing_never_zero(value):
    assert fraction(value) is None


@pytest.mark.parametrize(
    "value", ["9,5", "９.5", "good", "inf", float("inf"), True, "30分", "1/2"], ids=repr
)
def test_what_is_no_decimal_is_refused(value):
    with pytest.raises(NotANumber):
        fraction(value)


@pytest.mark.parametrize(
    ("value", "units"),
    [
        (Fraction("91.245"), 9125),
        (91.245, 9125),
        (0.285, 29),
        (1.005, 101),
        (Fraction(-5, 1000), 0),
        (2.675, 268),
    ],
)
def test_a_half_goes_up_even_where_binary_lost_it(value, units):
    assert quantize(value, 2) == units


def test_half_even_where_the_rules_say_so():
    assert [quantize(Fraction(x), 0, "half_even") for x in ("0.5", "1.5", "2.5")] == [0, 2, 2]


@given(st.integers(-(10**7), 10**7), st.integers(1, 12))
def test_a_mean_as_float_is_rounded_like_the_exact_mean(total, n):
    """A score computed in floats is printed as the exact one would be."""
    exact = Fraction(total, 100 * n)
    assert quantize(total / 100 / n, 2) == quantize(exact, 2)


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1), st.integers(1, 1000))
def test_whole_numbers_are_divided_half_up(numerators, denominator):
    rounded = divide_rounded(np.array(numerators), denominator, "half_up")
    assert rounded.tolist() == [quantize(Fraction(n, denominator), 0) for n in numerators]


def test_a_published_figure_keeps_its_decimals():
    assert str(published(9120, 2)) == "91.20"
    assert str(published(91, 0)) == "91"


def test_a_column_is_read_over_one_denominator():
    units, denominator, missing = scaled_integers(pd.Series(["1.25", "3", None, "0.5"]))
    assert denominator == 4
    assert units.tolist() == [5, 12, 0, 2]
    assert missing.tolist() == [False, False, True, False]


def test_fractions_are_written_as_people_do():
    assert decimal_text(Fraction(1, 2)) == "0.5"
    assert decimal_text(Fraction(25)) == "25"
    assert decimal_text(Fraction(1, 3)) == "1/3"
