"""The state of the serving machine: room on its disk, and whether its clock is right."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from competition import clock
from db import Store

LEAST_FREE = 10**9
"""Bytes below which people are warned: an event with its documents takes a tenth of it."""
MOST_BEHIND = 2


LEAST_SPARE = 500 * 10**6
"""Bytes of memory below which people are warned: opening a paper or a workbook takes half of it."""


@dataclass(frozen=True)
class Memory:
    """Bytes of memory that this process uses, and that the machine has to spare."""

    used: int
    spare: int


@dataclass(frozen=True)
class Machine:
    """The state of the machine.

    Attributes
    ----------
    free : int
        Bytes left on the disk of the database.
    seconds_behind : int
        How far the clock is behind the last event.
    memory : Memory or None
        None where the system does not say.
    """

    free: int
    seconds_behind: int
    memory: Memory | None = None

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
    behind = clock.seconds_behind(store, at=at or datetime.now(UTC))
    return Machine(free, behind, memory())


def memory() -> Memory | None:
    """Memory as Linux says it; None elsewhere."""
    with suppress(OSError, ValueError, StopIteration):
        used = _kilobytes(Path("/proc/self/status"), "VmRSS")
        return Memory(1024 * used, 1024 * _kilobytes(Path("/proc/meminfo"), "MemAvailable"))
    return None


def _kilobytes(path: Path, name: str) -> int:
    lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    line = next(line for line in lines if line.startswith(f"{name}:"))
    return int(line.split()[1])
