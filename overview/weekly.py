"""周报: the week on one page, as PDF and DOCX."""

import streamlit as st

from competition.programme.overview import Overview, overview
from overview import figures, screen_due
from overview import screen_parts as parts
from overview.choice import begin, link, pick_year
from overview.late import show_late
from overview.papers import REPORTED, weekly_papers
from ui.access import Visit, enter_page, saying
from ui.html import card, element, join
from ui.tables import Column, list_table
from words import t

_say = saying("overview.weekly")


def page(now: Visit) -> None:
    """What the paper says, and the paper."""
    choice = begin(now, "weekly")
    if choice is None:
        return
    view = overview(now.store, now.who, choice.id, day=choice.day, at=now.at)
    claim = parts.claimed(now, view).striptags()
    with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=True):
        pick_year(now, choice)
        weekly_papers(now, view, claim)
    words = "exports.papers.weekly.column"
    heads = ("figure", "now", "share", "change", "source")
    columns = [
        Column(t(f"{words}.{key}", now.lang), "right" if key in heads[1:4] else "left")
        for key in heads
    ]
    rows = [_row(now, view, key) for key in REPORTED]
    st.html(
        card(
            _say(now, "figures"),
            element("p", parts.claimed(now, view), cls="o-said"),
            list_table(columns, rows, now.lang, keeps=1, stacks=True),
            note=join([figures.about(now, "report", view), parts.spell(view)], " · "),
        )
    )
    st.html(screen_due.overdue(now, view))
    show_late(now, choice)
    st.html(parts.coming(now, view))


def _row(now: Visit, view: Overview, key: str) -> tuple[object, ...]:
    """A measure as the paper says it: what, value, share, change, source with its day."""
    value, share, change = figures.of_measure(key, view.total.figures[key], "")
    unit = t(f"programme.measure.{key}_unit", now.lang)
    return (
        link(t(f"programme.measure.{key}", now.lang), "overview.village", measure=key, which="all"),
        join([value, unit], " "),
        share,
        change,
        figures.about(now, key, view),
    )


page(enter_page("programme", of_round=False))
