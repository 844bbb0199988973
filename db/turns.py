"""The turns of those who write to one file: one at a time, and one commit for those that wait.

A commit waits for the disk. Acts that may share leave it to the next one that waits: each keeps its
rows behind a savepoint, so that one refused act undoes no other, and each returns only after the
commit, or with its error.  An act that may not share commits first what was left, and then begins.

A thread may also hold the writer for several acts in turn (`Turns.gathering`): they pass no lock to
each other, and what one reads before it writes is of the same transaction.  What they read is
remembered from one to the next until it is written to; any other writer's turn ends that.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from db.commits import Commits
from db.connection import in_words
from db.entrance import Entrance
from db.errors import DatabaseError, Doomed, UnrecordedChange
from db.groups import Gathering, Group
from db.link import Link
from db.memory import Memory
from db.transaction import Transaction

RESCUE_SECONDS = 0.05
"""After so long the act itself looks whether its commit was left to no other one."""


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
    """

    def __init__(self, writer: Link, path: Path, require: Callable[[], None]) -> None:
        self._writer, self._path, self._require = writer, path, require
        self._entrance = Entrance()
        self.commits = Commits()
        self._owner: int | None = None
        self._depth = 0
        self._doomed = self._shares = False
        self._group: Group | None = None
        self._gathering: Gathering | None = None
        self._memory = Memory()
        self._gathered = Transaction(writer, is_written=True, remembered=self._memory)
        self.current = Transaction(writer)
        self.after_commit: list[Callable[[], object]] = []

    @property
    def queued(self) -> int:
        """How many threads wait for their turn."""
        return len(self._entrance.queued)

    @property
    def is_mine(self) -> bool:
        """Whether the calling thread writes at this moment."""
        return self._owner == threading.get_ident()

    @property
    def lent(self) -> Transaction | None:
        """What the calling thread reads in, where it holds the writer."""
        if self.is_mine:
            return self.current
        gathering = self._gathering
        is_mine = gathering is not None and gathering.thread == threading.get_ident()
        if gathering is None or not is_mine:
            return None
        if self._group is None:
            self._begin_gathered(gathering)
        return self._gathered

    @contextmanager
    def gathering(self) -> Iterator[Gathering]:
        """Hold the writer for several acts of this thread; what they left is committed at the end.

        A writer that waits already goes first: a thread that comes again and again keeps none out.
        """
        self._entrance.let_pass()
        self._entrance.take(waits=True, shares=True)
        try:
            self._gathering = Gathering()
            try:
                self._begin_gathered(self._gathering)
                yield self._gathering
            finally:
                self._gathering = None
                self._commit()
        finally:
            self._entrance.inside.release()

    @contextmanager
    def turn(self, *, waits: bool, shares: bool) -> Iterator[Transaction]:
        """Lend the connection; keep all that was written, or nothing."""
        self._entrance.take(waits=waits, shares=shares)
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
            group, gathering = self._leave(), self._gathering
            if group is not None and gathering is not None:
                gathering.groups.append(group)
        finally:
            self._entrance.inside.release()
        if group is not None and gathering is None:
            self._await(group)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold every writer off, with nothing left to commit."""
        with self._entrance.inside:
            if not self._depth:
                self._commit()
            yield

    def _begin(self, *, waits: bool, shares: bool) -> None:
        if shares and self._gathering is not None:
            self._begin_gathered(self._gathering)
        elif not shares or (self._group and not self._group.takes_more):
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
        if shares and self._gathering is not None:
            self.current.remembered = self._memory
        else:
            self._memory.forget_all()
        self._doomed = False

    def _begin_gathered(self, gathering: Gathering) -> None:
        """Begin to write, so that what is read before an act is of the transaction it writes in."""
        if self._group is not None and not self._group.takes_more:
            self._commit()
        if self._group is not None:
            return
        try:
            self._writer.begin_writing(waits=gathering.waits)
            if not self._writer.is_as_left():
                self._memory.forget_all()
        except (sqlite3.Error, DatabaseError) as error:
            gathering.waits = False
            self._raise_in_words(error)
            raise
        self._group = Group()

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
        if self._group and not self._is_left(self._group):
            self._commit()
        if group is None and error is None:
            raise Doomed if self._doomed else UnrecordedChange(tables=", ".join(unrecorded))
        return group

    def _is_left(self, group: Group) -> bool:
        """Whether the commit is left to an act that follows."""
        follows = bool(self._entrance.waiting) and group.takes_more
        return self._shares and (follows or self._gathering is not None)

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
        self._memory.forget_all()
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
            if not group.acts:  # a gathering only read in it
                self._writer.roll_back()
                return
            begun = time.monotonic()
            self._writer.commit()
            self.commits.add(len(group.acts), time.monotonic() - begun)
            for tx in group.acts:
                for act in tx.afterwards:
                    act()
            for act in self.after_commit:
                act()
        except BaseException as error:
            self._memory.forget_all()
            self._writer.roll_back()
            group.error = error
            if not isinstance(error, Exception):
                raise
        finally:
            group.over.set()

    def _fail(self, error: BaseException) -> None:
        """Undo the whole transaction; every act that waits for its commit gets the error."""
        group, self._group = self._group, None
        self._memory.forget_all()
        self._writer.roll_back()
        if group is not None:
            group.error = error
            group.over.set()

    def _await(self, group: Group) -> None:
        """Wait for the commit; make it where the one it was left to gave up waiting."""
        while not (group.over.is_set() or group.over.wait(RESCUE_SECONDS)):
            with self._entrance.inside:
                if self._group is group:
                    self._commit()
        if group.error is not None:
            self._raise_in_words(group.error)
            raise group.error

    def in_words(self, error: BaseException) -> BaseException:
        """A fault of SQLite as a refusal of ours; any other error as it is."""
        known = in_words(error, self._path) if isinstance(error, sqlite3.Error) else None
        return known or error

    def _raise_in_words(self, error: BaseException) -> None:
        """Raise a fault of SQLite as a refusal of ours; leave any other error to the caller."""
        known = self.in_words(error)
        if known is not error:
            raise known from error
