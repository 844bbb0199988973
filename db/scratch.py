"""Databases in memory: a copy on which an act is tried, and an empty one for a replay."""

import queue
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from db import schema_as_made
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
        self._places, self._readers = 0, queue.LifoQueue()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Lend the one connection: no other thread writes to it."""
        yield self._turns.current if self._turns.is_mine else Transaction(self._writer)


@contextmanager
def scratch(tx: Transaction) -> Iterator[Store]:
    """Lend a copy of all that a transaction sees; nothing done to it reaches the file.

    References are not checked in it: an act may be tried as a person who does not exist.
    """
    with closing(_memory()) as connection:
        tx.db.copy_into(connection)
        yield _Scratch(File(connection))


@contextmanager
def fresh() -> Iterator[Store]:
    """Lend an empty database in memory, with every migration; references are not checked in it."""
    with closing(_memory()) as connection, closing(_memory()) as made:
        made.deserialize(schema_as_made.fresh_file())
        made.backup(connection)
        yield _Scratch(File(connection))


def _memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
