"""When a session will have ended, from the time its entrants have taken so far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from competition.times import parse
from db import Transaction, events
from db.shapes import Place

LEFT = ("waiting", "called", "fault")
NOW = ("presenting", "answering", "marking")
KINDS = ("stage_presenting", "round_adjourned")


@dataclass(frozen=True)
class ExpectedEnd:
    """What is expected, and of what it is computed.

    Attributes
    ----------
    at : datetime
        When the session's last entrant will have been marked.
    seconds : int
        The median time from one presentation's start to the next one's.
    known : int
        How many such times it is the median of.
    left : int
        How many entrants are still to come.
    starts : mapping
        The ids of those to when each is expected on stage.
    """

    at: datetime
    seconds: int
    known: int
    left: int
    starts: Mapping[str, datetime]


def expected_end(
    tx: Transaction, round_id: str, order: Sequence[Place], session_id: str | None, *, at: datetime
) -> ExpectedEnd | None:
    """The expected end of a session; None while no time is known or no entrant is left."""
    moves = events.of_kinds(tx, round_id, KINDS)
    times = spans(moves)
    here = [place for place in order if place["session_id"] == session_id]
    coming = [place for place in here if place["stage"] in LEFT]
    speaking = next((place for place in here if place["stage"] in NOW), None)
    if not times or not (coming or speaking):
        return None
    usual = timedelta(seconds=median(times))
    free = at
    if speaking is not None:
        begun = [one["at"] for one in moves if one["subject"] == speaking["id"]]
        free = max(at, parse(begun[-1]) + usual) if begun else at
    starts = {place["id"]: free + n * usual for n, place in enumerate(coming)}
    return ExpectedEnd(
        free + len(coming) * usual, int(usual.total_seconds()), len(times), len(coming), starts
    )


def spans(moves: Iterable[Mapping[str, Any]]) -> list[float]:
    """Seconds from the start of one entrant's presentation to that of the next one's.

    A time with an adjournment in it, or one before a second start of the same entrant, is none.
    """
    seconds: list[float] = []
    last: Mapping[str, Any] | None = None
    for move in moves:
        if move["kind"] != "stage_presenting":
            last = None
            continue
        if last is not None and last["subject"] != move["subject"]:
            seconds.append((parse(move["at"]) - parse(last["at"])).total_seconds())
        last = move
    return seconds
