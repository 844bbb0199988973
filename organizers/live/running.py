"""运行情况 / Running: what the server, its copies and the tablets need, in plain words."""

import time

import streamlit as st

from competition.running import running
from competition.times import stamp
from organizers import naming
from organizers.live.running_lines import NEEDS_CARE, Line, lines
from organizers.redrawing import live
from ui.access import Visit, enter_page, saying
from ui.frame import page_title
from ui.here import mark_of
from ui.html import Markup, card, element
from ui.icons import icon, state_label
from ui.tables import Column, list_table
from ui.watch.beside import BESIDE
from ui.watch.counts import COUNTS

_say = saying("organizers.running")

EVERY = 5.0


def page(now: Visit) -> None:
    """The lines, drawn again every five seconds."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    live(now, body, every=EVERY)


def body(now: Visit) -> None:
    """Whether anything needs care, a line for each thing, and the last errors' numbers."""
    shown = running(now.store, now.who, at=now.at, now=time.monotonic())
    checks = lines(now, shown)
    needing = sum(line.state == NEEDS_CARE for line in checks)
    word = _say(now, "needs", count=needing) if needing else _say(now, "well")
    head = state_label(NEEDS_CARE if needing else "done", now.lang, word=word, size=18)
    about = "since" if BESIDE.most == 1 else "since_process"
    since = _say(now, about, at=naming.clock(now, stamp(COUNTS.begun), day=True))
    rows = [_row(line) for line in checks]
    st.html(card(head, element("div", *rows, cls="a-running"), note=since))
    if COUNTS.errors_of(mark_of(now.store)):
        st.html(card(_say(now, "last_errors"), _failures(now), note=_say(now, "last_note")))


def _row(line: Line) -> Markup:
    advice = element("p", line.do) if line.do else Markup("")
    needs = "a-needs" if line.state == NEEDS_CARE else None
    text = element("div", element("span", line.text), advice)
    return element("div", icon(line.state, 18), element("b", line.name), text, cls=needs)


def _failures(now: Visit) -> Markup:
    """The number a reader was shown, when, and what was asked for."""
    columns = [Column(_say(now, f"column.{key}")) for key in ("number", "at", "route")]
    rows = [
        [element("code", one.number), naming.clock(now, stamp(one.at), day=True), one.route]
        for one in COUNTS.last_errors(mark_of(now.store))
    ]
    return list_table(columns, rows, now.lang)


page(enter_page("running", of_round=False))
