"""The turns of those who write to one file: one at a time, and one commit for those that wait.

A commit waits for the disk. Acts that may share leave it to the next one that waits: each keeps its
rows behind a savepoint, so that one refused act undoes no other, and each returns only after the
commit, or with its error.  An act that may not share commits first what was left, and then begins.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from db.commits import Commits
from db.connection import LOCK_WAIT_SECONDS, in_words
from db.errors import Busy, DatabaseError, Doomed, UnrecordedChange
from db.link import Link
from db.transaction import Transaction

MOST = 50
OLDEST_SECONDS = 0.02
"""A commit is put off for so many acts and so long at most."""
RESCUE_SECONDS = 0.05
"""After so long the act itself looks whether its commit was left to no other one."""


class Group:
    """Acts of one transaction, each complete, that wait for one commit."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.acts: list[Transaction] = []
        self.over = threading.Event()
        self.error: BaseException | None = None

    @property
    def takes_more(self) -> bool:
        """Whether another act may still join."""
        return len(self.acts) < MOST and time.monotonic() - self.begun < OLDEST_SECONDS


class Turns:
    """The one writing connection of a store.

    Parameters
    ----------
    require : callable
        Raises before a turn begins where the file may not be written.

    Attributes
    ----------
    current : Transaction
        The present act's.
    after_commit : list of callable
        Called after every commit.
    queued : set of int
        Threads that wait for their turn.
    """

    def __init__(self, writer: Link, path: Path, require: Callable[[], None]) -> None:
        self._writer, self._path, self._require = writer, path, require
        self._lock = threading.RLock()
        self._waiting: set[int] = set()
        self.queued: set[int] = set()
        self.commits = Commits()
        self._owner: int | None = None
        self._depth = 0
        self._doomed = self._shares = False
        self._group: Group | None = None
        self.current = Transaction(writer)
        self.after_commit: list[Callable[[], object]] = []

    @property
    def is_mine(self) -> bool:
        """Whether the calling thread writes at this moment."""
        return self._owner == threading.get_ident()

    @contextmanager
    def turn(self, *, waits: bool, shares: bool) -> Iterator[Transaction]:
        """Lend the connection; keep all that was written, or nothing."""
        self._take(waits=waits, shares=shares)
        try:
            if self._depth == 0:
                self._require()
                self._begin(waits=waits, shares=shares)
            self._depth += 1
            try:
                yield self.current
            except BaseException as error:
                self._doomed = True
                self._leave(error)
                self._raise_in_words(error)
                raise
            group = self._leave()
        finally:
            self._lock.release()
        if group is not None:
            self._await(group)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold every writer off, with nothing left to commit."""
        with self._lock:
            if not self._depth:
                self._commit()
            yield

    def _take(self, *, waits: bool, shares: bool) -> None:
        if self._lock.acquire(blocking=False):
            return
        self.queued.add(threading.get_ident())
        if shares:
            self._waiting.add(threading.get_ident())
        try:
            if not self._lock.acquire(timeout=LOCK_WAIT_SECONDS if waits else 0.0):
                raise Busy
        finally:
            self._waiting.discard(threading.get_ident())
            self.queued.discard(threading.get_ident())

    def _begin(self, *, waits: bool, shares: bool) -> None:
        if not shares or (self._group and not self._group.takes_more):
            self._commit()
        try:
            if self._group is None:
                self._writer.begin_writing(waits=waits)
            else:
                self._writer.execute("SAVEPOINT act")
        except (sqlite3.Error, DatabaseError) as error:
            self._raise_in_words(error)
            raise
        self._owner, self._shares = threading.get_ident(), shares
        # What a shared transaction reads may still be rolled back, with the acts before.
        self.current = Transaction(self._writer, is_written=self._group is not None)
        self._doomed = False

    def _leave(self, error: BaseException | None = None) -> Group | None:
        """Step out of one level; the outermost keeps or undoes, and leaves or makes the commit."""
        self._depth -= 1
        if self._depth:
            return None
        self._owner = None
        unrecorded = sorted({change.table for change in self.current.changes})
        self._doomed |= self._writer.is_spoilt
        if self._doomed or unrecorded:
            self._undo(error)
            group = None
        else:
            group = self._join()
        if self._group and not (self._shares and self._waiting and self._group.takes_more):
            self._commit()
        if group is None and error is None:
            raise Doomed if self._doomed else UnrecordedChange(tables=", ".join(unrecorded))
        return group

    def _join(self) -> Group:
        """Add the act to those that wait for the commit."""
        if self._group is None:
            self._group = Group()
        else:
            try:
                self._writer.execute("RELEASE act")
            except (sqlite3.Error, DatabaseError) as error:
                self._fail(error)
                self._raise_in_words(error)
                raise
        self._group.acts.append(self.current)
        return self._group

    def _undo(self, cause: BaseException | None) -> None:
        """Undo the act alone; where a fault of the disk has undone all, all of them fail."""
        if self._group is None:
            self._writer.roll_back()
            return
        try:
            self._writer.execute("ROLLBACK TO act")
            self._writer.execute("RELEASE act")
        except (sqlite3.Error, DatabaseError) as error:
            self._fail(cause or error)

    def _commit(self) -> None:
        """Commit what was left; a commit that fails keeps nothing and leaves the writer free."""
        group, self._group = self._group, None
        if group is None:
            return
        try:
            self._writer.commit()
            self.commits.add(len(group.acts))
            for tx in group.acts:
                for act in tx.afterwards:
                    act()
            for act in self.after_commit:
                act()
        except BaseException as error:
            self._writer.roll_back()
            group.error = error
            if not isinstance(error, Exception):
                raise
        finally:
            group.over.set()

    def _fail(self, error: BaseException) -> None:
        """Undo the whole transaction; every act that waits for its commit gets the error."""
        group, self._group = self._group, None
        self._writer.roll_back()
        if group is not None:
            group.error = error
            group.over.set()

    def _await(self, group: Group) -> None:
        """Wait for the commit; make it where the one it was left to gave up waiting."""
        while not (group.over.is_set() or group.over.wait(RESCUE_SECONDS)):
            with self._lock:
                if self._group is group:
                    self._commit()
        if group.error is not None:
            self._raise_in_words(group.error)
            raise group.error

    def _raise_in_words(self, error: BaseException) -> None:
        """Raise a fault of SQLite as a refusal of ours; leave any other error to the caller."""
        known = in_words(error, self._path) if isinstance(error, sqlite3.Error) else None
        if known is not None:
            raise known from error
