"""What people type into a form, read as meant or refused by name."""

from decimal import Decimal

import pytest

from competition import typed
from competition.errors import BadDay, BadDecimal, BadFields, BadWhole, Refused
from intake.cells import read_number
from intake.grids import Cell


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2022-03-18", "2022-03-18"),
        ("２０２２．３．１８", "2022-03-18"),
        ("2022年3月18日", "2022-03-18"),
        ("20220318", "2022-03-18"),
        (" ", ""),
    ],
)
def test_a_day_in_any_usual_spelling(text: str, meant: str):
    """Full-width digits, points, characters, or nothing between."""
    assert typed.day(text, "starts_on") == meant


@pytest.mark.parametrize("text", ["三月十八", "2022-13-01", "2022-02-30", "22-3-18"])
def test_what_is_no_day_is_refused(text: str):
    """With the field and what was typed."""
    with pytest.raises(BadDay) as refused:
        typed.day(text, "starts_on")
    assert refused.value.values == {"field": "starts_on", "value": text}


def test_a_moment_is_a_day_with_or_without_a_time():
    """9:00, 09：00 and 9时00分 are the same time."""
    for text in ("2022-03-18 9:00", "2022年3月18日 09：00", "2022.3.18 9时00分"):
        assert typed.moment(text, "starts_at") == "2022-03-18 09:00"
    assert typed.moment("2022-03-18", "starts_at") == "2022-03-18"
    with pytest.raises(BadDay):
        typed.moment("2022-03-18 25:00", "starts_at")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1-3, 7", [1, 2, 3, 7]),
        ("１－３、７号", [1, 2, 3, 7]),
        ("1至3 7", [1, 2, 3, 7]),
        ("3,3,1", [3, 1]),
        ("", []),
    ],
)
def test_numbers_and_ranges(text: str, meant: list[int]):
    """As people write them; each once, in their order."""
    assert typed.numbers(text, "numbers") == meant


def test_ranges_read_back():
    """What is shown can be typed again."""
    assert typed.ranges([7, 1, 2, 3]) == "1-3, 7"
    assert typed.numbers(typed.ranges([7, 1, 2, 3]), "numbers") == [1, 2, 3, 7]


@pytest.mark.parametrize("text", ["", "x", "0", "10000", "1.5"])
def test_whole_numbers_keep_their_limits(text: str):
    """The refusal names both limits."""
    with pytest.raises(BadWhole) as refused:
        typed.whole(1, 9999)(text, "top")
    assert refused.value.values["high"] == 9999


@pytest.mark.parametrize("text", ["", "nan", "1e9", "-1", "0.0001", "一"])
def test_decimals_keep_their_limits(text: str):
    """At most three places, finite, within the limits."""
    with pytest.raises(BadDecimal):
        typed.decimal("0", "100")(text, "maximum")


def test_a_comma_is_a_decimal_point():
    """9,5 is nine and a half."""
    assert typed.decimal("0", "100")("９,５0", "maximum") == "9.5"


def test_a_form_refuses_all_its_fields_at_once():
    """Whoever typed sees everything to put right."""
    form = typed.Typed({"a": "x", "b": "", "c": "3"})
    assert form.read("a", typed.whole(1, 9), 1) == 1
    form.read("b", typed.line(required=True), "")
    assert form.read("c", typed.whole(1, 9), 1) == 3
    with pytest.raises(BadFields) as refused:
        form.done()
    assert set(refused.value.problems) == {"a", "b"}
    assert all(isinstance(error, Refused) for error in refused.value.problems.values())


@pytest.mark.parametrize("typed_text", ["50分", "50 分", "５０", "50,5", "50.0", "50 points"])
def test_a_form_reads_a_figure_as_a_workbook_does(typed_text: str):
    """50分 was accepted in Excel and refused in the form."""
    from_file = read_number(Cell("A1", typed_text)).value
    assert Decimal(typed.decimal("0", "100")(typed_text, "maximum")) == from_file
