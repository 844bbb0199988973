"""A row in the table of clocks: for the event that has one in every table."""

from datetime import datetime
from typing import Any

from competition.stage import clocks


def enter(event: Any, *, at: datetime) -> None:
    """The time of entrant 1, taken by hand."""
    clocks.correct_clock(
        event.store,
        event.visitor("timekeeper"),
        event.round_id,
        event.entrants[1],
        "presenting",
        "7:52",
        reason="按手表",
        at=at,
    )
