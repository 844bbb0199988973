"""The inputs of one criterion: an anchor, its levels as large keys, or any mark typed.

The widgets start from what the server holds (``default=``), and what they report is compared
with it: a tap made while the session was lost is then still saved on the next one.
"""

from collections.abc import Sequence

import streamlit as st

from competition.marking import Line, SheetView
from judges.desk import Desk, problem, save
from judges.sheet_html import anchor_texts, line_head, trouble
from words import t

SHOWN = "sheet-shown"
RESET = "sheet-reset"


def mark_entry(desk: Desk, view: SheetView, line: Line) -> None:
    """Draw the inputs of a criterion, and save what was tapped."""
    reset = st.session_state.pop(RESET, None) == line.id
    st.html(line_head(line, desk.lang))
    anchor = None
    if line.anchors and not line.keys:
        anchor = _anchor(desk, line, reset=reset)
    keys = line.anchors[anchor].keys if anchor is not None else line.keys
    if keys:
        _levels(desk, line, keys, "all" if anchor is None else str(anchor), reset=reset)
    st.html(anchor_texts(line, anchor, desk.lang))
    trouble(problem("level", line.id), desk.lang)
    _typed(desk, view, line)


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


def _levels(desk: Desk, line: Line, keys: Sequence[str], name: str, *, reset: bool) -> None:
    """Offer levels as keys; a tap is what differs from what was shown, and is saved at once."""
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
    chosen = st.segmented_control(
        t("judges.sheet.levels", desk.lang),
        keys,
        default=None if reset else held,
        required=True,
        key=key,
        label_visibility="collapsed",
        width="stretch",
    )
    st.session_state[SHOWN] = shown
    if chosen is None or chosen == shown[1]:
        return
    st.session_state.pop(SHOWN)
    if not save(desk, line.id, chosen, shown[2], where="level"):
        st.session_state[RESET] = line.id
        st.rerun()


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
    if save(desk, line.id, str(st.session_state.get(field, "")), line.rev, where="typed"):
        st.session_state[field] = ""
        st.session_state[RESET] = line.id


def _clear(desk: Desk, line: Line) -> None:
    save(desk, line.id, None, line.rev, where="typed")
    st.session_state[RESET] = line.id
