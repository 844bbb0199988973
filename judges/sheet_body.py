"""The sheet itself: state line, criteria, the open one, own totals, submit. One fragment."""

from datetime import UTC, datetime

import streamlit as st

from competition.errors import Refused
from competition.marks import marking
from competition.marks.marking import SheetView
from competition.times import parse
from judges import desk as acts
from judges.desk import Desk, problem
from judges.mark_entry import mark_entry
from judges.sheet_html import (
    line_row,
    line_value,
    state_line,
    subtotal,
    ticks,
    trouble,
    work_state,
)
from ui.html import element
from words import t


@st.fragment
def sheet_body(desk: Desk) -> None:
    """Draw the sheet; a tap reruns this and nothing else."""
    view = _read(desk)
    with st.container(key="sheet", gap=None):
        bar = st.container(key="sheet-bar")
        with st.container(key="marking", gap=None):
            rows = [st.container(key=f"line-{line.id}", gap=None) for line in view.lines]
            total = st.container(key="sheet-sum", gap=None)
            right = st.container(key="editor", gap="small")
        foot = st.container(key="sheet-foot", horizontal=True, vertical_alignment="center")
    at = _opened(view)
    with right:
        if at is None:
            _outcome(desk, view)
        else:
            view = mark_entry(desk, view, at, lambda: _read(desk))
    with bar:
        st.html(state_line(desk, view))
    for i, row in enumerate(rows):
        with row:
            _row(desk, view, i, is_open=i == at)
    with total:
        st.html(subtotal(view, desk.lang))
        st.html(_placing(view, at))
    with foot:
        _foot(desk, view)


def _read(desk: Desk) -> SheetView:
    try:
        return marking.sheet_view(
            desk.store, desk.who, desk.round_id, desk.entrant_id, at=datetime.now(UTC)
        )
    except Refused:
        st.rerun()


def _opened(view: SheetView) -> int | None:
    """Which criterion is open: the one tapped; at first the first without a mark."""
    if not view.writable:
        return None
    place = acts.opened()
    if place is None or place > len(view.lines):
        left = (i for i, line in enumerate(view.lines, start=1) if line.value is None)
        place = 0 if view.state == "submitted" else next(left, 1)
        acts.open_line(place)
    return place - 1 if place else None


def _row(desk: Desk, view: SheetView, at: int, *, is_open: bool) -> None:
    line = view.lines[at]
    if not view.writable:
        st.html(line_row(line, desk.lang))
        return
    st.button(
        f"{_escaped(line.name)} :small[{line.maximum}]",
        key=f"open-{line.id}",
        width="stretch",
        on_click=acts.open_line,
        args=(at + 1,),
    )
    st.html(line_value(line, desk.lang, is_open=is_open))


