"""Comma-separated files open in Excel with Chinese intact and nothing to run."""

import csv
import io

import pytest

from exports import EXPORTS, Column, Table, award_list, standings_sheet
from exports.csv import guarded
from tests.exports.rows import META, award_row, standings_row
from tests.exports.test_xlsx import DANGEROUS


def read(table: Table) -> list[list[str]]:
    text = EXPORTS["csv"].render(table).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_bytes_begin_with_the_mark_and_lines_end_as_windows_expects():
    """UTF-8 with byte order mark, CRLF, one line per row and one of headers."""
    data = EXPORTS["csv"].render(award_list([award_row(1), award_row(2)], META, "zh"))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == 3


def test_values_come_back_as_they_were():
    """Codes whole and plain, scores with both decimals, a tied rank as its number."""
    table = award_list([award_row(13, tied=True)], META, "zh")
    header, row = read(table)
    cells = dict(zip(header, row, strict=True))
    assert cells["行政区划代码"] == "532524103205"
    assert cells["最终成绩"] == "86.63"
    assert (cells["序号"], cells["名次"], cells["奖项"]) == ("13", "13", "")


def test_every_line_says_that_it_is_a_sample_and_of_which_edition():
    """Lines are copied out of files; the mark goes with them."""
    header, *rows = read(standings_sheet([standings_row(1), standings_row(2)], META, "zh"))
    assert header[-2:] == ["成绩定稿", "数据说明"]
    for row in rows:
        assert row[-2:] == ["成绩定稿（第1版） 3fa9c2d13fa9", "样例数据"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_gets_an_apostrophe(text: str):
    """In cells and in headers."""
    table = Table(
        "probe", "zh", "试", "试", (Column("a", text), Column("b", "乙")), ((text, "乙"),)
    )
    header, row = read(table)
    assert header == row == [f"'{text}", "乙"]


def test_numbers_below_zero_are_not_text():
    """A difference keeps its sign: only text is guarded."""
    table = Table("probe", "zh", "试", "试", (Column("a", "差", "number"),), ((-4,),))
    assert read(table) == [["差"], ["-4"]]


def test_harmless_text_is_left_alone():
    """A title with an equals sign inside, and an empty one."""
    assert [guarded(text) for text in ("一村=一品", "", "团山村")] == ["一村=一品", "", "团山村"]
