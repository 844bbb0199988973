"""Locks of a competition in PostgreSQL: processes of several machines see each other's.

Each is an advisory lock of a connection that does nothing else, so that it ends with the process,
and with its machine as soon as the server misses that.
"""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import psycopg

from db.errors import InUse
from db.postgres.address import Address
from db.postgres.faults import in_our_words
from db.postgres.link import Connection, connect_to

SERVE, LEAD, START = "serve", "lead", "start"


class Line:
    """A connection that holds locks: one, or those of all competitions that a process serves.

    A lock that is asked for twice on one line is given twice.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: Connection | None = None
        self._guard = threading.Lock()

    def connected(self) -> Connection:
        """The connection; a new one, which holds nothing, where the last one was lost."""
        with self._guard:
            if self._connection is None or self._connection.closed:
                self._connection = connect_to(self._url)
            return self._connection

    def answers(self) -> bool:
        """Whether the server answers, on a new connection where the last one was lost."""
        for _ in range(2):
            with suppress(psycopg.Error):
                self.connected().execute("SELECT 1")
                return True
            self.close()
        return False

    def close(self) -> None:
        """Let go of every lock."""
        with self._guard:
            connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg.Error):
                connection.close()


class ServedHeld:
    """One advisory lock, and the line that holds it.

    Parameters
    ----------
    what : str
        Which of the competition's locks.
    shared : bool
        Whether others that share it may hold it, too.
    line : Line, optional
        One that holds other locks as well; else the lock has its own.
    """

    def __init__(
        self, address: Address, what: str, *, shared: bool = False, line: Line | None = None
    ) -> None:
        self._address, self._number = address, address.number(what)
        self._kind = "_shared" if shared else ""
        self._line, self._is_alone = line or Line(address.url), line is None
        self._held_by: Connection | None = None
        self.is_wanted = True

    def lasts(self) -> bool:
        """Whether it is held; asked for again where it was not, or where its connection broke."""
        try:
            return self._asked()
        except psycopg.Error:
            self._line.close()
            return False

    def take(self) -> bool:
        """As `lasts`; a server that is not there is an error."""
        try:
            return self._asked()
        except psycopg.Error as error:
            self._line.close()
            raise in_our_words(error, self._address.place) from error

    def _asked(self) -> bool:
        connection = self._line.connected()
        if self._held_by is connection:
            connection.execute("SELECT 1")
        elif self._said(connection, "pg_try_advisory_lock"):
            self._held_by = connection
        return self._held_by is connection

    def _said(self, connection: Connection, function: str) -> bool:
        asked = f"SELECT {function}{self._kind}({self._number})::text"
        return bool(connection.execute(asked.encode()).fetchall()[0][0] == "true")

    def close(self) -> None:
        """Let go, and ask for it no more."""
        self.is_wanted = False
        connection, self._held_by = self._held_by, None
        if connection is not None:  # said, for a server ends a closed connection in its own time
            with suppress(psycopg.Error):
                self._said(connection, "pg_advisory_unlock")
        if self._is_alone:
            self._line.close()


class ServedLocks:
    """The locks of one competition; see `db.locks.Locks`.

    Parameters
    ----------
    line : Line, optional
        What holds the lock of serving, where one process serves many competitions.
    """

    def __init__(self, address: Address, line: Line | None = None) -> None:
        self._address, self._line = address, line
        self._lead = ServedHeld(address, LEAD)
        self._served: list[ServedHeld] = []

    def hold(self, *, shared: bool = False) -> ServedHeld:
        """Serve the competition; raises `InUse`, `Unreachable`."""
        held = ServedHeld(self._address, SERVE, shared=shared, line=self._line)
        if not held.take():
            held.close()
            raise InUse(path=self._address.place)
        self._served.append(held)
        return held

    def mend(self) -> None:
        """Hold again what a lost connection let go."""
        for held in self._served:
            if held.is_wanted:
                held.lasts()

    def require_free(self, *, shared: bool = False) -> None:
        """Refuse while a server holds it, on whichever machine; raises as `hold`."""
        self.hold(shared=shared).close()

    def lead(self) -> ServedHeld | None:
        """Become the process that leads; None where another one does, on whichever machine."""
        return self._lead if self._lead.lasts() else None

    def close(self) -> None:
        """Let go of all."""
        for held in (self._lead, *self._served):
            held.close()

    @contextmanager
    def starting(self) -> Iterator[None]:
        """Wait until no other process of the competition is starting."""
        try:
            connection = connect_to(self._address.url)
        except psycopg.Error as error:
            raise in_our_words(error, self._address.place) from error
        with closing(connection):
            connection.execute("SET lock_timeout = 0")
            asked = f"SELECT pg_advisory_lock({self._address.number(START)})::text"
            connection.execute(asked.encode())
            yield
