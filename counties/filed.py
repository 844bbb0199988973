"""What was filed last, and what happened to it."""

import streamlit as st

from competition.event_kinds import words_key
from competition.filing.shapes import FilingView
from counties.clock_words import when
from counties.papers import paper_link
from ui.access import Visit, saying
from ui.html import card, element, join
from ui.tables import Column, list_table
from words import t

_say = saying("counties.filed")

NEWEST = 6


def filed_part(now: Visit, view: FilingView) -> None:
    """The last version as it was filed, with its documents."""
    if not view.filed:
        return
    count, number = len(view.filed), view.row["version"]
    with st.expander(_say(now, "title", count=count, version=number)):
        columns = [Column(_say(now, f"column.{key}")) for key in ("place", "title", "person")]
        rows = [
            (
                element(
                    "span",
                    element("b", one.place),
                    " ",
                    element("small", f"{one.township} {one.code}"),
                ),
                one.title,
                " ".join(filter(None, (one.presenter, one.post))),
                join([paper_link(now, view.row["id"], paper) for paper in one.papers]) or "—",
            )
            for one in view.filed
        ]
        columns.append(Column(_say(now, "column.papers")))
        st.html(element("div", list_table(columns, rows, now.lang, keeps=1), cls="a-people"))


def history(now: Visit, view: FilingView) -> None:
    """What happened: filed, reminded, returned with which reason, accepted."""
    if not view.history:
        return
    rows = [
        element(
            "div",
            element("span", when(now, one.at)),
            element(
                "span", t(words_key(one.kind), now.lang), f" {one.reason}" if one.reason else ""
            ),
        )
        for one in view.history[:NEWEST]
    ]
    st.html(card(_say(now, "history"), element("div", *rows, cls="c-lines c-history")))
