"""The acts about a second laptop, called with arguments that are valid."""

from pathlib import Path
from typing import Any

from competition.standby import codes, second_folder
from tests.competition.event import later
from tests.competition.registry import standby_rows

AT = later(3600)


def begin(prepared: Any) -> None:
    """A second laptop is paired, so that its pairing can be ended."""
    standby_rows.enter(prepared.event, at=AT)


ACTS = {
    "make_standby_code": lambda p, w: codes.make_code(p.event.store, w, at=AT),
    "end_standby": lambda p, w: codes.end_standby(p.event.store, w, at=AT),
    "choose_copy_folder": lambda p, w: second_folder.choose_copy_folder(
        p.event.store, w, str(Path(__file__).parent), at=AT
    ),
    "stop_copies": lambda p, w: second_folder.stop_copies(p.event.store, w, at=AT),
}
