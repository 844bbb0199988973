"""A copy of the database in memory, on which an act is tried before a person confirms it."""

import queue
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from db.connection import File
from db.store import Store
from db.transaction import Transaction
from db.turns import Turns


class _Scratch(Store):
    """A store of one connection; what is written to it is gone with it."""

    is_scratch = True

    def __init__(self, database: File) -> None:
        self.path = Path(":memory:")
        self._writer = database
        self._moment = threading.local()
        self._turns = Turns(database, self.path, self._require_newest)
        self._all_readers = []
        self._readers = queue.LifoQueue()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Lend the one connection: no other thread writes to it."""
        yield self._turns.current if self._turns.is_mine else Transaction(self._writer)


@contextmanager
def scratch(tx: Transaction) -> Iterator[Store]:
    """Lend a copy of all that a transaction sees; nothing done to it reaches the file.

    References are not checked in it: an act may be tried as a person who does not exist.
    """
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    with closing(connection):
        tx.db.copy_into(connection)
        yield _Scratch(File(connection))
