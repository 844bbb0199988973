"""The one place before the writer: one thread inside, and those that wait in their order."""

import threading
import time

from db.connection import LOCK_WAIT_SECONDS
from db.errors import Busy


class Entrance:
    """A lock that a thread may take again inside itself; who waits first is the next one.

    Attributes
    ----------
    queued : set of int
        Threads that wait.
    waiting : set of int
        Those of them whose acts may share a commit.
    """

    def __init__(self) -> None:
        self.inside = threading.RLock()
        self._next = threading.Lock()
        self.queued: set[int] = set()
        self.waiting: set[int] = set()

    def take(self, *, waits: bool, shares: bool) -> None:
        """Go in.

        Raises
        ------
        Busy
            If another thread was inside for more than two seconds, or at all where it may not wait.
        """
        if self.inside.acquire(blocking=False):
            return
        me = threading.get_ident()
        self.queued.add(me)
        if shares:
            self.waiting.add(me)
        try:
            self._wait(time.monotonic() + (LOCK_WAIT_SECONDS if waits else 0.0))
        finally:
            self.waiting.discard(me)
            self.queued.discard(me)

    def let_pass(self) -> None:
        """Let the thread that waits first go in, before the calling one asks again."""
        with self._next:
            pass

    def _wait(self, until: float) -> None:
        if not self._next.acquire(timeout=_left(until)):
            raise Busy
        try:
            if not self.inside.acquire(timeout=_left(until)):
                raise Busy
        finally:
            self._next.release()


def _left(until: float) -> float:
    return max(0.0, until - time.monotonic())
