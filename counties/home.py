"""县市报送 / County filing: a county's own list until the deadline, and how it stands."""

import streamlit as st

from competition.filing import terms, views
from competition.filing.shapes import FilingView
from competition.programme.exchanging import exchange
from counties import own_list, workbook
from counties.clock_words import left, when
from counties.filed import filed_part, history
from counties.foot import foot
from ui import pressing
from ui.access import Visit, enter_page, saying
from ui.frame import empty, page_title
from ui.html import card, element, join
from ui.icons import state_label
from ui.ways import to_page
from words import t

_say = saying("counties.home")


def page(now: Visit) -> None:
    """The county's deadline and figures, what was returned, its list, its workbook, filing."""
    mine = views.own_filings(now.store, now.who)
    if not mine:
        page_title(_say(now, "title"))
        empty(_say(now, "none"), _say(now, "none_text"))
        return
    names = {one["id"]: one["county"] for one in mine}
    chosen = next(iter(names))
    if len(names) > 1:
        chosen = st.selectbox(
            _say(now, "which"), list(names), format_func=lambda one: names[one], key="county-which"
        )
    if terms.filing_end_is_due(now.store, now.who, at=now.at):
        terms.note_filing_end(now.store, now.who, at=now.at)
    view = views.own_filing(now.store, now.who, chosen, at=now.at)
    _head(now, view)
    pressing.say_problem(now)
    _standing(now, view)
    if view.upload is not None:
        workbook.pending(now, view)
    listed, beside = st.columns([5, 2], gap="medium")
    with listed:
        own_list.list_part(now, view)
    with beside:
        if view.is_open and view.upload is None:
            workbook.choose(now, view)
        _wanted(now, view)
        history(now, view)
    filed_part(now, view)
    if exchange(now.store, now.who):
        to_page("counties.exchange", t("counties.exchange.title", now.lang))
    if view.is_open:
        foot(now, view)


def _head(now: Visit, view: FilingView) -> None:
    """The county, its deadline, and four figures."""
    until = element("b", when(now, view.closes_at))
    state = left(now, view.closes_at, now.at) if view.is_open else _say(now, "ended")
    if view.row["state"] == "accepted":
        state = _say(now, "accepted_short")
    only = _say(now, "only", county=view.row["county"])
    line = element("p", join([_say(now, "until"), until, state, only], " "), cls="a-reason a-text")
    counts = {
        "listed": len(view.listed),
        "whole": sum(not one.missing for one in view.listed),
        "lacking": sum(bool(one.missing) for one in view.listed),
        "returned": sum(one.is_returned for one in view.listed),
    }
    figures = [
        element("div", element("span", _say(now, f"count.{key}")), element("b", count))
        for key, count in counts.items()
    ]
    title = element("h1", _say(now, "heading", county=view.row["county"]), cls="a-h1")
    st.html(
        element(
            "div",
            element("div", title, line),
            element("div", *figures, cls="c-counts"),
            cls="c-head",
        )
    )


def _standing(now: Visit, view: FilingView) -> None:
    """What was returned and why, first and in red; else what was filed and when."""
    row = view.row
    if row["state"] == "returned":
        head = state_label("attention", now.lang, word=_say(now, "returned"))
        at = when(now, str(row["returned_at"]))
        said = element(
            "p", _say(now, "returned_by", at=at), element("b", row["returned_reason"]), cls="c-why"
        )
        next_ = element("p", _say(now, "returned_next" if view.is_open else "ended_next"))
        st.html(element("div", head, said, next_, cls="a-refused", role="alert"))
        return
    if row["state"] == "accepted":
        word = _say(now, "accepted", count=len(view.filed))
        st.html(element("div", state_label("locked", now.lang, word=word), cls="a-item"))
        return
    if row["filed_at"] is None:
        if not view.is_open:
            word = _say(now, "nothing_filed")
            label = state_label("attention", now.lang, word=word)
            st.html(element("div", label, element("p", _say(now, "ended_next")), cls="a-refused"))
        return
    word = _say(now, "filed", count=len(view.filed), at=when(now, row["filed_at"]))
    parts = [state_label("submitted", now.lang, word=word)]
    if view.is_changed:
        parts.append(state_label("pending", now.lang, word=_say(now, "changed")))
    st.html(element("div", *parts, cls="a-item c-states", role="status"))


def _wanted(now: Visit, view: FilingView) -> None:
    if not view.wanted or not view.listed:
        return
    count = len(view.listed)
    rows = [
        element("div", element("span", name), element("b", f"{there}/{count}", cls="a-n"))
        for name, there in views.there_of(view.listed, view.wanted).items()
    ]
    st.html(card(_say(now, "wanted"), element("div", *rows, cls="c-lines")))


page(enter_page("own_filing", of_round=False))
