"""Tasks and dispatches whose day has passed, as a panel."""

import streamlit as st

from competition.programme.late import Late, late_work
from competition.programme.overview import Overview
from overview.choice import Choice, link
from overview.figures import about_by, marked, said
from ui.access import Visit, saying
from ui.html import Markup, card, element
from ui.tables import Column, list_table

_say = saying("overview.meetings")
MOST_SHOWN = 12
PAGES = {"task": "overview.meetings", "dispatch": "overview.dispatches"}


def late_part(now: Visit, choice: Choice) -> Markup:
    """The longest overdue first; nothing where nothing is."""
    overdue = late_work(now.store, now.who, choice.id, day=choice.day, at=now.at)
    if not overdue:
        return Markup("")
    rows = [
        (
            link(_say(now, f"late_{one.kind}", number=one.number, text=one.text), PAGES[one.kind]),
            element("span", one.county, cls="a-nb"),
            one.due_on[5:],
            element("span", _days(now, one), cls="a-nb"),
        )
        for one in overdue[:MOST_SHOWN]
    ]
    columns = [
        Column(_say(now, "late_kind")),
        Column(_say(now, "task_county")),
        Column(_say(now, "task_due"), "right"),
        Column(_say(now, "late_days"), "right"),
    ]
    count = marked(len(overdue), "late_work")
    title = said(now.lang, "overview.meetings.late_title", count=count)
    note = about_by(now, "meeting", choice.day)
    return card(title, list_table(columns, rows, now.lang), note=note)


def _days(now: Visit, one: Late) -> Markup:
    count = marked(one.days_late, "since", one.due_on)
    return said(now.lang, "overview.meetings.days", count=count)


def show_late(now: Visit, choice: Choice) -> None:
    """Draw the panel where there is something in it."""
    panel = late_part(now, choice)
    if panel:
        st.html(panel)


def spoken_late(now: Visit, view: Overview) -> list[str]:
    """The same as lines of a paper."""
    overdue = late_work(now.store, now.who, view.programme["id"], day=view.day, at=now.at)
    return [
        _say(
            now,
            "late_line",
            county=one.county,
            what=_say(now, f"late_{one.kind}", number=one.number, text=one.text),
            count=one.days_late,
        )
        for one in overdue
    ]
