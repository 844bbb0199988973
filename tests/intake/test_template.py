"""The blank workbook: what it asks for is what is read, and its sample lines enter nothing."""

import io
from functools import cache

import openpyxl
import pytest

import db
import intake
from competition.visitor import Visitor
from db.invariants import verify
from intake.reading import TABLES
from intake.template import SHEETS
from tests.intake.conftest import AT
from tests.opening import BOTH
from words import LANGS

template = cache(intake.template)


def opened(lang: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template(lang)))


@pytest.mark.parametrize("lang", LANGS)
def test_a_blank_template_is_read_and_says_what_to_fill_in(lang: str):
    """Every sheet and column is known; only the three lists are asked for."""
    plan = intake.read(template(lang))
    assert [stop.code for stop in plan.stops] == ["empty_sheet"] * 3
    assert plan.notes == ()
    assert [fix.code for fix in plan.fixes].count("sample_row") == 5


def test_every_needed_column_is_in_the_template():
    """And nothing that is not read."""
    for table, columns in SHEETS.items():
        allowed, needed = TABLES[table]
        assert set(columns) <= set(allowed)
        assert all(set(group) & set(columns) for group in needed)


@pytest.mark.parametrize("lang", BOTH)
def test_codes_are_text_before_anybody_types_one(lang: str):
    """Excel keeps 12 digits as digits, and the leading zeros of a number."""
    sheet = opened(lang).worksheets[1]
    assert {sheet.cell(row, 2).number_format for row in (3, 4, 1000)} == {"@"}
    assert isinstance(sheet["B3"].value, str)


@pytest.mark.parametrize("lang", BOTH)
def test_a_template_that_was_filled_in_is_entered(lang: str, store: db.Store, who: Visitor):
    """The sample lines, kept as they are but for the remark, make a whole small event."""
    book = opened(lang)
    for sheet in book.worksheets[1:]:
        sheet.cell(3, sheet.max_column).value = None
    book.worksheets[3]["C3"] = 100
    file = io.BytesIO()
    book.save(file)
    plan = intake.read(file.getvalue())
    assert plan.stops == ()
    assert plan.lang == lang
    done = intake.enter(store, who, plan, at=AT)
    assert (done.state, done.marks, len(plan.rubric[0].line.anchors)) == ("closed", 1, 4)
    assert verify(store) == []


@pytest.mark.parametrize("lang", BOTH)
def test_a_blank_template_prints_no_empty_pages(lang: str):
    """Two thousand prepared rows printed fifteen empty pages."""
    for sheet in opened(lang).worksheets[1:]:
        last = sheet.print_area.rpartition("$")[2]
        assert int(last) <= 40, sheet.title
        assert sheet.page_setup.orientation == "landscape"
