"""A county's list: what was returned first, each entrant with its state and the way to it."""

import streamlit as st

from competition.filing.shapes import FilingView, Listed
from counties import entrant
from ui.access import Visit, saying
from ui.html import Markup, element
from ui.icons import state_label
from ui.plain import plain
from words import t

_say = saying("counties.list")

FILTER, OPEN, ALL = "county-filter", "county-open", "county-all"
FEW = 15
NEW = "new"


def list_part(now: Visit, view: FilingView) -> None:
    """The filters, the form that is open, and the rows."""
    kinds = {
        "all": list(view.listed),
        "returned": [one for one in view.listed if one.is_returned],
        "lacking": [one for one in view.listed if lacks(now, one)],
        "whole": [one for one in view.listed if not lacks(now, one) and not one.is_returned],
    }
    with st.container(
        key="county-filters", horizontal=True, gap="small", vertical_alignment="center"
    ):
        shown = st.pills(
            _say(now, "filter"),
            [key for key in kinds if key == "all" or kinds[key]],
            default="all",
            required=True,
            format_func=lambda key: plain(_say(now, f"show.{key}", count=len(kinds[key]))),
            key=FILTER,
            label_visibility="collapsed",
            width="stretch",
        )
        if view.is_open:
            st.button(
                _say(now, "add"), key="county-add", on_click=open_form, args=(NEW,), width="content"
            )
    opened = str(st.session_state.get(OPEN, ""))
    if view.is_open and opened == NEW:
        entrant.form_part(now, view, None, close)
    rows = kinds[str(shown)]
    if not view.listed:
        text = _say(now, "empty_text" if view.is_open else "empty_closed")
        st.html(
            element("section", element("h2", _say(now, "empty")), element("p", text), cls="a-empty")
        )
        return
    _rows(now, view, rows, opened)


def _rows(now: Visit, view: FilingView, rows: list[Listed], opened: str) -> None:
    number = {one.id: at for at, one in enumerate(view.listed, start=1)}
    is_all = bool(st.session_state.get(ALL)) or len(rows) <= FEW + 3
    with st.container(key="county-rows", gap=None):
        for one in rows if is_all else rows[:FEW]:
            _line(now, view, number[one.id], one)
            if view.is_open and opened == one.id:
                entrant.form_part(now, view, one, close)
    if not is_all:
        st.button(_say(now, "more", count=len(rows) - FEW), key="county-more", on_click=_show_all)


def _line(now: Visit, view: FilingView, number: int, one: Listed) -> None:
    """A row, and the way to its form while the list may be changed."""
    with st.container(
        key=f"county-row-{one.id}", horizontal=True, gap="small", vertical_alignment="center"
    ):
        st.html(_row(now, number, one), width="stretch")
        if view.is_open:
            st.button(
                _say(now, "change"),
                key=f"county-change-{one.id}",
                type="tertiary",
                on_click=open_form,
                args=(one.id,),
                width="content",
            )


def _row(now: Visit, number: int, one: Listed) -> Markup:
    person = " ".join(part for part in (one.presenter, one.post) if part)
    return element(
        "div",
        element("span", number, cls="c-no"),
        element(
            "span", element("b", one.place), " ", element("small", _around(one)), cls="c-place"
        ),
        element("span", one.title, cls="c-title"),
        element("span", person, cls="c-person"),
        element("span", _state(now, one), cls="c-state"),
        cls="c-row",
    )


def _around(one: Listed) -> str:
    return f"{one.township} {one.code}" if one.village else one.code


def lacks(now: Visit, one: Listed) -> list[str]:
    """What an entrant still lacks, in words."""
    no_presenter = [] if one.presenter else [t("field.presenter", now.lang)]
    return [*no_presenter, *one.missing]


def _state(now: Visit, one: Listed) -> Markup:
    if one.is_returned:
        return state_label("attention", now.lang, word=_say(now, "returned"), size=16)
    missing = lacks(now, one)
    if missing:
        word = _say(now, "lacks", what=t("list.between", now.lang).join(missing))
        return state_label("marking", now.lang, word=word, size=16)
    return state_label("saved", now.lang, word=_say(now, "whole"), size=16)


def open_form(entrant_id: str) -> None:
    """Open the form of an entrant, or of a new one."""
    st.session_state[OPEN] = entrant_id


def close() -> None:
    """Close the form that is open."""
    st.session_state.pop(OPEN, None)


def _show_all() -> None:
    st.session_state[ALL] = True