def _escaped(name: str) -> str:
    """A name in a button's label, where markdown would otherwise be read."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#:$~|" else c for c in name)


def _placing(view: SheetView, at: int | None) -> str:
    """The rules that mark the open row, and put the editor beside the list or below that row."""
    here = (
        "none" if at is None else f".st-key-sheet .st-key-marking .st-key-line-{view.lines[at].id}"
    )
    order = 10 * (len(view.lines) if at is None else at + 1) + 5
    return (
        "<style>"
        f"@media (min-width: 760px) {{ {here} button {{ background: var(--pritint);"
        " border: 2px solid var(--pri); } }"
        f"{here} button p {{ font-weight: 700; }}"
        f".st-key-marking {{ grid-template-rows: repeat({len(view.lines)}, min-content) 1fr; }}"
        f".st-key-marking > :last-child {{ order: {order};"
        f" grid-row: 1 / span {len(view.lines) + 1}; }}"
        "</style>"
    )


def _outcome(desk: Desk, view: SheetView) -> None:
    """Say how the sheet stands where no criterion is open, and what can be done about it."""
    show = OUTCOMES.get(view.state)
    if view.round["state"] != "open" and view.state != "locked":
        word = t(f"round_state.{view.round['state']}", desk.lang)
        text = t("judges.sheet.closed_text", desk.lang, state=word)
        _words(desk, "locked", text, t("clears.reopen_round", desk.lang))
    elif show is None:
        ending = "unsaid" if view.state in UNSAID and not view.reason else "text"
        text = t(f"judges.sheet.{view.state}_{ending}", desk.lang, reason=view.reason)
        _words(desk, view.state, text, t(CLEARS[view.state], desk.lang))
    else:
        show(desk, view)


UNSAID = ("recused", "absent")
"""States whose reason is not told in a blind round."""

CLEARS = {
    "absent": "clears.undo_absence",
    "recused": "judges.sheet.ask_staff",
    "withdrawn": "judges.sheet.ask_staff",
    "not_assigned": "judges.sheet.ask_staff",
}
"""What clears a state in which a judge marks nothing."""


def _words(desk: Desk, state: str, text: str, way_out: str) -> None:
    known = state != "not_assigned"
    head = work_state(state, desk.lang) if known else t("judges.sheet.not_assigned", desk.lang)
    lines = [element("p", text), element("p", way_out, cls="a-mute")]
    st.html(element("div", element("h2", head), *lines, cls="j-outcome"))


def _submitted(desk: Desk, view: SheetView) -> None:
    _total(desk, view, "submitted")
    if view.echo["locked_at"]:
        _time_left(desk, view.echo["locked_at"])
    else:
        held = element("p", t("judges.sheet.held_text", desk.lang))
        st.html(element("div", held, cls="j-say"))
    _next(desk, view)


def _locked(desk: Desk, view: SheetView) -> None:
    _total(desk, view, "locked")
    if view.round["state"] == "open" and view.sheet_id:
        _reopening(desk, view, view.sheet_id)
    _next(desk, view)


def _total(desk: Desk, view: SheetView, state: str) -> None:
    maximum = element("small", t("judges.sheet.of", desk.lang, maximum=view.maximum))
    figure = element("div", element("b", view.subtotal), maximum, cls="j-total")
    word = element("span", t("judges.sheet.total", desk.lang), cls="a-mute")
    came = view.echo["came"]
    how = element("p", t(f"came.{came}_note", desk.lang)) if came else ""
    head = element("h2", work_state(state, desk.lang))
    st.html(element("div", head, word, figure, how, cls="j-outcome"))


@st.fragment(run_every=1)
def _time_left(desk: Desk, locked_at: str) -> None:
    """Count down to the lock; at the end the page is drawn anew, locked."""
    left = int((parse(locked_at) - datetime.now(UTC)).total_seconds())
    if left < 0:
        st.rerun()
    minutes, seconds = divmod(left, 60)
    count = t("judges.sheet.time_left", desk.lang, minutes=minutes, seconds=f"{seconds:02d}")
    until = t("judges.sheet.may_change", desk.lang, time=desk.clock(locked_at))
    st.html(element("div", element("p", until), element("p", count, cls="a-mute"), cls="j-say"))


def _reopening(desk: Desk, view: SheetView, sheet_id: str) -> None:
    lang = desk.lang
    if view.asked:
        head = element("b", t("judges.sheet.asked", lang))
        st.html(element("div", head, element("p", t("judges.sheet.asked_text", lang)), cls="j-say"))
        st.button(t("judges.sheet.refresh", lang), key="look-again")
        return
    st.html(element("div", element("p", t("judges.sheet.locked_text", lang)), cls="j-say"))
    field = f"reason-{sheet_id}"
    with st.form("reopen", border=False):
        st.text_area(
            t("judges.sheet.reason", lang),
            key=field,
            placeholder=t("judges.sheet.reason_hint", lang),
            max_chars=500,
            height=96,
        )
        st.form_submit_button(
            t("judges.sheet.ask", lang),
            key="ask-reopening",
            on_click=acts.ask,
            args=(desk, sheet_id, field),
        )
    trouble(problem("reason"), lang)


def _next(desk: Desk, view: SheetView) -> None:
    """Lead on to the judge's next entrant, or back to the list after the last."""
    if view.after is None:
        if st.button(t("judges.sheet.finish", desk.lang), key="finish", type="primary"):
            st.switch_page("judges/my_sheets.py")
        return
    label = t("judges.sheet.next", desk.lang, number=view.after["number"])
    if st.button(label, key="next-entrant", type="primary"):
        acts.open_entrant(view.after["id"])
        st.rerun()


OUTCOMES = {"submitted": _submitted, "locked": _locked}


def _foot(desk: Desk, view: SheetView) -> None:
    st.html(ticks(view.totals, desk.lang), width="stretch")
    if st.button(t("judges.sheet.my_sheets", desk.lang), key="to-my-sheets"):
        st.switch_page("judges/my_sheets.py")
    if view.writable and view.state != "submitted":
        label = t("judges.sheet.submit", desk.lang)
        if view.left:
            label = t("judges.sheet.submit_left", desk.lang, count=view.left)
        st.button(
            label,
            key="submit-sheet",
            type="primary",
            disabled=bool(view.left),
            on_click=acts.submit,
            args=(desk, view.echo["rev"]),
        )
    trouble(problem("submit"), desk.lang)
