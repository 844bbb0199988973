"""Hints at commits: every process that serves a competition says and hears them, and polls as well.

PostgreSQL's ``NOTIFY`` is sent by a separate thread on a separate connection, after the commit:
inside an act it would make the commits of all competitions of a database wait for each other.
"""

import select
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

import psycopg

from db.postgres.address import Address
from db.postgres.link import Connection, connect_to

CARE_SECONDS = 5.0
"""How long without a word before the connection is looked at."""
AGAIN_SECONDS = 1.0
"""How long after a lost connection another is tried."""


class Ear:
    """Listens to the commits of other processes, and tells them of this one's, until it is closed.

    A hint may be lost with its connection, so a new connection counts as news.

    Parameters
    ----------
    heard : callable
        Called when another process has committed.
    care : callable
        Called now and then, and after a lost connection.
    """

    def __init__(
        self, address: Address, heard: Callable[[], object], care: Callable[[], object]
    ) -> None:
        self._address, self._heard, self._care = address, heard, care
        self._is_over = False
        self._wake, self._woken = socket.socketpair()
        self._wake.setblocking(False)
        self._thread = threading.Thread(target=self._run, daemon=True, name="listening")
        self._thread.start()

    def tell(self) -> None:
        """Tell the others of a commit, soon; many at once are one hint."""
        with suppress(OSError):  # full: the last hints are not yet sent
            self._wake.send(b"1")

    def close(self) -> None:
        """Listen no more."""
        self._is_over = True
        self.tell()
        self._thread.join()
        self._wake.close()
        self._woken.close()

    def _run(self) -> None:
        is_first = True
        while not self._is_over:
            try:
                with connect_to(self._address.url) as connection:
                    connection.execute(f'LISTEN "{self._address.channel}"'.encode())
                    connection.execute("SET synchronous_commit = off")
                    if not is_first:
                        self._heard()
                    is_first = False
                    self._listen(connection)
            except (psycopg.Error, OSError):
                self._care()
                self._slept(AGAIN_SECONDS)

    def _listen(self, connection: Connection) -> None:
        while not self._is_over:
            heard_on = [connection.fileno(), self._woken.fileno()]
            ready, _, _ = select.select(heard_on, [], [], CARE_SECONDS)
            if not ready:
                connection.execute("SELECT 1")
                self._care()
            if self._woken.fileno() in ready:
                self._woken.recv(4096)
                connection.execute(f'NOTIFY "{self._address.channel}"'.encode())
            own = connection.info.backend_pid
            if any(hint.pid != own for hint in connection.notifies(timeout=0)):
                self._heard()

    def _slept(self, seconds: float) -> None:
        """Wait; less where the end comes."""
        ready, _, _ = select.select([self._woken], [], [], 0 if self._is_over else seconds)
        if ready:
            self._woken.recv(4096)
