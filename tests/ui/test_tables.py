"""Lists and the progress matrix."""

import pytest

from ui.icons import state_label
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
