"""现场推进会: villages visited, minutes, the tasks that follow."""

from datetime import datetime
from functools import partial

import streamlit as st

from competition.programme import meetings as acts
from competition.programme.lists import MeetingAt, meetings_list
from competition.programme.overview import overview
from competition.rights import refusal
from overview.choice import Choice, begin, link, pick_year
from overview.entered import codes_in, tasks_in
from ui.access import Visit, enter_page, saying
from ui.forms import Form
from ui.html import card, element, join
from ui.icons import state_label
from ui.pressing import button, say_problem
from ui.tables import Column, list_table
from words import t

_say = saying("overview.meetings")


def page(now: Visit) -> None:
    """The office's form, then the meetings with what follows from each."""
    choice = begin(now, "meetings")
    if choice is None:
        return
    pick_year(now, choice)
    say_problem(now)
    view = overview(now.store, now.who, choice.id, at=now.at)
    names = {one.code: one.county for one in view.counties}
    if refusal(now.store, now.who, "hold_meeting", None) is None:
        _enter(now, choice, names)
    listed = meetings_list(now.store, now.who, choice.id)
    if not listed:
        st.html(element("p", _say(now, "nothing"), cls="a-reason"))
    for one in listed:
        _meeting(now, choice, one, names)


def _enter(now: Visit, choice: Choice, names: dict[str, str]) -> None:
    with st.expander(_say(now, "enter")):
        form = Form(now, f"meeting-{choice.id}")
        form.text("title", _say(now, "title_of"))
        form.text("held_on", _say(now, "held_on"), placeholder="2022-03-28", width=200)
        form.text("villages", _say(now, "villages"), hint=_say(now, "villages_hint"))
        form.area("minutes", _say(now, "minutes"))
        form.area("tasks", _say(now, "tasks"), hint=_say(now, "tasks_hint"))
        form.send(
            _say(now, "send"),
            lambda values, at: acts.hold_meeting(
                now.store,
                now.who,
                choice.id,
                title=values["title"],
                held_on=values["held_on"],
                villages=codes_in(values["villages"]),
                minutes=values["minutes"],
                tasks=tasks_in(values["tasks"], names),
                at=at,
            ),
        )


def _meeting(now: Visit, choice: Choice, one: MeetingAt, names: dict[str, str]) -> None:
    row = one.meeting
    places = [
        link(f"{v['county']} {v['village']}", "overview.village", code=v["code"])
        for v in one.villages
    ]
    parts = [
        element(
            "p", _say(now, "visited"), " ", join(places, t("list.between", now.lang)), cls="o-said"
        )
    ]
    if row["minutes"]:
        parts.append(element("p", row["minutes"], cls="o-said"))
    rows = [
        (
            task["text"],
            names.get(task["county_code"], ""),
            task["due_on"],
            _state(now, task["done_on"], task["due_on"] < choice.day),
        )
        for task in one.tasks
    ]
    columns = [Column(_say(now, f"task_{key}")) for key in ("text", "county", "due", "state")]
    title = _say(now, "meeting", number=row["number"], title=row["title"])
    st.html(card(title, *parts, list_table(columns, rows, now.lang), note=row["held_on"]))
    if refusal(now.store, now.who, "finish_task", None) is not None:
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


def _finish(now: Visit, task_id: str, at: datetime) -> None:
    acts.finish_task(now.store, now.who, task_id, at=at)


def _state(now: Visit, done_on: str | None, is_late: bool) -> object:
    if done_on:
        return state_label("done", now.lang, word=_say(now, "done", day=done_on), size=14)
    icon, key = ("attention", "late") if is_late else ("not_begun", "open")
    return state_label(icon, now.lang, word=_say(now, key), size=14)


page(enter_page("programme", of_round=False))
