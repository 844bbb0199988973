"""Meetings on the spot: villages visited, minutes, and the tasks that follow."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from competition import fields, typed
from competition.acting import acting, changed
from competition.errors import BadDay, Blank, Missing
from competition.ids import mint
from competition.programme.scope import (
    past_day,
    reaches,
    require_running,
    require_villages,
    today,
)
from competition.visitor import Visitor
from db import Store, Transaction
from db import programme_work as rows
from db import programmes as villages_of
from db.programme_shapes import Meeting

LONGEST_MINUTES = 2000


@dataclass(frozen=True)
class Task:
    """What a county must do, by a day."""

    county_code: str
    text: str
    due_on: str


class Held(NamedTuple):
    """What was typed of a meeting, cleaned."""

    title: str
    held_on: str
    villages: str
    minutes: str


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
    YearClosed
    """
    with acting(store, who, "hold_meeting", at=at) as (act, tx):
        require_villages(tx, who, programme_id, villages)
        held = _held(title, held_on, villages, minutes)
        there = rows.meetings(tx, programme_id)
        number = max((one["number"] for one in there), default=0) + 1
        row: Meeting = {
            "id": mint(),
            "programme_id": programme_id,
            "number": number,
            **held._asdict(),  # type: ignore[typeddict-item]
        }
        tx.put("meetings", row)
        _put_tasks(tx, row, tasks)
        act.record("meeting_held", programme_id)
    return row["id"]


def update_meeting(
    store: Store,
    who: Visitor,
    meeting_id: str,
    *,
    title: str,
    held_on: str,
    villages: Sequence[str],
    minutes: str,
    tasks: Sequence[Task] = (),
    at: datetime,
) -> None:
    """Write minutes down once it was held, correct it, or add tasks; those there stay.

    Raises
    ------
    BadFields, Missing, YearClosed
    """
    with acting(store, who, "update_meeting", at=at) as (act, tx):
        before = require_meeting(tx, who, meeting_id)
        require_villages(tx, who, before["programme_id"], villages)
        row = changed(before, **_held(title, held_on, villages, minutes)._asdict())
        if row == before and not tasks:
            return act.unchanged()
        tx.put("meetings", row)
        _put_tasks(tx, row, tasks)
        act.record("meeting_updated", row["programme_id"])


def _held(title: str, held_on: str, villages: Sequence[str], minutes: str) -> Held:
    form = typed.Typed({"title": title, "held_on": held_on})
    name = form.read("title", typed.line(required=True), "")
    day = form.read("held_on", typed.day, "")
    if not day:
        form.refuse("held_on", Blank(field="held_on"))
    form.done()
    listed = json.dumps(list(dict.fromkeys(villages)))
    return Held(name, day, listed, fields.text(minutes, "minutes", longest=LONGEST_MINUTES))


def _put_tasks(tx: Transaction, meeting: Meeting, tasks: Sequence[Task]) -> None:
    known = {one["code"][:6] for one in villages_of.villages(tx, meeting["programme_id"])}
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
                "meeting_id": meeting["id"],
                "county_code": task.county_code,
                "text": fields.text(task.text, "task", required=True),
                "due_on": due,
                "done_on": None,
            },
        )


def finish_task(store: Store, who: Visitor, task_id: str, *, day: str = "", at: datetime) -> None:
    """Record that a task is done, today or on an earlier day; a county only its own.

    Raises
    ------
    Missing
        If it is another county's.
    YearClosed, BadDay
    """
    with acting(store, who, "finish_task", at=at) as (act, tx):
        row = rows.task(tx, task_id)
        if row is None or not reaches(who, row["county_code"]):
            raise Missing(what="task")
        meeting = require_meeting(tx, who, row["meeting_id"])
        if row["done_on"] is not None:
            return act.unchanged()
        now = today(tx, who, act.at)
        tx.put("meeting_tasks", changed(row, done_on=past_day(day, "day", now) or now))
        act.record("task_finished", meeting["programme_id"])


def require_meeting(tx: Transaction, who: Visitor, meeting_id: str) -> Meeting:
    """A meeting of a year that runs.

    Raises
    ------
    Missing, YearClosed
    """
    row = rows.meeting(tx, meeting_id)
    if row is None:
        raise Missing(what="meeting")
    require_running(tx, who, row["programme_id"])
    return row
