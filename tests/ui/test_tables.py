"""Lists and the progress matrix."""

import io
from decimal import Decimal
from types import SimpleNamespace

import pytest
from markupsafe import Markup
from openpyxl import load_workbook

from exports import EXPORTS
from ui.html import element
from ui.icons import state_label
from ui.long_table import as_table
from ui.tables import Cell, Column, list_table, matrix_table


def test_markup_goes_in_and_text_is_escaped():
    """A state label keeps its markup; a name does not become any."""
    table = list_table(
        [Column("村"), Column("分", "right"), Column("")],
        [["<i>", "90.50", state_label("locked", "zh")]],
        "zh",
    )
    assert "<td>&lt;i&gt;</td>" in table
    assert '<td class="a-n">90.50</td>' in table
    assert 'data-state="locked"' in table


def test_a_list_without_rows_says_so():
    """Never a blank table."""
    assert "没有可显示的行" in list_table([Column("a"), Column("b")], [], "zh")


def test_a_row_of_another_length_is_refused():
    """A value under the wrong heading is worse than an error."""
    with pytest.raises(ValueError, match="shorter"):
        list_table([Column("a"), Column("b")], [["only one"]], "zh")
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        matrix_table("号", ["01", "02"], {"1号": [Cell("saved")]}, "zh")


def test_a_matrix_cell_has_its_word_for_screen_readers():
    """An icon alone is silent: its word is in the cell."""
    table = matrix_table(
        "号", ["评委01", "评委02", "候补01"],
        {"1号": [Cell("submitted"), Cell("marking", "5/7"), None]}, "zh",
    )  # fmt: skip
    assert '<span class="a-hidden">已提交</span>' in table
    assert "<small>5/7</small>" in table
    assert 'class="a-nil"' in table
    assert table.count("打分中") == 1


def test_a_long_table_keeps_its_head_and_names_each_cell_for_a_phone():
    """The first columns stay by a class; a cell has its heading; the box takes the keyboard."""
    table = list_table(
        [Column("号", "right"), Column("村（县乡）")], [["7", "大丫口村"]], "zh", keeps=2
    )
    assert '<div class="a-scroll" tabindex="0">' in table
    assert 'class="a-table a-long a-keeps2"' in table
    assert '<td data-h="村">大丫口村</td>' in table


def test_a_long_table_as_a_file_has_text_without_markup():
    """A code stays text, a figure is one with its decimals, a blank is no zero."""
    rows = [
        [Markup("<b>大丫口村</b> <small>蒙自市</small>"), "532501103205", "7"],
        [element("b", "=1+1"), "532501103206", ""],
    ]
    columns = [Column("村"), Column("代码", "right"), Column("号", "right")]
    now = SimpleNamespace(lang="zh", competition=None, round=None, of_round=False)
    table = as_table(now, "entrants", "参评名单", columns, rows)
    assert [column.kind for column in table.columns] == ["text", "code", "number"]
    assert table.rows[0] == ("大丫口村 蒙自市", "532501103205", Decimal(7))
    assert table.rows[1][1:] == ("532501103206", None)
    sheet = load_workbook(io.BytesIO(EXPORTS["xlsx"].render(table))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {"大丫口村 蒙自市", "532501103205", 7} <= {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)
