"""Meetings on the spot: villages visited, minutes, and the tasks that follow."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from competition import fields, typed
from competition.acting import acting, changed
from competition.errors import BadDay, Blank, Missing
from competition.ids import mint
from competition.programme.scope import (
    reaches,
    require_programme,
    require_villages,
    today,
)
from competition.visitor import Visitor
from db import Store
from db import programmes as rows


@dataclass(frozen=True)
class Task:
    """What a county must do, by a day."""

    county_code: str
    text: str
    due_on: str


def hold_meeting(
    store: Store,
    who: Visitor,
    programme_id: str,
    *,
    title: str,
    held_on: str,
    villages: Sequence[str],
    minutes: str,
    tasks: Sequence[Task] = (),
    at: datetime,
) -> str:
    """Enter a meeting, held or to come, with the tasks that follow; return its id.

    Raises
    ------
    BadFields
    Missing
        If a village is not there.
    """
    form = typed.Typed({"title": title, "held_on": held_on})
    with acting(store, who, "hold_meeting", at=at) as (act, tx):
        require_programme(tx, who, programme_id)
        name = form.read("title", typed.line(required=True), "")
        day = form.read("held_on", typed.day, "")
        if not day:
            form.refuse("held_on", Blank(field="held_on"))
        form.done()
        if villages:
            require_villages(tx, who, programme_id, villages)
        meeting_id, there = mint(), rows.meetings(tx, programme_id)
        tx.put(
            "meetings",
            {
                "id": meeting_id,
                "programme_id": programme_id,
                "number": max((one["number"] for one in there), default=0) + 1,
                "title": name,
                "held_on": day,
                "villages": json.dumps(list(dict.fromkeys(villages))),
                "minutes": fields.text(minutes, "minutes", longest=2000),
            },
        )
        known = {one["code"][:6] for one in rows.villages(tx, programme_id)}
        for task in tasks:
            if task.county_code not in known:
                raise Missing(what="county")
            due = typed.day(task.due_on, "due_on")
            if not due:
                raise BadDay(field="due_on", value=task.due_on[:20])
            tx.put(
                "meeting_tasks",
                {
                    "id": mint(),
                    "meeting_id": meeting_id,
                    "county_code": task.county_code,
                    "text": fields.text(task.text, "task", required=True),
                    "due_on": due,
                    "done_on": None,
                },
            )
        act.record("meeting_held", programme_id)
    return meeting_id


def finish_task(store: Store, who: Visitor, task_id: str, *, at: datetime) -> None:
    """Record that a task is done; a county only its own.

    Raises
    ------
    Missing
        If it is another county's.
    """
    with acting(store, who, "finish_task", at=at) as (act, tx):
        row = rows.task(tx, task_id)
        meeting = rows.meeting(tx, row["meeting_id"]) if row else None
        if row is None or meeting is None or not reaches(who, row["county_code"]):
            raise Missing(what="task")
        require_programme(tx, who, meeting["programme_id"])
        if row["done_on"] is not None:
            return act.unchanged()
        tx.put("meeting_tasks", changed(row, done_on=today(tx, who, act.at)))
        act.record("task_finished", meeting["programme_id"])
