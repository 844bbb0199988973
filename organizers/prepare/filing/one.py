"""One county: where it stands, what it filed with its documents, and the acts."""

import streamlit as st

from competition.documents.document_kinds import ENDINGS
from competition.event_kinds import words_key
from competition.filing import views
from competition.filing.shapes import FilingLine, FilingView, Listed, Paper
from organizers import naming
from organizers.asking import ask
from ui.access import Visit, saying
from ui.html import Markup, card, element, join, tag
from ui.icons import state_label
from ui.tables import Column, list_table
from words import t

_say = saying("organizers.filings")

ACTS = ("accept", "return_list", "nudge", "undo")
OPEN_TO = {
    "accept": ("filed",),
    "return_list": ("filed",),
    "nudge": ("draft", "faulty", "returned"),
    "undo": ("accepted",),
}
"""Act to the states of a line in which it is offered."""


def one_county(now: Visit, line: FilingLine) -> None:
    """The county's acts, what it filed, and what happened."""
    view = views.filing(now.store, now.who, line.row["id"], at=now.at)
    offered = [act for act in ACTS if line.state in OPEN_TO[act]]
    with st.container(key="filing-acts", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(element("h2", view.row["county"], cls="a-h2"), width="content")
        for act in offered:
            st.button(
                _say(now, f"act.{act}"),
                key=f"act-{act}",
                type="primary" if act == "accept" else "secondary",
                on_click=ask,
                args=(act,),
                kwargs={"filing_id": view.row["id"]},
            )
        st.button(
            _say(now, "act.new_link"),
            key="act-new_link",
            on_click=ask,
            args=("new_link",),
            kwargs={"filing_id": view.row["id"]},
        )
    if view.row["returned_reason"] and line.state == "returned":
        label = state_label(
            "reopened", now.lang, word=_say(now, "returned", reason=view.row["returned_reason"])
        )
        st.html(element("div", label, cls="a-item"))
    if view.filed:
        _filed(now, view)
    else:
        st.html(element("p", _say(now, "nothing", count=len(view.listed)), cls="a-reason"))
    _history(now, view)


def _filed(now: Visit, view: FilingView) -> None:
    columns = [Column(_say(now, f"filed.{key}")) for key in ("place", "title", "person", "papers")]
    rows = [
        (
            element("span", element("b", one.place), " ", element("small", around(one))),
            one.title,
            " ".join(filter(None, (one.presenter, one.post))),
            _papers(now, view, one),
        )
        for one in view.filed
    ]
    st.html(element("div", list_table(columns, rows, now.lang, keeps=1), cls="a-people"))


def around(one: Listed) -> str:
    """Township and code, which tell a village from its namesakes."""
    return f"{one.township} {one.code}" if one.village else one.code


def _papers(now: Visit, view: FilingView, one: Listed) -> Markup:
    links = [_link(now, view, paper) for paper in one.papers]
    if one.missing:
        names = t("list.between", now.lang).join(one.missing)
        lacking = state_label("marking", now.lang, word=_say(now, "lacks", what=names), size=14)
        links.append(element("div", lacking))
    return join(links)


def _link(now: Visit, view: FilingView, paper: Paper) -> Markup:
    address = f"/filed/{view.row['id']}/{paper.id}"
    name = element("a", paper.name, href=address, target="_blank", rel="noopener")
    size = f"{max(paper.size / 1e6, 0.1):.1f}"
    about = t("judges.documents.about", now.lang, kind=ENDINGS[paper.media_type].upper(), size=size)
    what = tag(paper.kind) if paper.kind else ""
    return element("div", what, " ", name, " ", element("small", about, cls="a-nb"), cls="a-doc")


def _history(now: Visit, view: FilingView) -> None:
    if not view.history:
        return
    rows = [
        element(
            "div",
            element("span", naming.clock(now, one.at, day=True)[:-3]),
            element(
                "span", t(words_key(one.kind), now.lang), f" {one.reason}" if one.reason else ""
            ),
        )
        for one in view.history
    ]
    st.html(card(_say(now, "history"), element("div", *rows, cls="c-lines c-history")))
