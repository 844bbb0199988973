"""A workbook holds text as text, numbers as numbers, and never a formula."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from exports import EXPORTS, Column, Suffixed, Table, award_list, standings_sheet
from exports.text import columns_wide
from tests.exports.rows import META, SNAPSHOT, award_row, standings_row

DANGEROUS = (
    "=1+1",
    "+8613",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "  =HYPERLINK(A1)",
    '=cmd|" /c calc"!A0',
)


def opened(table: Table) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(EXPORTS["xlsx"].render(table))).active


def table_of(*values: str) -> Table:
    column = Column("title", "成果名称")
    return Table("probe", "zh", "试", "试", (column,), tuple((value,) for value in values))


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_stays_text(text: str):
    """It is stored as a string, with the prefix that keeps Excel from reading it on edit."""
    cells = [cell for row in opened(table_of(text)) for cell in row if cell.quotePrefix]
    assert [(cell.data_type, cell.value) for cell in cells] == [("s", text)]


def test_ordinary_text_and_error_words_are_plain_strings():
    """团山村, 12-3 and #N/A are what they say; nothing becomes a date or an error."""
    sheet = opened(table_of("团山村", "12-3", "#N/A", "TRUE", "3"))
    values = [sheet.cell(row, 1) for row in range(4, 9)]
    assert [cell.value for cell in values] == ["团山村", "12-3", "#N/A", "TRUE", "3"]
    assert {cell.data_type for cell in values} == {"s"}
    assert not any(cell.quotePrefix for cell in values)


def test_no_formula_anywhere_even_in_titles():
    """A competition called =1+1 prints its name."""
    meta = replace(META, competition="=1+1", round="@x")
    for table in (award_list([award_row()], meta, "zh"), standings_sheet([], meta, "en")):
        sheet = opened(table)
        assert all(cell.data_type != "f" for row in sheet for cell in row)
        assert "=1+1" in sheet["A2"].value


def test_control_characters_are_left_out():
    """A pasted control character does not spoil the file."""
    assert opened(table_of("团\x00山\x0b村\ufffe"))["A4"].value == "团山村"


def test_codes_are_text_and_scores_numbers_with_fixed_decimals():
    """A code keeps its twelve digits; 86.60 shows both decimals and still adds up."""
    table = award_list([award_row(official=Decimal("86.6"))], META, "zh")
    sheet = opened(table)
    cells = {column.key: sheet.cell(6, at) for at, column in enumerate(table.columns, 1)}
    assert (cells["code"].value, cells["code"].data_type) == ("532524103205", "s")
    assert cells["code"].number_format == "@"
    assert (cells["official"].value, cells["official"].data_type) == (86.6, "n")
    assert cells["official"].number_format == "0.00_ "
    assert (cells["place"].value, cells["number"].value) == (1, 11)


def test_a_tied_rank_is_a_number_printed_with_its_sign():
    """13= sorts and counts as 13."""
    table = award_list([award_row(13, tied=True)], META, "zh")
    cell = opened(table).cell(6, 2)
    assert (cell.value, cell.data_type, cell.number_format) == (13, "n", '0"="_ ')
    assert Suffixed(13, "=") in table.rows[0]


def test_a_missing_score_is_an_empty_cell():
    """Never a zero."""
    row = standings_row(rank=None, announced=None, adjusted=None, official=None, place=None)
    table = standings_sheet([row], META, "zh")
    sheet = opened(table)
    empty = {"rank", "announced", "adjusted", "official", "place"}
    for at, column in enumerate(table.columns, 1):
        assert (sheet.cell(6, at).value is None) == (column.key in empty | {"tied_with"})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_set_up_to_be_printed(lang: str):
    """A4 on its side, one page wide, headers on every page, everything inside the print area."""
    sheet = opened(award_list([award_row(n) for n in range(1, 14)], META, lang))
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == "9"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.freeze_panes == "A6"
    assert sheet.print_area.endswith(f"$A$1:$L${sheet.max_row}")
    assert "A2:L2" in {str(merged) for merged in sheet.merged_cells.ranges}


@pytest.mark.parametrize(("lang", "mark"), [("zh", "样例数据"), ("en", "Sample data")])
def test_sample_data_is_marked_on_the_sheet_and_on_every_page(lang: str, mark: str):
    """In the first row and in the page head; without sample data nowhere."""
    sheet = opened(award_list([award_row()], META, lang))
    assert mark in [cell.value for cell in sheet[1]]
    assert mark in sheet.oddHeader.right.text
    real = opened(award_list([award_row()], replace(META, invented=""), lang))
    assert mark not in {cell.value for row in real for cell in row}
    assert not real.oddHeader.right.text


def test_the_hash_stands_on_the_sheet_and_in_the_foot_of_every_page():
    """Whole under the table, short in the page foot, with the version and local time."""
    sheet = opened(standings_sheet([standings_row()], META, "zh"))
    last = sheet.cell(sheet.max_row, 1).value
    assert SNAPSHOT.sha256 in last
    assert "第1版" in last
    assert "2022-03-18 16:05" in last
    assert SNAPSHOT.sha256[:12] in sheet.oddFooter.left.text


def test_columns_are_wide_enough_for_chinese():
    """A character takes two half-widths; only what passes the column's most wraps."""
    table = award_list([award_row(county="金平苗族瑶族傣族自治县")], META, "zh")
    sheet = opened(table)
    for at, column in enumerate(table.columns, 1):
        width = sheet.column_dimensions[openpyxl.utils.get_column_letter(at)].width
        texts = [column.header, *(row[at - 1] for row in table.rows)]
        needed = max(columns_wide(text) for text in texts if isinstance(text, str))
        assert width > min(needed, column.width)


def test_a_long_title_gets_a_taller_row():
    """What wraps is not cut off in print."""
    rows = [award_row(1), award_row(2, title="很长的成果名称" * 8)]
    sheet = opened(award_list(rows, META, "zh"))
    assert sheet.row_dimensions[7].height > 2 * sheet.row_dimensions[6].height


def test_the_cut_is_a_strong_line_where_the_selected_come_first():
    """Under the last selected row; none where the order and the selection part."""
    rows = [standings_row(1), standings_row(2, selected=False, place=None)]
    sheet = opened(standings_sheet(rows, META, "zh"))
    assert sheet["A6"].border.bottom.style == "medium"
    assert sheet["A7"].border.bottom.style == "thin"
    assert standings_sheet(rows[::-1], META, "zh").cut_after is None


def test_the_same_table_gives_the_same_bytes_and_neutral_properties():
    """No time of writing, no name of a person or a program's default."""
    table = award_list([award_row()], META, "zh")
    first, second = (EXPORTS["xlsx"].render(table) for _ in range(2))
    assert first == second
    properties = openpyxl.load_workbook(io.BytesIO(first)).properties
    assert (properties.creator, properties.lastModifiedBy) == ("擂台", "擂台")
    assert properties.created.year == properties.modified.year == 2000
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert {info.date_time[0] for info in packed.infolist()} == {2000}


def test_codes_are_not_flagged_as_numbers_stored_as_text():
    """The sheet tells Excel that the codes are meant so, and stays well-formed."""
    data = EXPORTS["xlsx"].render(award_list([award_row()], META, "zh"))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        xml = packed.read("xl/worksheets/sheet1.xml").decode()
    assert '<ignoredError sqref="H6:H6" numberStoredAsText="1"/>' in xml
    assert xml.index("</headerFooter>") < xml.index("<ignoredErrors>")
