"""Memory and open files of a server while it is measured: whether they stay flat."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
EVERY = 1.0
"""Seconds between two looks."""


@dataclass
class Steadiness:
    """What was seen, oldest first; empty where the system does not tell.

    Attributes
    ----------
    memory : list of int
        Resident memory in kB.
    files : list of int
        Open descriptors.
    """

    memory: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)

    def look(self, pid: int) -> None:
        """Look once at a process."""
        pages = int((PROC / str(pid) / "statm").read_text().split()[1])
        self.memory.append(pages * os.sysconf("SC_PAGE_SIZE") // 1024)
        self.files.append(len(list((PROC / str(pid) / "fd").iterdir())))

    def growth(self, seen: list[int]) -> tuple[int, int]:
        """The median of the second tenth, when all is warm, and that of the last tenth."""
        tenth = max(1, len(seen) // 10)
        middle = [sorted(part)[len(part) // 2] for part in (seen[tenth : 2 * tenth], seen[-tenth:])]
        return middle[0], middle[1]


@contextmanager
def watched(pid: int, seen: Steadiness | None) -> Iterator[None]:
    """Look at a process every second until the block ends; only where there is ``/proc``."""
    if seen is None or not (PROC / str(pid) / "statm").is_file():
        yield
        return
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(EVERY):
            seen.look(pid)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
