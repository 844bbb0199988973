"""The user's own sheet, each column headed by what it was taken for; a choice changes it."""

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

import intake
from intake.plan import SheetView
from intake.saying import said, sheet_name
from organizers.prepare.importing import chosen
from ui.access import Visit, saying
from ui.html import element
from ui.icons import state_label
from ui.plain import plain
from ui.sheet_columns import cell_rows, column_heads, letters_of
from words import t

_say = saying("organizers.import_page")

ROWS = 40
GRAVEST = ("stop", "note", "fix")
CLASS = {"stop": "a-must", "note": "a-ask", "fix": "a-done-for-you"}


def choose_sheet(now: Visit, plan: intake.Plan) -> SheetView:
    """The tabs of files and sheets, with a sign on those that stop."""
    sheets = [sheet for sheet in plan.sheets_read if sheet.rows]
    stopped: dict[str, int] = {}
    for stop in plan.stops:
        key = chosen.key_of(stop)
        stopped[key] = stopped.get(key, 0) + 1
    by_key = {sheet.key: sheet for sheet in sheets}
    current = chosen.shown_sheet(sheets)
    if len(sheets) > 1:
        st.session_state.setdefault(chosen.SHEET, current.key)
        st.pills(
            _say(now, "sheets"),
            list(by_key),
            key=chosen.SHEET,
            format_func=lambda key: plain(_tab(by_key[key], stopped.get(key, 0))),
            label_visibility="collapsed",
            on_change=lambda: st.session_state.pop(chosen.FIRST, None),
        )
    return chosen.shown_sheet(sheets)


def _tab(sheet: SheetView, stops: int) -> str:
    name = f"{sheet.file.rpartition('.')[0]} {sheet.title}".strip() if sheet.file else sheet.title
    return f"{name} ▲{stops}" if stops else name


def sheet_table(
    now: Visit, plan: intake.Plan, sheet: SheetView, remembered: Mapping[str, str]
) -> None:
    """The sheet: its name, what it was taken for, its columns and cells."""
    table = sheet_name(sheet.table, now.lang) if sheet.table else _say(now, "not_taken")
    count = _say(now, "sheet_line", title=sheet.title, table=table, row=sheet.header_row)
    st.html(element("p", element("b", sheet.file or plan.name), " ", count, cls="a-reason"))
    as_before = sheet.remembered(remembered)
    if as_before:
        names = t("list.between", now.lang).join(as_before)
        word = state_label("done", now.lang, word=_say(now, "remembered", names=names))
        st.html(element("p", word, cls="a-reason"))
    with st.container(key="import-sheet"):
        if sheet.table:
            column_heads(sheet, sheet.table, now.lang, chosen.name_column)
        first = int(st.session_state.get(chosen.FIRST, 0))
        marks = _marks(plan, sheet)
        st.html(
            cell_rows(
                sheet,
                letters_of(sheet),
                first,
                ROWS,
                lambda place, text: _cell(now, text, marks.get(place)),
            )
        )
    st.html(element("p", _legend(now), cls="a-reason"))
    if len(sheet.rows) > ROWS:
        _turn(now, len(sheet.rows), first)


def _marks(plan: intake.Plan, sheet: SheetView) -> dict[str, intake.Finding]:
    """The gravest finding of each cell of the sheet."""
    marks: dict[str, intake.Finding] = {}
    for kind in reversed(GRAVEST):
        for finding in plan.findings:
            if finding.kind == kind and chosen.key_of(finding) == sheet.key:
                marks[finding.cell] = finding
    return marks


def _cell(now: Visit, text: str, finding: intake.Finding | None) -> Markup:
    if finding is None:
        return element("td", text)
    shown = text or (_say(now, "blank") if finding.kind == "stop" else "")
    sign = "\u25b2 " if finding.kind == "stop" else ""
    return element("td", f"{sign}{shown}", cls=CLASS[finding.kind], title=said(finding, now.lang))


def _legend(now: Visit) -> Markup:
    kinds = (("attention", "stop"), ("done", "fix"), ("zone", "note"))
    parts = [
        element(
            "span",
            state_label(icon, now.lang, word=_say(now, f"legend.{kind}")),
            cls=f"{CLASS[kind]}-sign",
        )
        for icon, kind in kinds
    ]
    return element("span", *parts, cls="a-legend")


def _turn(now: Visit, count: int, first: int) -> None:
    """Forward and back through a long sheet."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for key, step in (("earlier", -ROWS), ("further", ROWS)):
            to = first + step
            st.button(
                _say(now, key),
                key=f"import-{key}",
                disabled=not 0 <= to < count,
                on_click=_go_to,
                args=(to,),
            )
        last = min(first + ROWS, count)
        st.html(element("span", _say(now, "rows", first=first + 1, last=last, count=count)))


def _go_to(first: int) -> None:
    st.session_state[chosen.FIRST] = first
