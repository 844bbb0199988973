"""现场推进会: villages visited, minutes, the tasks that follow, the awards handed over."""

from datetime import datetime
from functools import partial

import streamlit as st

from competition.programme import meetings as acts
from competition.programme.lists import MeetingAt, meetings_list
from competition.programme.overview import overview
from competition.rights import refusal
from overview.awards import award_acts, award_table
from overview.choice import Choice, begin, link, pick_year
from overview.figures import about_by, marked, said
from overview.late import show_late
from overview.meeting_forms import enter, update
from ui.access import Visit, enter_page, saying
from ui.frame import empty
from ui.html import Markup, card, element, join
from ui.icons import state_label
from ui.pressing import button, say_problem
from ui.tables import Column, list_table
from words import t

_say = saying("overview.meetings")


def page(now: Visit) -> None:
    """The office's forms, what is late, then the meetings with what follows from each."""
    choice = begin(now, "meetings")
    if choice is None:
        return
    pick_year(now, choice)
    say_problem(now)
    view = overview(now.store, now.who, choice.id, at=now.at)
    names = {one.code: one.county for one in view.counties}
    listed = meetings_list(now.store, now.who, choice.id)
    if not choice.is_closed and refusal(now.store, now.who, "hold_meeting", None) is None:
        enter(now, choice, names)
        if listed:
            update(now, choice, listed, names)
            award_acts(now, choice, listed)
    show_late(now, choice)
    if not listed:
        empty(_say(now, "nothing"), _say(now, "nothing_text"))
    for one in listed:
        with st.container(key=f"item-{one.meeting['id']}"):
            _meeting(now, choice, one, names)


def _meeting(now: Visit, choice: Choice, one: MeetingAt, names: dict[str, str]) -> None:
    row = one.meeting
    places = [
        link(f"{v['county']} {v['village']}", "overview.village", code=v["code"])
        for v in one.villages
    ]
    visited = join(places, t("list.between", now.lang))
    parts = [element("p", _say(now, "visited"), " ", visited, cls="o-said")] if places else []
    if row["minutes"]:
        parts.append(element("p", row["minutes"], cls="o-said"))
    if one.tasks:
        parts.append(_tasks(now, choice, one, names))
    if one.awards:
        parts.append(award_table(now, one))
    title = _say(now, "meeting", number=row["number"], title=row["title"])
    note = join([row["held_on"], about_by(now, "meeting", choice.day)], " · ")
    st.html(card(title, *parts, note=note))
    if choice.is_closed or refusal(now.store, now.who, "finish_task", None) is not None:
        return
    with st.container(horizontal=True, gap="small", wrap=True):
        for task in [each for each in one.tasks if each["done_on"] is None]:
            county = names.get(task["county_code"], "")
            button(
                now,
                _say(now, "finish", county=county, text=task["text"]),
                f"task-{task['id']}",
                partial(_finish, now, task["id"]),
            )


def _tasks(now: Visit, choice: Choice, one: MeetingAt, names: dict[str, str]) -> Markup:
    rows = [
        (
            task["text"],
            names.get(task["county_code"], ""),
            element("span", task["due_on"], cls="a-nb"),
            _state(now, task["done_on"], is_late=task["due_on"] < choice.day),
        )
        for task in one.tasks
    ]
    columns = [Column(_say(now, f"task_{key}")) for key in ("text", "county", "due", "state")]
    number = one.meeting["number"]
    done = sum(task["done_on"] is not None for task in one.tasks)
    counts = {
        "done": marked(done, "tasks_done", number),
        "count": marked(len(rows), "tasks", number),
    }
    text = element("p", said(now.lang, "overview.meetings.counts", **counts), cls="o-said")
    return join([text, list_table(columns, rows, now.lang, stacks=True)])


def _finish(now: Visit, task_id: str, at: datetime) -> None:
    acts.finish_task(now.store, now.who, task_id, at=at)


def _state(now: Visit, done_on: str | None, *, is_late: bool) -> object:
    if done_on:
        return state_label("done", now.lang, word=_say(now, "done", day=done_on), size=14)
    icon, key = ("attention", "late") if is_late else ("not_begun", "open")
    return state_label(icon, now.lang, word=_say(now, key), size=14)


page(enter_page("programme", of_round=False))
