"""State machines of round, stage, clock, sheet and seat.  Pure: the time is passed in."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from competition.times import parse

ROUND: dict[str, frozenset[str]] = {
    "draft": frozenset({"open"}),
    "open": frozenset({"closed"}),
    "closed": frozenset({"open", "certified"}),
    "certified": frozenset({"closed"}),
}

BY_ACT: dict[tuple[str, str], str] = {
    ("draft", "open"): "open_round",
    ("open", "closed"): "close_round",
    ("closed", "open"): "reopen_round",
    ("closed", "certified"): "certify",
    ("certified", "closed"): "revoke_certificate",
}
"""Which act moves a round."""

STAGE: dict[str, frozenset[str]] = {
    "waiting": frozenset({"called", "withdrawn"}),
    "called": frozenset({"waiting", "presenting", "withdrawn", "fault"}),
    "presenting": frozenset({"answering", "marking", "withdrawn", "fault"}),
    "answering": frozenset({"marking", "fault"}),
    "marking": frozenset({"done"}),
    "done": frozenset({"marking"}),
    "withdrawn": frozenset({"waiting"}),
    "fault": frozenset({"called", "presenting", "withdrawn"}),
}

SHEET: dict[str, frozenset[str]] = {
    "draft": frozenset({"submitted"}),
    "submitted": frozenset({"locked"}),
    "locked": frozenset({"reopened"}),
    "reopened": frozenset({"submitted"}),
}

SEAT: dict[str, frozenset[str]] = {
    "not_arrived": frozenset({"present", "away"}),
    "present": frozenset({"away", "not_arrived"}),
    "away": frozenset({"present"}),
}

FILING: dict[str, frozenset[str]] = {
    "draft": frozenset({"filed"}),
    "filed": frozenset({"filed", "returned", "accepted"}),
    "returned": frozenset({"filed"}),
    "accepted": frozenset({"filed"}),
}
"""A county's list; from accepted it comes back when the import that entered it is undone."""

ON_STAGE = ("presenting", "answering", "marking")
CLOCK: dict[str, frozenset[str]] = {
    "ready": frozenset({"running"}),
    "running": frozenset({"paused", "stopped"}),
    "paused": frozenset({"running", "stopped"}),
    "stopped": frozenset(),
}
"""The moves of a clock; a correction, which wants a reason, is outside of them."""

VOTE: dict[str, frozenset[str]] = {
    "waiting": frozenset({"open"}),
    "open": frozenset({"closed"}),
    "closed": frozenset({"shown"}),
    "shown": frozenset(),
}
"""An audience vote: a closed one is never opened again."""

TIMED = ("presenting", "answering")
"""The stage states that have a clock."""

AFTER_CERTIFYING = ("certified",)
AFTER_CLOSING = ("closed", *AFTER_CERTIFYING)
AFTER_OPENING = ("open", *AFTER_CLOSING)


def allows(moves: Mapping[str, frozenset[str]], before: str, after: str) -> bool:
    """True if a state machine has this move."""
    return after in moves[before]


def way_to(state: str, wanted: Collection[str]) -> str | None:
    """The first act on the shortest way from a round's state to one of those wanted."""
    ways = [(after, act) for (before, after), act in BY_ACT.items() if before == state]
    reached = {state}
    for after, act in ways:
        if after in wanted:
            return act
        if after not in reached:
            reached.add(after)
            ways += [(far, act) for (before, far) in BY_ACT if before == after]
    return None


def sheet_state(sheet: Mapping[str, Any], round_state: str, at: datetime) -> str:
    """draft, submitted, locked or reopened: ``locked`` is derived, never stored.

    A submitted sheet is locked once its time has come or its round is no longer open.
    """
    if sheet["state"] == "submitted":
        due = sheet["locked_at"] is not None and at >= parse(sheet["locked_at"])
        if due or round_state != "open":
            return "locked"
    return str(sheet["state"])
