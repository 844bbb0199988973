"""年度与任务村: a year begun and closed, and the villages that must have plans."""

import streamlit as st

from competition.programme import programmes as acts
from competition.programme.programmes import YearLine
from competition.rights import refusal
from overview import year_villages
from overview.choice import choose, pick_year
from overview.figures import about_by, by_number, marked
from ui.access import Visit, enter_page, saying
from ui.forms import Form
from ui.frame import page_title
from ui.html import card, element
from ui.icons import state_label
from ui.pressing import button, say_problem
from ui.tables import Column, list_table

_say = saying("overview.years")


def page(now: Visit) -> None:
    """The years, then what the chosen one's list holds."""
    page_title(_say(now, "title"))
    say_problem(now)
    lines, choice = acts.years(now.store, now.who), choose(now)
    rows = [
        (by_number(one.programme["year"]), one.programme["title"], one.programme["begins_on"],
         marked(one.villages, "year_villages", one.programme["year"]),
         marked(one.counties, "year_counties", one.programme["year"]), _state(now, one))
        for one in lines
    ]  # fmt: skip
    keys = ("year", "name", "begins_on", "villages", "counties", "state")
    columns = [
        Column(_say(now, f"column_{key}"), "right" if key in ("villages", "counties") else "left")
        for key in keys
    ]
    day = choice.today if choice else ""
    note = about_by(now, "listed", day) if rows else ""
    table = list_table(columns, rows, now.lang, keeps=1, stacks=True)
    st.html(card(_say(now, "years"), table, note=note))
    _begin(now, is_first=not lines)
    if choice is None or refusal(now.store, now.who, "put_task_villages", None) is not None:
        return
    pick_year(now, choice)
    line = next(one for one in lines if one.programme["id"] == choice.id)
    if line.programme["closed_on"] is None:
        year_villages.add(now, choice.id)
        year_villages.remove(now, choice)
    year_villages.table(now, choice, line)
    _close(now, line)


def _state(now: Visit, one: YearLine) -> object:
    closed = one.programme["closed_on"]
    if closed:
        return state_label("locked", now.lang, word=_say(now, "closed_on", day=closed), size=14)
    return state_label("marking", now.lang, word=_say(now, "running"), size=14)


def _begin(now: Visit, *, is_first: bool) -> None:
    with st.expander(_say(now, "begin"), expanded=is_first):
        form = Form(now, "begin-year")
        form.text("year", _say(now, "column_year"), placeholder="2022", width=200)
        form.text("title", _say(now, "column_name"), placeholder=_say(now, "name_like"))
        form.text("begins_on", _say(now, "column_begins_on"), placeholder="2022-02-05", width=200)
        st.html(element("p", _say(now, "begin_how"), cls="a-reason"))
        form.send(
            _say(now, "begin_now"),
            lambda values, at: acts.begin_programme(
                now.store,
                now.who,
                year=values["year"],
                title=values["title"],
                begins_on=values["begins_on"],
                at=at,
            ),
        )


def _close(now: Visit, line: YearLine) -> None:
    """The year put away, or opened again with a reason."""
    one = line.programme
    if one["closed_on"] is None:
        with st.expander(_say(now, "close")):
            st.html(element("p", _say(now, "close_how", year=one["year"]), cls="a-reason"))
            button(
                now,
                _say(now, "close_now", year=one["year"]),
                f"close-{one['id']}",
                lambda at: acts.close_programme(now.store, now.who, one["id"], at=at),
            )
        return
    with st.expander(_say(now, "reopen")):
        form = Form(now, f"reopen-{one['id']}")
        form.text("reason", _say(now, "reason"))
        form.send(
            _say(now, "reopen_now", year=one["year"]),
            lambda values, at: acts.reopen_programme(
                now.store, now.who, one["id"], reason=values["reason"], at=at
            ),
        )


page(enter_page("programme_year", of_round=False))
