"""Recording what an act did: one event, in the act's own transaction."""

from datetime import datetime
from typing import Any

from competition.times import stamp
from competition.visitor import Visitor
from db import Transaction, events


def record(
    tx: Transaction,
    who: Visitor,
    kind: str,
    subject: str,
    *,
    at: datetime,
    round_id: str | None = None,
    competition_id: str | None = None,
    reason: str | None = None,
) -> int:
    """Append the event of an act, in the past tense; return its number."""
    owner = competition_id or who.competition_id
    if owner is None:
        raise ValueError("an act outside any competition")
    return events.append(
        tx,
        competition_id=owner,
        kind=kind,
        subject=subject,
        actor=who.person_id or "command",
        at=stamp(at),
        round_id=round_id,
        reason=reason,
    )


def changed(row: dict[str, Any], **values: Any) -> dict[str, Any]:
    """A stored row with some columns replaced."""
    return {**row, **values}
