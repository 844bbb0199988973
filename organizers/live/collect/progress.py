"""进度 / Progress: which judge's sheet of which entrant is in. No mark is on this page."""

from collections.abc import Mapping

import streamlit as st

from competition.marks.progress import Progress, progress
from competition.results.typed_in_words import came_word
from organizers import naming
from organizers.asking import answer, ask
from organizers.live.collect import absences, by_judge, handing_over
from organizers.live.collect.by_judge import SHOWN
from organizers.offers import offer
from organizers.redrawing import by_record, watched
from ui.access import Visit, enter_page, saying
from ui.frame import page_title
from ui.html import Markup, card, element, join
from ui.icons import state_label
from ui.long_table import table_tools
from ui.tables import Cell, Column, list_table, matrix_table
from words import t

_say = saying("organizers.progress")

# Missing sheets listed one by one; beyond them only their number.
LISTED = 40


def page(now: Visit) -> None:
    """Draw the acts, and below them the part that follows every act."""
    view = progress(now.store, now.who, now.round_id, at=now.at)
    acts = offer(now, "mark_absent", reason="" if view.missing else _say(now, "none_missing"))
    acts += offer(now, "undo_absence", reason="" if view.absent else _say(now, "none_absent"))
    none = "" if view.missing or view.absent else _say(now, "none_missing")
    acts += offer(now, "hand_over_sheets", reason=none)
    pressed = page_title(_say(now, "title"), note=_say(now, "note"), actions=acts)
    if pressed:
        ask(pressed)
    columns, rows = by_judge.sheets_of_all(now, view)
    table_tools(now, "progress", _say(now, "title"), columns, rows, read="progress")
    watched(now, body, by_record("progress"), rest=60)
    answer(now, absences.dialogs(now, view) | handing_over.dialogs(now, view))


def body(now: Visit) -> None:
    """Counts, matrix and the list of missing sheets."""
    view = progress(now.store, now.who, now.round_id, at=now.at)
    if now.round is not None and view.round["state"] != now.round["state"]:
        st.rerun()
    st.html(_counts(now, view))
    with st.container(key="matrix"):
        st.html(_matrix(now, view))
    st.html(by_judge.cards(now, view))
    st.html(_missing(now, view))
    if view.absent:
        st.html(_absent(now, view))


def _counts(now: Visit, progress: Progress) -> Markup:
    counted: dict[str, int] = {}
    for state, shown in SHOWN.items():
        counted[shown] = counted.get(shown, 0) + progress.counts[state]
    labels = [
        state_label(shown, now.lang, detail=count) for shown, count in counted.items() if count
    ]
    total = element(
        "b", _say(now, "total", submitted=progress.submitted, expected=progress.expected)
    )
    return element("div", total, *labels, cls="a-foot a-counts")


def _matrix(now: Visit, progress: Progress) -> Markup:
    seats = [naming.seat(seat["number"], now.lang) for seat in progress.seats]
    rows: dict[str, list[Cell | None]] = {}
    here = None
    for place in progress.entrants:
        heading = naming.heading(place, now.lang)
        if place["stage"] in ("presenting", "answering", "marking"):
            here = heading
        cells = [progress.cells.get((place["id"], seat["person_id"])) for seat in progress.seats]
        rows[heading] = [
            Cell(
                SHOWN[cell.state],
                came_word(cell.came, now.lang)
                or _text(now, cell.state, cell.marked, progress.criteria),
            )
            if cell
            else None
            for cell in cells
        ]
    corner = _say(now, "corner")
    return matrix_table(corner, seats, rows, now.lang, here=here)


def _text(now: Visit, state: str, marked: int, of: int) -> str:
    if state in ("marking", "reopened"):
        return f"{marked}/{of}"
    if state in ("recused", "absent"):
        return t(f"ui.state.{SHOWN[state]}", now.lang)
    return ""


def _missing(now: Visit, progress: Progress) -> Markup:
    places = {place["id"]: place for place in progress.entrants}
    rows = []
    for one in progress.missing[:LISTED]:
        cell = progress.cells[one["entrant_id"], one["person_id"]]
        rows.append(
            [
                naming.number(one["number"], now.lang),
                _place(places[one["entrant_id"]]),
                naming.seat(one["seat"], now.lang),
                state_label(
                    SHOWN[cell.state],
                    now.lang,
                    detail=_text(now, cell.state, cell.marked, progress.criteria),
                    size=16,
                ),
            ]
        )
    if not rows:
        line = state_label("submitted", now.lang, word=_say(now, "all_in"))
        return card(_say(now, "missing"), element("div", line, cls="a-pad"))
    columns = [
        Column(_say(now, "column.number"), "right"),
        Column(_say(now, "column.entrant")),
        Column(_say(now, "column.judge")),
        Column(_say(now, "column.state")),
    ]
    more = len(progress.missing) - len(rows)
    below = element("p", _say(now, "more", count=more), cls="a-reason a-pad") if more else ""
    note = _say(now, "missing_count", count=len(progress.missing))
    table = list_table(columns, rows, now.lang)
    return card(_say(now, "missing"), table, below, note=note)


def _absent(now: Visit, progress: Progress) -> Markup:
    rows = [
        [
            naming.number(place["number"], now.lang),
            _place(place),
            naming.seat(seat["number"], now.lang),
            reason,
        ]
        for place, seat, reason in progress.absent
    ]
    columns = [
        Column(_say(now, "column.number"), "right"),
        Column(_say(now, "column.entrant")),
        Column(_say(now, "column.judge")),
        Column(t("organizers.ask.reason", now.lang)),
    ]
    return card(_say(now, "absent"), list_table(columns, rows, now.lang))


def _place(place: Mapping[str, object]) -> Markup:
    return join([element("b", naming.title(place)), element("small", naming.around(place))], " ")


page(enter_page("progress", page="organizers.progress"))
