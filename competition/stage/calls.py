"""Calls for staff from a judge's pad, and their answers."""

from datetime import datetime
from typing import Any

from competition.acting import acting, acting_on, changed
from competition.errors import BadInput, WrongState
from competition.lineup.entrants import require_place
from competition.rights import require_read
from competition.times import stamp
from competition.visitor import Visitor
from db import Store
from db import calls as rows


def call_staff(
    store: Store,
    who: Visitor,
    *,
    round_id: str,
    call_id: str,
    at: datetime,
    entrant_id: str | None = None,
) -> dict[str, Any]:
    """Call staff to this seat; once, until the call is answered.

    Returns
    -------
    dict
        ``event, seat, id, at`` of the call that waits.
    """
    with acting(store, who, "call_staff", round_id, at=at) as (act, tx):
        seat = str(who.person_id)
        row = rows.find(tx, call_id)
        if row is not None and row["person_id"] != seat:
            raise BadInput(field="id", value=call_id[:20])
        row = row or rows.waiting_of(tx, round_id, seat)
        if row is None:
            if entrant_id is not None:
                require_place(tx, round_id, entrant_id)
            row = {
                "id": call_id,
                "round_id": round_id,
                "person_id": seat,
                "entrant_id": entrant_id,
                "at": stamp(act.at),
            }
            tx.put("calls", row)
            act.record("staff_called", seat)
        else:
            act.unchanged()
        return {"event": who.competition_id, "seat": seat, "id": row["id"], "at": row["at"]}


def answer_call(store: Store, who: Visitor, call_id: str, *, at: datetime) -> None:
    """Record that staff went to the judge."""
    with acting_on(store, who, "answer_call", rows.find, call_id, what="call", at=at) as (
        act,
        tx,
        call,
    ):
        if call["answered_at"] is not None:
            raise WrongState(before="answered", after="answered")
        tx.put("calls", changed(call, answered_by=who.person_id, answered_at=stamp(act.at)))
        act.record("call_answered", call["person_id"])


def waiting_calls(store: Store, who: Visitor, round_id: str) -> list[dict[str, Any]]:
    """Unanswered calls, oldest first, with ``seat`` and ``name``."""
    with store.reading() as tx:
        require_read(tx, who, "calls", round_id)
        return rows.waiting(tx, round_id)
