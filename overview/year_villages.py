"""The task villages of a year: one added or corrected, one taken off the list, all as a table."""

import streamlit as st

from competition.programme import programmes as acts
from competition.programme.finding import first_villages
from competition.programme.programmes import YearLine
from overview.choice import Choice, address, link
from overview.figures import about_by, marked, said
from overview.picking import pick_village
from ui.access import Visit, saying
from ui.forms import Form
from ui.html import card, element, join
from ui.tables import Column, list_table

_say = saying("overview.years")
MOST_SHOWN = 100


def add(now: Visit, programme_id: str) -> None:
    """One village, by its code; many come by a workbook."""
    with st.expander(_say(now, "add")):
        many = element("a", _say(now, "many"), href=address("overview.imports"), target="_self")
        st.html(element("p", many, cls="a-reason"))
        form = Form(now, f"village-{programme_id}")
        form.text("code", _say(now, "code"), hint=_say(now, "code_hint"), width=260)
        with st.container(horizontal=True, gap="small", wrap=True):
            for key in ("county", "township", "village"):
                form.text(key, _say(now, key), width=200)
        form.send(
            _say(now, "add_now"),
            lambda values, at: acts.put_task_villages(
                now.store,
                now.who,
                programme_id,
                [acts.Village(*(values[key] for key in ("code", "county", "township", "village")))],
                at=at,
            ),
        )


def remove(now: Visit, choice: Choice) -> None:
    """A village taken off the list while nothing was reported of it."""
    with st.expander(_say(now, "remove")):
        form = Form(now, f"unlist-{choice.id}")
        pick_village(now, choice, form, _say(now, "village"))
        form.text("reason", _say(now, "reason"))
        form.send(
            _say(now, "remove_now"),
            lambda values, at: acts.remove_task_village(
                now.store, now.who, choice.id, values["code"], reason=values["reason"], at=at
            ),
        )


def table(now: Visit, choice: Choice, line: YearLine) -> None:
    """The villages by their codes."""
    rows = [
        (
            element("span", one["code"], cls="a-nb"),
            one["county"],
            one["township"],
            link(one["village"], "overview.village", code=one["code"]),
        )
        for one in first_villages(now.store, now.who, choice.id, MOST_SHOWN)
    ]
    columns = [Column(_say(now, key)) for key in ("code", "county", "township", "village")]
    year = line.programme["year"]
    count = marked(line.villages, "year_villages", year)
    title = said(now.lang, "overview.years.listed", year=year, count=count)
    cut = [_say(now, "first", most=MOST_SHOWN)] * (line.villages > MOST_SHOWN)
    note = join([*cut, about_by(now, "listed", choice.today)], " · ")
    st.html(card(title, list_table(columns, rows, now.lang), note=note))
