"""Locks of a competition in PostgreSQL: processes of several machines see each other's.

Each is an advisory lock of a separate connection, so that it ends with the process, and with
its machine as soon as the server misses that.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import psycopg

from db.errors import InUse
from db.postgres.address import Address
from db.postgres.faults import in_our_words
from db.postgres.link import Connection, connect_to

SERVE, LEAD, START = "serve", "lead", "start"


class ServedHeld:
    """One advisory lock, and the connection that holds it.

    Parameters
    ----------
    what : str
        Which of the competition's locks.
    shared : bool
        Whether others that share it may hold it, too.
    """

    def __init__(self, address: Address, what: str, *, shared: bool = False) -> None:
        self._address, self._number = address, address.number(what)
        self._ask = "pg_try_advisory_lock_shared" if shared else "pg_try_advisory_lock"
        self._connection: Connection | None = None
        self._is_held = False
        self.is_wanted = True

    def lasts(self) -> bool:
        """Whether it is held; asked for again where it was not, or where its connection broke."""
        try:
            return self._asked()
        except psycopg.Error:
            self._let_go()
            return False

    def take(self) -> bool:
        """As `lasts`; a server that is not there is an error."""
        try:
            return self._asked()
        except psycopg.Error as error:
            self._let_go()
            raise in_our_words(error, self._address.place) from error

    def _asked(self) -> bool:
        if self._connection is None:
            self._connection = connect_to(self._address.url)
        if self._is_held:
            self._connection.execute("SELECT 1")
        else:
            asked = f"SELECT {self._ask}({self._number})::text"
            self._is_held = self._connection.execute(asked.encode()).fetchall()[0][0] == "true"
        return self._is_held

    def close(self) -> None:
        """Let go, and ask for it no more."""
        self.is_wanted = False
        self._let_go()

    def _let_go(self) -> None:
        connection, self._connection, self._is_held = self._connection, None, False
        if connection is not None:
            with suppress(psycopg.Error):
                connection.close()


class ServedLocks:
    """The locks of one competition; see `db.locks.Locks`."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._lead = ServedHeld(address, LEAD)
        self._served: list[ServedHeld] = []

    def hold(self, *, shared: bool = False) -> ServedHeld:
        """Serve the competition; raises `InUse`, `Unreachable`."""
        held = ServedHeld(self._address, SERVE, shared=shared)
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
