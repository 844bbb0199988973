"""One file and its transactions.

One writer behind a lock with BEGIN IMMEDIATE; sixteen readers, each lent for one read
transaction, so that a counter and its rows belong together.
"""

import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Self, TypeVar

from db import secret_file, superseded
from db.commits import Commits
from db.connection import LOCK_WAIT_SECONDS, File, connect, look, open_file
from db.errors import Busy, DatabaseError, Moved, NotWritable, Superseded, UnrecordedChange
from db.file_lock import FileLocks, is_held
from db.link import Link
from db.locks import Locks
from db.notes import FileNotes, Notes
from db.together import together
from db.transaction import Change, Row, Transaction
from db.turns import Turns

Result = TypeVar("Result")

READERS = 16
LOOKERS = 3
LAST_NUMBER = "SELECT coalesce(max(seq), 0) FROM {events}"
CHECKPOINT_PAGES = 1000
"""SQLite's own default."""


class Store:
    """One database file: one writer, sixteen readers.

    Parameters
    ----------
    path : Path
        The file; made, with its folder and for its owner alone, when missing.
    read_only : bool
        Whether the file is only looked at: nothing is made, migrated or written.
    readers : int
        How many may read at one moment, each opened when it is first needed; fewer where a process
        serves many files.

    Attributes
    ----------
    is_scratch : bool
        Whether it is a copy in memory; see `db.scratch`.
    superseded : str
        The newer generation that another laptop serves: then every write is refused. Empty for
        none.

    Raises
    ------
    NotOurs, NewerFile, DamagedFile, NotWritable
        The file is left as it is.
    """

    is_scratch = False
    superseded = ""
    _is_closed = False

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        readers: int = READERS,
    ) -> None:
        self.path = path
        self.superseded = superseded.read(path)
        self._writer: Link = look(path) if read_only else _made(path)
        self._file = path.stat()
        self._moment = threading.local()
        self._turns = Turns(self._writer, path, self._require_newest)
        self._looks = read_only
        self._places = LOOKERS if read_only else readers
        self._readers: queue.LifoQueue[File | None] = queue.LifoQueue()
        for _ in range(self._places):
            self._readers.put(None)
        self._readers.put(self._taken())

    def writing(
        self, *, waits: bool = True, shares: bool = False
    ) -> AbstractContextManager[Transaction]:
        """Lend the writer; commit at the end, or keep nothing.

        A nested call in the same thread joins the outer transaction.

        Parameters
        ----------
        waits : bool
            Whether to wait for another writer; else `Busy` comes at once.
        shares : bool
            Whether the commit may be shared with others that wait to write: for short acts that
            many do at once. Each returns only after the commit.

        Raises
        ------
        Busy
            If another writer held the database for more than two seconds.
        Superseded
            If a newer generation is served elsewhere.
        Doomed
            If a nested step failed and its error was swallowed on the way out.
        UnrecordedChange
            If rows were put or removed and no event was appended after them.
        """
        self._moment.tx = None
        return self._turns.turn(waits=waits, shares=shares)

    def together(self, acts: Sequence[Callable[[], Result]]) -> list[Result | BaseException]:
        """Do acts of this thread one after another under one commit, where each of them may share.

        Returns
        -------
        list
            What each returned or raised, after the commit; the commit's error where it failed.

        Raises
        ------
        Busy
            If another writer held the database for more than two seconds; none was begun.
        """
        return together(self._turns, acts)

    def after_commit(self, act: Callable[[], object]) -> None:
        """Call a function after every commit from now on."""
        self._turns.after_commit.append(act)

    @property
    def commits(self) -> Commits:
        """How many commits this process made, and of how many acts."""
        return self._turns.commits

    @property
    def waiting(self) -> int:
        """How many threads wait to write."""
        return self._turns.queued

    def sizes(self) -> tuple[int, int]:
        """Bytes of the file, and of the journal beside it."""
        return _size(self.path), _size(self.path.with_name(f"{self.path.name}-wal"))

    def checkpoints(self, *, does: bool) -> None:
        """Let this process's writer checkpoint by itself, or leave that to another process.

        Two connections that checkpoint at one moment can damage the file; see
        `db.connection.SOUND_SINCE`.
        """
        with self._turns.alone():
            pages = CHECKPOINT_PAGES if does else 0
            self._writer.execute(f"PRAGMA wal_autocheckpoint = {pages}")

    @property
    def locks(self) -> Locks:
        """Who serves the competition, and which process leads."""
        return FileLocks(self.path)

    def notes(self, process: str) -> Notes:
        """What the processes that serve the competition tell each other, as one of them sees it."""
        return FileNotes(self.path, process)

    def listening(self) -> AbstractContextManager[None]:
        """Hear at once of what other processes commit, where the database can say so."""
        return nullcontext()

    def on_news(self, act: Callable[[], object]) -> None:
        """Call a function after every commit, of another process too where that can be heard.

        It is a hint only: who needs to know looks by itself as well.
        """
        self.after_commit(act)

    def secret(self) -> str:
        """What signs cookies in every process of the competition; made once."""
        return secret_file.read(self.path)

    def checkpoint(self) -> None:
        """Take the journal into the file, as far as no reader needs it; for the one that leads."""
        with self._turns.alone():
            self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def heed(self) -> None:
        """Refuse writes if another process of the installation met a newer generation."""
        if not self.superseded:
            self.superseded = superseded.read(self.path)

    def supersede(self, generation: str) -> None:
        """Refuse every write from now on, also after a restart."""
        with self._turns.alone():
            self.superseded = generation
            superseded.keep(self.path, generation)

    def _require_newest(self) -> None:
        if self.superseded == superseded.MOVED:
            raise Moved
        if self.superseded:
            raise Superseded(generation=self.superseded.partition("-")[0])

    def reading(self) -> AbstractContextManager[Transaction]:
        """Lend a reader for one read transaction: all it reads is one moment.

        Inside ``writing()`` or ``together()`` of the same thread it lends the writer, so that an
        act reads what it has just written.
        """
        lent = self._turns.lent or getattr(self._moment, "tx", None)
        return self._lent() if lent is None else nullcontext(lent)

    @contextmanager
    def _lent(self) -> Iterator[Transaction]:
        """A reader for one transaction."""
        database = self._taken()
        database.begin_reading()
        try:
            yield Transaction(database)
        finally:
            database.roll_back()
            stays_open = not self._is_closed  # asked once: closing may begin between two looks
            if not stays_open:
                database.close()
            self._readers.put(database if stays_open else None)

    def _taken(self) -> File:
        """The reader that was used last, or one more: few stores ever lend many at one moment."""
        try:
            database = self._readers.get(timeout=LOCK_WAIT_SECONDS)
        except queue.Empty as error:
            raise Busy from error
        if database is not None:
            return database
        try:
            return self._another()
        except BaseException:
            self._readers.put(None)
            raise

    def _another(self) -> File:
        if self._is_closed:
            raise sqlite3.ProgrammingError("the store is closed")
        try:
            opened = look(self.path) if self._looks else connect(self.path, read_only=True)
        except sqlite3.Error as error:
            raise self._turns.in_words(error) from error
        if not os.path.samestat(self._file, self.path.stat()):  # another file lies there since
            opened.close()
            raise NotWritable(path=self.path.name)
        return opened

    @classmethod
    def last_numbers(cls, stores: "Sequence[Self]") -> dict[Path, int]:
        """Path to the number of the last event of each store that can be read."""
        found = {}
        for store in stores:
            with suppress(DatabaseError, Busy), store.reading() as tx:
                found[store.path] = int(tx.value(LAST_NUMBER.format(events="events")))
        return found

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Make all that this thread reads inside one moment, until it writes."""
        with self.reading() as tx:
            self._moment.tx = tx
            try:
                yield
            finally:
                self._moment.tx = None

    def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        with self._turns.alone():
            if not self._is_closed:
                self._is_closed = True
                self._close_readers()
                self._writer.close()

    def _close_readers(self) -> None:
        """Close each reader that comes back within two seconds; the others close their own.

        A query whose connection is closed by another thread brings the process down.
        """
        until = time.monotonic() + LOCK_WAIT_SECONDS
        with suppress(queue.Empty):
            for _ in range(self._places):
                database = self._readers.get(timeout=max(0, until - time.monotonic()))
                if database is not None:
                    database.close()
        self._readers.put(None)  # a later reading is refused at once, and does not wait for a place


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _made(path: Path) -> File:
    """The writer of a file, which is made with its folder where there is none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise NotWritable(path=path.name) from error
    database = open_file(path)
    if is_held(path):  # by a server, whose connection alone checkpoints
        database.execute("PRAGMA wal_autocheckpoint = 0")
    return database


__all__ = ["Change", "Row", "Store", "Transaction", "UnrecordedChange"]
