"""The state of the serving machine: room on its disk, and whether its clock is right."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime

from competition import clock
from db import Store

LEAST_FREE = 10**9
"""Bytes below which people are warned: an event with its documents takes a tenth of it."""
MOST_BEHIND = 2


@dataclass(frozen=True)
class Machine:
    """The state of the machine.

    Attributes
    ----------
    free : int
        Bytes left on the disk of the database.
    seconds_behind : int
        How far the clock is behind the last event.
    """

    free: int
    seconds_behind: int

    @property
    def has_room(self) -> bool:
        """Whether the disk has room for the event."""
        return self.free >= LEAST_FREE

    @property
    def is_behind(self) -> bool:
        """Whether the clock was set back."""
        return self.seconds_behind >= MOST_BEHIND


def machine(store: Store, *, at: datetime | None = None) -> Machine:
    """The state of the machine that serves a store, by its own clock or at a given time."""
    free = shutil.disk_usage(store.path.parent).free
    return Machine(free, clock.seconds_behind(store, at=at or datetime.now(UTC)))
