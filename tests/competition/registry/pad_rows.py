"""A row in each table that tablets and paper fill: for the event that has one in every table."""

from datetime import datetime, timedelta
from typing import Any

from competition.marks import change_requests, remarks, transcription
from competition.stage import calls, holding


def enter(event: Any, *, at: datetime) -> None:
    """Sheet 3 of judge 5 comes from paper; judge 4 writes, calls, and asks for a change."""
    store, who = event.store, event.visitor(4)
    for name in ("organizer", "scorekeeper"):
        transcription.transcribe(
            store,
            event.visitor(name),
            round_id=event.round_id,
            entrant_id=event.entrants[3],
            person_id=event.judges[5],
            kind="paper",
            values=dict(zip(event.criteria, ("47", "30.5"), strict=True)),
            at=at,
        )
    holding.hold_seat(store, who, round_id=event.round_id, device="tablet-4", takes=False, at=at)
    calls.call_staff(store, who, round_id=event.round_id, call_id="call-4", at=at)
    remarks.write(
        store,
        who,
        round_id=event.round_id,
        entrant_id=event.entrants[1],
        kind="note",
        text="想再看一遍图纸",
        change_id="note-4",
        at=at,
    )
    late = at + timedelta(minutes=10)
    echo = event.take(4, 1, event.change(0, "10"), at=late)
    asked = echo["request"]["id"]
    change_requests.answer_change(store, event.visitor("supervisor"), asked, approve=False, at=late)
