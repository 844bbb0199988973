"""The acts about a second laptop, called with arguments that are valid."""

from typing import Any

from competition.standby import codes
from tests.competition.event import later
from tests.competition.registry import standby_rows

AT = later(3600)


def begin(prepared: Any) -> None:
    """A second laptop is paired, so that its pairing can be ended."""
    standby_rows.enter(prepared.event, at=AT)


ACTS = {
    "make_standby_code": lambda p, w: codes.make_code(p.event.store, w, at=AT),
    "end_standby": lambda p, w: codes.end_standby(p.event.store, w, at=AT),
}
