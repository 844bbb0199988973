"""周报: the week on one page, as PDF and DOCX."""

import streamlit as st

from competition.programme.overview import overview
from overview import screen_parts as parts
from overview.choice import begin, pick_year
from overview.papers import week_of, weekly_papers
from ui.access import Visit, enter_page, saying
from ui.html import card, element
from ui.tables import Column, list_table
from words import t

_say = saying("overview.weekly")


def page(now: Visit) -> None:
    """What the paper says, and the paper."""
    choice = begin(now, "weekly")
    if choice is None:
        return
    pick_year(now, choice)
    view = overview(now.store, now.who, choice.id, day=choice.day, at=now.at)
    claim = parts.claim_text(now, view)
    week = week_of(now, view, claim)
    with st.container(horizontal=True, gap="small", wrap=True):
        weekly_papers(now, view, claim)
    words = "exports.papers.weekly.column"
    heads = ("figure", "now", "share", "change", "source")
    columns = [Column(t(f"{words}.{key}", now.lang)) for key in heads]
    st.html(
        card(
            _say(now, "figures"),
            element("p", claim, cls="o-said"),
            list_table(columns, week.figures, now.lang),
            note=f"{view.before} → {view.day}",
        )
    )
    st.html(parts.overdue(now, view))
    st.html(parts.coming(now, view))


page(enter_page("programme", of_round=False))
