"""What the province's page and its search read of each competition, read once at the start.

To spell the names of 129 competitions takes over a second of the processor: else the first person
who searches waits for it.
"""

import threading
from collections.abc import Sequence
from contextlib import suppress

from competition.province.places import places
from competition.province.standing import summary
from db import DatabaseError, Store


class Warming:
    """Reads one competition after the other on a separate thread, until all are read or it stops.

    Parameters
    ----------
    stores : sequence of Store
        The competitions.
    """

    def __init__(self, stores: Sequence[Store]) -> None:
        self._stores, self._over = stores, threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True, name="warming")
        self.thread.start()

    def stop(self) -> None:
        """Begin with no further one; returns once none is being read."""
        self._over.set()
        self.thread.join()

    def _run(self) -> None:
        for store in self._stores:
            if self._over.is_set():
                return
            with suppress(DatabaseError):
                summary(store)
                places(store)
