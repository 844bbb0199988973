"""The columns of a county's workbook: what each was taken for, and put right by hand."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

import intake
from ui import pressing
from ui.access import Visit, saying
from ui.html import element
from ui.sheet_columns import cell_rows, column_heads, letters_of

_say = saying("counties.columns")

UNREAD = frozenset({"missing_column", "missing_sheet", "no_header", "nothing_known"})
"""Stops of a workbook whose columns were not understood."""
ROWS = 6


def mapped(now: Visit, plan: intake.Plan, change: Callable[[intake.Edit, datetime], None]) -> None:
    """The first sheet's columns with their first rows; open where they were not understood."""
    sheets = sorted((s for s in plan.sheets_read if s.rows), key=lambda one: not one.table)
    if not sheets:
        return
    sheet = sheets[0]
    is_unread = any(stop.code in UNREAD for stop in plan.stops)
    with st.expander(_say(now, "title"), expanded=is_unread):
        st.html(element("p", _say(now, "text"), cls="a-hint"))
        with st.container(key="import-sheet"):
            column_heads(
                sheet,
                "entrants",
                now.lang,
                lambda key, letter, widget: pressing.do(
                    now,
                    lambda at: change(
                        intake.Edit("column", key, letter, str(st.session_state[widget])), at
                    ),
                ),
            )
            drawn = cell_rows(
                sheet, letters_of(sheet), 0, ROWS, lambda _, text: element("td", text)
            )
            st.html(drawn)
