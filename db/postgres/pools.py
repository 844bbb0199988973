"""Connections to one database, shared by all the competitions of this process that lie in it.

A connection belongs to no competition: each transaction begins by naming its schema.
"""

import threading
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from psycopg_pool import ConnectionPool

from db.connection import LOCK_WAIT_SECONDS
from db.postgres.link import Connection, options, prepare
from db.store import READERS

MOST = 40
"""Connections of a process at most: PostgreSQL as it is installed takes a hundred, of two processes
and of those who look after it. A reader that finds none free waits for one that is given back."""


class Pool(ConnectionPool[Connection]):
    """Lends a competition the connection that it had last, if that one is free.

    The server keeps plans and definitions by connection: for a competition that a connection has
    not served before, or not just before, they are made again at each statement.
    """

    def __init__(self, url: str) -> None:
        self._last: WeakKeyDictionary[Connection, str] = WeakKeyDictionary()
        super().__init__(
            url,
            kwargs=options(),
            configure=prepare,
            min_size=1,
            max_size=READERS + 1,
            timeout=LOCK_WAIT_SECONDS,
            open=True,
        )

    def lend(self, schema: str) -> Connection:
        """A connection, for one transaction; raises `PoolTimeout`."""
        with self._lock:
            known = next((one for one in self._pool if self._last.get(one) == schema), None)
            if known is not None:  # the leftmost is lent next
                self._pool.remove(known)
                self._pool.appendleft(known)
        lent = self.getconn()
        self._last[lent] = schema
        return lent


@dataclass
class _Lent:
    pool: Pool
    stores: int = 0

    def fit(self) -> None:
        """Two more connections for each further competition, up to the most."""
        wanted = min(READERS + 1 + 2 * (self.stores - 1), MOST)
        if wanted != self.pool.max_size:
            self.pool.resize(self.pool.min_size, wanted)


_pools: dict[str, _Lent] = {}
_guard = threading.Lock()


def lend(url: str) -> Pool:
    """The pool of a database, for one more store."""
    with _guard:
        if url not in _pools:
            _pools[url] = _Lent(Pool(url))
        lent = _pools[url]
        lent.stores += 1
        lent.fit()
        return lent.pool


def give_back(url: str) -> None:
    """Give a store's share back; with the last one the pool is closed."""
    with _guard:
        lent = _pools.get(url)
        if lent is None:
            return
        lent.stores -= 1
        if lent.stores > 0:
            return
        del _pools[url]
    lent.pool.close()
