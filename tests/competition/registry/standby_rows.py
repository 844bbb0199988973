"""A second laptop paired with an event: for the event that has a row in every table."""

from datetime import datetime
from typing import Any

from competition.ids import digest
from competition.standby import codes
from db import standbys

FIRST, SECOND = ("http://192.168.1.20:8501",), ("http://192.168.1.21:8501",)


def request(code: str, **more: Any) -> codes.Request:
    """What a second laptop sends with a code."""
    made = {"schema": standbys.schema_name(), "event": "", "first": FIRST, "second": SECOND}
    bound = codes.bound(digest(codes.read_code(code)), b"")
    return codes.Request(**{"bound": bound, "address": "192.168.1.21", **made, **more})


def enter(event: Any, *, at: datetime) -> codes.Paired:
    """Pair a second laptop."""
    code = codes.make_code(event.store, event.organizer, at=at)
    return codes.pair(event.store, request(code), b"", at=at)
