"""Declared prizes of the event: first and second prizes, one and one."""

from datetime import datetime
from typing import Any

from competition.rounds import prizing

TYPED = {
    "how": "counts",
    "name_0": "一等奖",
    "share_0": "1",
    "name_1": "二等奖",
    "share_1": "1",
    "ties": "up",
}


def enter(event: Any, *, at: datetime) -> None:
    """Declare them while marking goes on, with the reason that is wanted then."""
    values = {**TYPED, "why": "办法第九条"}
    prizing.declare_prizes(event.store, event.organizer, event.round_id, values, at=at)
