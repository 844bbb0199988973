"""A competition in PostgreSQL, lent as a file is: one writer, sixteen readers."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from db import secret_file, superseded
from db.connection import LOCK_WAIT_SECONDS
from db.errors import Busy, DatabaseError
from db.postgres import beside_rows
from db.postgres.address import Address
from db.postgres.beside_rows import ServedNotes
from db.postgres.link import Link
from db.postgres.listening import Ear
from db.postgres.locks import ServedLocks
from db.postgres.pools import give_back, lend
from db.postgres.preparing import ensure
from db.store import LAST_NUMBER, READERS, Store
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
        self.address = address
        self._pool, self._is_closed = lend(address.url), False
        self._writer = Link(self._pool, address)
        self._moment = threading.local()
        self._free = threading.BoundedSemaphore(readers)
        self._turns = Turns(self._writer, path, self._require_newest)
        self._locks = ServedLocks(address)
        self._news: list[Callable[[], object]] = []
        self.superseded = superseded.read(path) or beside_rows.superseding(self.beside)

    @property
    def locks(self) -> ServedLocks:
        """Who serves the competition, and which process leads, on whichever machine."""
        return self._locks

    def notes(self, process: str) -> ServedNotes:
        """What the processes of all machines tell each other, as one of them sees it."""
        return ServedNotes(self.beside, process)

    def secret(self) -> str:
        """What signs cookies on every machine; made once."""
        return beside_rows.secret(self.beside, secret_file.made())

    @contextmanager
    def beside(self) -> Iterator[Transaction]:
        """Lend a transaction that takes no lock of an act, for tables that no act writes."""
        link = Link(self._pool, self.address)
        try:
            link.begin_beside()
            yield Transaction(link)
            link.commit()
        finally:
            link.roll_back()

    def on_news(self, act: Callable[[], object]) -> None:
        """Call a function after every commit, of another process too while this one listens."""
        self.after_commit(act)
        self._news.append(act)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear at once of what other processes commit, and tell them of what this one does."""
        ear = Ear(self.address, self._heard, self._locks.mend)
        self.after_commit(ear.tell)
        try:
            yield
        finally:
            self._turns.after_commit.remove(ear.tell)
            ear.close()

    def _heard(self) -> None:
        for act in self._news:
            act()

    def heed(self) -> None:
        """Refuse writes if a process on whichever machine met a newer generation."""
        super().heed()
        if not self.superseded:
            self.superseded = beside_rows.superseding(self.beside)

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
        elif generation:
            beside_rows.supersede(self.beside, generation)

    @classmethod
    def last_numbers(cls, stores: "Sequence[Self]") -> dict[Path, int]:
        """As a file's; by one query for all, unless a schema among them cannot be read."""
        paths = {one.address.schema: one.path for one in stores}
        numbers = [LAST_NUMBER.format(events=f'"{schema}".events') for schema in paths]
        asked = " UNION ALL ".join(
            f"SELECT '{schema}' AS name, ({number}) AS n"
            for schema, number in zip(paths, numbers, strict=True)
        )
        if len(stores) > 1 and len({one.address.url for one in stores}) == 1:
            with suppress(DatabaseError, Busy), stores[0].reading() as tx:
                return {paths[row["name"]]: int(row["n"]) for row in tx.rows(asked)}
        return super().last_numbers(stores)

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
            self._locks.close()
