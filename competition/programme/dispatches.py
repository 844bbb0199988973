"""Dispatches: the office urges a county in writing, the county receives and answers."""

import json
from collections.abc import Sequence
from datetime import datetime

from competition import fields, typed
from competition.acting import acting, changed
from competition.errors import BadDay, Blank, Missing
from competition.ids import mint
from competition.programme.errors import DispatchNotNow
from competition.programme.scope import (
    past_day,
    reaches,
    require_running,
    require_villages,
    today,
)
from competition.visitor import Visitor
from db import Store, Transaction, programmes
from db import programme_work as rows
from db.programme_shapes import Dispatch


def write_dispatch(
    store: Store,
    who: Visitor,
    programme_id: str,
    county_code: str,
    *,
    reason: str,
    villages: Sequence[str],
    due_on: str,
    day: str = "",
    at: datetime,
) -> str:
    """Write to a county about some of its villages, with a day for the answer; return its id.

    Parameters
    ----------
    day : str
        The day of a letter that went out on paper before; empty for today.

    Raises
    ------
    BadFields
        With `Blank` or `BadDay` at its field.
    Missing
        If the county has no village in the programme, or a village is not the county's.
    """
    form = typed.Typed({"reason": reason, "due_on": due_on, "day": day})
    with acting(store, who, "write_dispatch", at=at) as (act, tx):
        require_running(tx, who, programme_id)
        named = {one["code"][:6]: one["county"] for one in programmes.villages(tx, programme_id)}
        if county_code not in named or any(code[:6] != county_code for code in villages):
            raise Missing(what="county")
        if villages:
            require_villages(tx, who, programme_id, villages)
        said = form.read("reason", typed.line(required=True, longest=500), "")
        now = today(tx, who, act.at)
        issued = form.read("day", lambda text, field: past_day(text, field, now), None) or now
        due = form.read("due_on", typed.day, "")
        _refuse_early(form, due, issued)
        form.done()
        dispatch_id, there = mint(), rows.dispatches(tx, programme_id)
        tx.put(
            "dispatches",
            {
                "id": dispatch_id,
                "programme_id": programme_id,
                "number": max((one["number"] for one in there), default=0) + 1,
                "county_code": county_code,
                "county": named[county_code],
                "reason": said,
                "villages": json.dumps(sorted(set(villages))),
                "issued_on": issued,
                "due_on": due,
                "issued_by": str(who.person_id),
                "received_on": None,
                "answer": "",
                "answered_on": None,
                "closed_on": None,
            },
        )
        act.record("dispatch_written", programme_id)
    return dispatch_id


def _refuse_early(form: typed.Typed, due: str, first: str) -> None:
    """Refuse a day for the answer that is left out, or earlier than it can be."""
    if not due:
        form.refuse("due_on", Blank(field="due_on"))
    elif due < first:
        form.refuse("due_on", BadDay(field="due_on", value=due))


def receive_dispatch(
    store: Store, who: Visitor, dispatch_id: str, *, day: str = "", at: datetime
) -> None:
    """Record that the county has received it, today or on an earlier day; once.

    Raises
    ------
    BadDay
    """
    with acting(store, who, "receive_dispatch", at=at) as (act, tx):
        row = require_dispatch(tx, who, dispatch_id)
        if row["received_on"] is not None:
            return act.unchanged()
        tx.put("dispatches", changed(row, received_on=_day(tx, who, row, day, act.at)))
        act.record("dispatch_received", row["programme_id"])


def answer_dispatch(
    store: Store, who: Visitor, dispatch_id: str, answer: str, *, day: str = "", at: datetime
) -> None:
    """Answer a dispatch; the county may replace its answer until the office has closed it.

    Raises
    ------
    Blank
    DispatchNotNow
        If it is closed.
    """
    with acting(store, who, "answer_dispatch", at=at) as (act, tx):
        row = require_dispatch(tx, who, dispatch_id)
        if row["closed_on"] is not None:
            raise DispatchNotNow(number=row["number"])
        text = fields.text(answer, "answer", required=True, longest=2000)
        on = _day(tx, who, row, day, act.at)
        received = row["received_on"] or on
        tx.put("dispatches", changed(row, received_on=received, answer=text, answered_on=on))
        act.record("dispatch_answered", row["programme_id"])


def ask_again(
    store: Store, who: Visitor, dispatch_id: str, *, asked: str, due_on: str, at: datetime
) -> None:
    """Send an answer back: what is still wanted, and by when; the first answer stays readable.

    Raises
    ------
    BadFields
        With `Blank` or `BadDay` at its field.
    DispatchNotNow
        If it is not answered, or closed.
    """
    form = typed.Typed({"asked": asked, "due_on": due_on})
    with acting(store, who, "ask_again", at=at) as (act, tx):
        row = _answered(tx, who, dispatch_id)
        now = today(tx, who, act.at)
        said = form.read("asked", typed.line(required=True, longest=500), "")
        due = form.read("due_on", typed.day, "")
        _refuse_early(form, due, now)
        form.done()
        tx.put(
            "dispatch_rounds",
            {
                "dispatch_id": dispatch_id,
                "number": len(rows.dispatch_rounds(tx, dispatch_id)) + 1,
                "due_on": row["due_on"],
                "answer": row["answer"],
                "answered_on": row["answered_on"],
                "asked": said,
                "asked_on": now,
            },
        )
        tx.put("dispatches", changed(row, due_on=due, answer="", answered_on=None))
        act.record("dispatch_reopened", row["programme_id"], reason=said)


def close_dispatch(
    store: Store, who: Visitor, dispatch_id: str, *, day: str = "", at: datetime
) -> None:
    """Close an answered dispatch.

    Raises
    ------
    DispatchNotNow
        If it is not answered, or closed.
    BadDay
    """
    with acting(store, who, "close_dispatch", at=at) as (act, tx):
        row = _answered(tx, who, dispatch_id)
        tx.put("dispatches", changed(row, closed_on=_day(tx, who, row, day, act.at)))
        act.record("dispatch_closed", row["programme_id"])


def _answered(tx: Transaction, who: Visitor, dispatch_id: str) -> Dispatch:
    """A dispatch whose answer waits for the office."""
    row = require_dispatch(tx, who, dispatch_id)
    if row["answered_on"] is None or row["closed_on"] is not None:
        raise DispatchNotNow(number=row["number"])
    return row


def _day(tx: Transaction, who: Visitor, row: Dispatch, typed_day: str, at: datetime) -> str:
    """The typed day or today; not before the letter's last day."""
    now = today(tx, who, at)
    on = past_day(typed_day, "day", now) or now
    before = row["answered_on"] or row["received_on"] or row["issued_on"]
    if on < before:
        raise BadDay(field="day", value=typed_day[:20])
    return on


def require_dispatch(tx: Transaction, who: Visitor, dispatch_id: str) -> Dispatch:
    """A dispatch that the visitor reaches, or `Missing`: another county's is not there."""
    row = rows.dispatch(tx, dispatch_id)
    if row is None or not reaches(who, row["county_code"]):
        raise Missing(what="dispatch")
    require_running(tx, who, row["programme_id"])
    return row
