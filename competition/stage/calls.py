"""A judge asks for somebody to come, and somebody does."""

from datetime import datetime
from typing import Any

from competition.errors import BadInput, Missing, WrongState
from competition.lineup.entrants import own_place
from competition.recording import changed, record
from competition.rights import require_act, require_read
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
    """Ask for somebody to come to this seat; once, until somebody has answered.

    Returns
    -------
    dict
        ``event, seat, id, at`` of the call that waits.
    """
    with store.writing() as tx:
        require_act(tx, who, "call_staff", round_id)
        seat = str(who.person_id)
        found = rows.find(tx, call_id)
        if found is not None and found["person_id"] != seat:
            raise BadInput(field="id", value=call_id[:20])
        found = found or rows.waiting_of(tx, round_id, seat)
        if found is None:
            if entrant_id is not None:
                own_place(tx, round_id, entrant_id)
            found = {
                "id": call_id,
                "round_id": round_id,
                "person_id": seat,
                "entrant_id": entrant_id,
                "at": stamp(at),
            }
            tx.put("calls", found)
            record(tx, who, "staff_called", seat, at=at, round_id=round_id)
        return {"event": who.competition_id, "seat": seat, "id": found["id"], "at": found["at"]}


def answer_call(store: Store, who: Visitor, call_id: str, *, at: datetime) -> None:
    """Note that somebody has gone to the judge."""
    with store.writing() as tx:
        found = rows.find(tx, call_id)
        if found is None:
            raise Missing(what="call")
        require_act(tx, who, "answer_call", found["round_id"])
        if found["answered_at"] is not None:
            raise WrongState(before="answered", after="answered")
        tx.put("calls", changed(found, answered_by=who.person_id, answered_at=stamp(at)))
        record(tx, who, "call_answered", found["person_id"], at=at, round_id=found["round_id"])


def waiting_calls(store: Store, who: Visitor, round_id: str) -> list[dict[str, Any]]:
    """The calls nobody has answered, oldest first, with ``seat`` and ``name``."""
    with store.reading() as tx:
        require_read(tx, who, "calls", round_id)
        return rows.waiting(tx, round_id)
