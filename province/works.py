"""全省统计: what takes long over all competitions, one at a time, with its progress and a stop."""

from collections.abc import Callable

import streamlit as st

from competition.errors import Refused
from competition.province.over_all import lines
from competition.province.work import WORKS
from competition.province.works import WORKING, Work
from exports.formats import safe_name
from exports.over_all import MIME, TABLES, has_file, workbooks
from province import found
from ui.access import Visit, acting, enter_page, saying
from ui.downloads import download
from ui.frame import page_title, refused
from ui.here import SERVING
from ui.html import element
from ui.icons import state_label
from ui.plain import plain
from ui.tables import Column, list_table

_say = saying("province.works")
EVERY = 2
STATES = {"running": "marking", "done": "done", "stopped": "held", "failed": "attention"}


def page(now: Visit) -> None:
    """The works to choose from; below them the one that goes on, or went on last."""
    try:
        titles = {
            one.name: one.title
            for one in lines(SERVING.installation, now.store, now.who, at=now.at)
        }
    except Refused as error:
        refused(error, now.lang, head="ui.closed_page")
        return
    page_title(_say(now, "title"), note=_say(now, "note"))
    last = WORKING.last(SERVING.installation, now.store, now.who)
    goes_on = last is not None and last.state == "running"
    with st.container(horizontal=True, gap="small", wrap=True):
        for key in WORKS:
            if st.button(plain(_say(now, f"begin.{key}")), key=f"begin-{key}", disabled=goes_on):
                _do(now, lambda key=key: WORKING.begin(  # type: ignore[misc]
                    SERVING.installation, now.store, now.who, key, at=now.at))  # fmt: skip
        if goes_on and st.button(plain(_say(now, "stop")), key="stop-work"):
            _do(now, lambda: WORKING.stop(SERVING.installation, now.store, now.who))
    if last is None:
        st.html(element("p", _say(now, "none"), cls="a-reason"))
        return

    @st.fragment(run_every=EVERY if goes_on else None)
    def progress() -> None:
        _progress(now, last, titles)
        if goes_on and last.state != "running":
            st.rerun()

    progress()
    _offer(now, last, titles)


def _do(now: Visit, act: Callable[[], object]) -> None:
    """Do it and draw the page again; a refusal stays on the page."""
    with acting(now.lang) as problems:
        act()
    if not problems:
        st.rerun()


def _progress(now: Visit, work: Work, titles: dict[str, str]) -> None:
    done = list(work.done)
    said = _say(now, f"state.{work.state}", done=len(done), all=len(work.names))
    head = state_label(STATES[work.state], now.lang, word=said)
    st.html(element("p", element("b", _say(now, f"name.{work.key}")), " ", head, role="status"))
    here = work.names[len(done)] if work.state == "running" and len(done) < len(work.names) else ""
    text = plain(_say(now, "now", name=titles.get(here, here))) if here else None
    st.progress(len(done) / len(work.names) if work.names else 1.0, text=text)
    rows = [
        [titles.get(one["name"], one["name"]), line]
        for one in reversed(done)
        for line in found.lines(now, work.key, one)
    ]
    columns = [Column(_say(now, "column.name")), Column(_say(now, "column.found"))]
    st.html(list_table(columns, rows, now.lang, stacks=True))


def _offer(now: Visit, work: Work, titles: dict[str, str]) -> None:
    """The file of a work that has one, with what is done so far."""
    if work.key not in TABLES or work.state == "running" or not has_file(work.done):
        return
    name = safe_name((_say(now, f"name.{work.key}"),), ".zip")
    download(now, _say(now, "take"), key=f"work-{work.key}", read="province", name=name,
             media_type=MIME, build=lambda: workbooks(work.key, work.done, titles, now.lang),
             of_round=False)  # fmt: skip


page(enter_page("province", of_round=False))
