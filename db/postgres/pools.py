"""Connections to one database, shared by all the competitions of this process that lie in it.

A connection belongs to no competition: each transaction begins by naming its schema.
"""

import threading
from dataclasses import dataclass

from psycopg_pool import ConnectionPool

from db.connection import LOCK_WAIT_SECONDS
from db.postgres.link import Connection, options, prepare
from db.store import READERS

MOST = 40
"""Connections of a process at most: PostgreSQL as it is installed takes a hundred, of two processes
and of those who look after it. Whoever finds none free waits for one that is given back."""


@dataclass
class _Lent:
    pool: ConnectionPool[Connection]
    stores: int = 0

    def fit(self) -> None:
        """Two more connections for each further competition, up to the most."""
        wanted = min(READERS + 1 + 2 * (self.stores - 1), MOST)
        if wanted != self.pool.max_size:
            self.pool.resize(self.pool.min_size, wanted)


_pools: dict[str, _Lent] = {}
_guard = threading.Lock()


def lend(url: str) -> ConnectionPool[Connection]:
    """The pool of a database, for one more store."""
    with _guard:
        if url not in _pools:
            _pools[url] = _Lent(_made(url))
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


def _made(url: str) -> ConnectionPool[Connection]:
    return ConnectionPool(
        url,
        kwargs=options(),
        configure=prepare,
        min_size=1,
        max_size=READERS + 1,
        timeout=LOCK_WAIT_SECONDS,
        open=True,
    )
