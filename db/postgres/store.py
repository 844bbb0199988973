"""A competition in PostgreSQL, lent as a file is: one writer, sixteen readers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db import superseded
from db.connection import LOCK_WAIT_SECONDS
from db.errors import Busy
from db.postgres.address import Address
from db.postgres.link import Link
from db.postgres.pools import give_back, lend
from db.postgres.preparing import ensure
from db.store import READERS, Store
from db.transaction import Transaction
from db.turns import Turns


class ServedStore(Store):
    """A store whose rows are in PostgreSQL; documents and keys lie beside ``path``.

    Parameters
    ----------
    address : Address
        The competition's database and schema; made there when missing.
    path : Path
        What the files beside it are named after; there is no file of this name itself.
    readers : int
        How many may read at one moment.

    Attributes
    ----------
    address : Address
        The same.

    Raises
    ------
    NotPrepared, NewerFile, TooPowerful, Unreachable
    """

    def __init__(self, address: Address, path: Path, *, readers: int = READERS) -> None:
        ensure(address)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.superseded = superseded.read(path)
        self.address = address
        self._pool, self._is_closed = lend(address.url), False
        self._writer = Link(self._pool, address)
        self._moment = threading.local()
        self._free = threading.BoundedSemaphore(readers)
        self._turns = Turns(self._writer, path, self._require_newest)

    def sizes(self) -> tuple[int, int]:
        """Bytes of the tables with their indexes; the server's journal counts as none."""
        with self.reading() as tx:
            size = tx.value(
                """SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class
                WHERE relnamespace = CAST(:s AS regnamespace) AND relkind = 'r'""",
                s=self.address.schema,
            )
        return int(size), 0

    def checkpoints(self, *, does: bool) -> None:
        """Nothing: the server checkpoints."""

    def checkpoint(self) -> None:
        """Nothing: the server checkpoints."""

    def supersede(self, generation: str) -> None:
        """Refuse every write from now on; that of a moved competition also by the log's trigger.

        Another process that still serves it is then refused as well.
        """
        super().supersede(generation)
        if generation == superseded.MOVED:
            self._turns.current.run("INSERT INTO moved DEFAULT VALUES")

    @contextmanager
    def _lent(self) -> Iterator[Transaction]:
        if not self._free.acquire(timeout=LOCK_WAIT_SECONDS):
            raise Busy
        link = Link(self._pool, self.address)
        try:
            link.begin_reading()
            yield Transaction(link)
        finally:
            link.roll_back()
            self._free.release()

    def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        with self._turns.alone():
            self._writer.close()
            if not self._is_closed:
                self._is_closed = True
                give_back(self.address.url)
