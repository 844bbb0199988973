"""The fields above a workbook's columns: what each was taken for; a choice changes it."""

from collections.abc import Callable, Sequence

import streamlit as st

from intake.plan import SheetView
from intake.recognising import TABLES
from intake.saying import column_name
from ui.html import Markup, element
from ui.plain import plain
from words import t

Choose = Callable[[str, str, str], None]
"""Called with the sheet's key, the column's letter and the field's key in the session."""


def letters_of(sheet: SheetView) -> list[str]:
    """The letters of all columns that hold anything, as a workbook orders them."""
    used = {letter for _, cells in sheet.rows for letter in cells} | set(sheet.fields)
    return sorted(used, key=lambda letter: (len(letter), letter))


def column_heads(sheet: SheetView, table: str, lang: str, choose: Choose) -> None:
    """A field to choose above each column: what it holds, or 不导入.

    Parameters
    ----------
    table
        The list whose fields are offered.
    """
    options = ["", *TABLES[table][0]]
    with st.container(horizontal=True, gap=None, key="import-heads"):
        st.html(element("span", "", cls="a-corner"), width=44)
        for letter in letters_of(sheet):
            widget = f"column-{hash((sheet.key, letter))}"
            taken = sheet.fields.get(letter, "")
            if taken not in options:
                taken = ""
            st.session_state[widget] = taken
            st.selectbox(
                plain(
                    t("ui.columns.head", lang, letter=letter, name=sheet.headers.get(letter, ""))
                ),
                options,
                key=widget,
                format_func=lambda name: (
                    column_name(name, lang) if name else t("ui.columns.not_imported", lang)
                ),
                label_visibility="collapsed",
                on_change=choose,
                args=(sheet.key, letter, widget),
                width=132,
            )


def cell_rows(
    sheet: SheetView,
    letters: Sequence[str],
    first: int,
    count: int,
    cell: Callable[[str, str], Markup],
) -> Markup:
    """Rows of the sheet from one on; ``cell(place, text)`` draws one cell."""
    head = [element("th", ""), *(element("th", letter) for letter in letters)]
    rows = []
    for number, cells in sheet.rows[first : first + count]:
        line = [element("th", number, scope="row")]
        line += [cell(f"{letter}{number}", cells.get(letter, "")) for letter in letters]
        kind = "a-above" if number <= sheet.header_row else ""
        rows.append(element("tr", *line, cls=kind))
    table = element(
        "table", element("thead", element("tr", *head)), element("tbody", *rows), cls="a-grid"
    )
    return element("div", table, cls="a-grid-box", tabindex="0")
