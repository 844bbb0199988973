"""The inputs of one criterion: an anchor, its levels as large keys, or any mark typed.

The widgets start from what the server holds (``default=``), and what they report is compared
with it: a tap made while the session was lost is then still saved on the next one.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from competition.marks.marking import Line, SheetView
from judges.desk import Desk, problem, save
from judges.sheet_html import anchor_texts, line_head, trouble
from words import t

SHOWN = "sheet-shown"
RESET = "sheet-reset"


def mark_entry(desk: Desk, view: SheetView, at: int, reread: Callable[[], SheetView]) -> SheetView:
    """Draw the inputs of the criterion at a place, save what was tapped; return the sheet then."""
    line = view.lines[at]
    reset = st.session_state.pop(RESET, None) == line.id
    st.html(line_head(line, desk.lang))
    anchor = None
    if line.anchors and not line.keys:
        anchor = _anchor(desk, line, reset=reset)
    keys = line.anchors[anchor].keys if anchor is not None else line.keys
    name = "all" if anchor is None else str(anchor)
    if keys and _levels(desk, line, keys, name, reset=reset):
        view = reread()
    st.html(anchor_texts(line, anchor))
    trouble(problem("level", line.id), desk.lang)
    _typed(desk, view, view.lines[at])
    return view


def _anchor(desk: Desk, line: Line, *, reset: bool) -> int | None:
    """Choose an anchor: it only shows its levels and never writes a mark."""
    key = f"anchor-{desk.entrant_id}-{line.id}"
    moves = reset and line.anchor is not None
    if moves:
        st.session_state[key] = line.anchor
    chosen = st.segmented_control(
        t("judges.sheet.anchors", desk.lang),
        range(len(line.anchors)),
        format_func=lambda i: t(
            "judges.sheet.range",
            desk.lang,
            level=line.anchors[i].level,
            low=line.anchors[i].low,
            high=line.anchors[i].high,
        ),
        default=None if moves else line.anchor,
        required=True,
        key=key,
        label_visibility="collapsed",
        width="stretch",
    )
    return None if chosen is None else int(chosen)


def _levels(desk: Desk, line: Line, keys: Sequence[str], name: str, *, reset: bool) -> bool:
    """Offer levels as keys; each tap is saved before anything is drawn.

    A tap made while the session was lost has no callback: it is what the keys report beside
    what the server holds, and is saved here.

    Returns
    -------
    bool
        Whether something was saved while drawing.
    """
    key = f"level-{desk.entrant_id}-{line.id}-{name}"
    held = line.key if line.key in keys else None
    shown = st.session_state.get(SHOWN)
    if shown is None or shown[0] != key:
        shown = (key, held, line.rev)
    elif shown[2] != line.rev and st.session_state.get(key, shown[1]) == shown[1]:
        reset = True
    if reset:
        st.session_state[key] = held
        shown = (key, held, line.rev)
    st.session_state[SHOWN] = shown
    chosen = st.segmented_control(
        t("judges.sheet.levels", desk.lang),
        keys,
        default=None if reset else held,
        required=True,
        key=key,
        label_visibility="collapsed",
        width="stretch",
        on_change=_tapped,
        args=(desk, line, key),
    )
    if chosen is None or chosen == shown[1]:
        return False
    if not save(desk, line, chosen, where="level"):
        st.session_state[RESET] = line.id
        st.rerun()
    return True


def _tapped(desk: Desk, line: Line, key: str) -> None:
    value = st.session_state.get(key)
    if value is None:
        return
    rev = save(desk, line, value, where="level")
    if rev:
        st.session_state[SHOWN] = (key, value, rev)
    else:
        st.session_state[RESET] = line.id


def _typed(desk: Desk, view: SheetView, line: Line) -> None:
    """Take any mark of the criterion from the keyboard, or clear it; nothing is pre-filled."""
    field = f"typed-{desk.entrant_id}-{line.id}"
    with (
        st.form(f"form-{desk.entrant_id}-{line.id}", border=False, enter_to_submit=True),
        st.container(key="typed", horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input(
            t("judges.sheet.typed", desk.lang),
            key=field,
            max_chars=12,
            autocomplete="off",
        )
        st.form_submit_button(
            t("judges.sheet.enter", desk.lang),
            key=f"enter-{line.id}",
            type="primary",
            on_click=_enter,
            args=(desk, line, field),
        )
        st.form_submit_button(
            t("judges.sheet.clear", desk.lang),
            key=f"clear-{line.id}",
            disabled=line.value is None or view.state == "submitted",
            on_click=_clear,
            args=(desk, line),
        )
    trouble(problem("typed", line.id), desk.lang)


def _enter(desk: Desk, line: Line, field: str) -> None:
    if save(desk, line, str(st.session_state.get(field, "")), where="typed"):
        st.session_state[field] = ""
        st.session_state[RESET] = line.id


def _clear(desk: Desk, line: Line) -> None:
    save(desk, line, None, where="typed")
    st.session_state[RESET] = line.id
