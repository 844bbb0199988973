"""The lock of a served file: one server on it, and nothing put in its place meanwhile.

The lock is the operating system's, on a file beside the database: it ends with the process that
holds it, also after a kill.  Processes of one installation share it, where they were started so;
one of them leads: it alone checkpoints and copies, and when it dies another one does.
"""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from db.errors import InUse, NotWritable

SUFFIX, LEAD, START = ".lock", ".lead", ".start"


def hold(database: Path, *, shared: bool = False) -> IO[bytes]:
    """Hold the lock until the returned file is closed or the process ends.

    Parameters
    ----------
    shared : bool
        Whether other processes that share it may hold it, too.

    Raises
    ------
    InUse
        If another process holds it.
    """
    return _held(database, SUFFIX, shared=shared)


def lead(database: Path) -> IO[bytes] | None:
    """Become the process that leads, until the file is closed; None where another one leads."""
    try:
        return _held(database, LEAD, shared=False)
    except InUse:
        return None


@contextmanager
def starting(database: Path) -> Iterator[None]:
    """Wait until no other process of the installation is starting."""
    with _opened(database, START) as handle:
        _wait(handle)
        yield


@dataclass(frozen=True)
class Held:
    """A lock of this process on a file beside the database."""

    handle: IO[bytes]

    def lasts(self) -> bool:
        """Whether it is held: always, until it is closed."""
        return not self.handle.closed

    def close(self) -> None:
        """Let go."""
        self.handle.close()


@dataclass(frozen=True)
class FileLocks:
    """The locks of one file; see `db.locks.Locks`."""

    database: Path

    def hold(self, *, shared: bool = False) -> Held:
        """Serve the file; raises `InUse`."""
        return Held(hold(self.database, shared=shared))

    def require_free(self, *, shared: bool = False) -> None:
        """Refuse while a server holds the file; raises as `hold`."""
        require_free(self.database, shared=shared)

    def lead(self) -> Held | None:
        """Become the process that leads; None where another one leads."""
        handle = lead(self.database)
        return None if handle is None else Held(handle)

    def starting(self) -> AbstractContextManager[None]:
        """Wait until no other process of the installation is starting."""
        return starting(self.database)


def _opened(database: Path, suffix: str) -> IO[bytes]:
    path = database.with_name(f"{database.name}{suffix}")
    try:
        return path.open("ab")
    except OSError as error:
        raise NotWritable(path=path.name) from error


def _held(database: Path, suffix: str, *, shared: bool) -> IO[bytes]:
    handle = _opened(database, suffix)
    try:
        _lock(handle, shared=shared)
    except OSError as error:
        handle.close()
        raise InUse(path=database.name) from error
    return handle


def is_held(database: Path) -> bool:
    """Whether a process holds the lock; makes no file."""
    if not database.with_name(f"{database.name}{SUFFIX}").exists():
        return False
    try:
        hold(database).close()
    except InUse:
        return True
    return False


def require_free(database: Path, *, shared: bool = False) -> None:
    """Refuse while a server holds the file; raises as `hold`."""
    if database.parent.is_dir():
        hold(database, shared=shared).close()


if sys.platform != "win32":
    import fcntl

    def _lock(handle: IO[bytes], *, shared: bool) -> None:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        fcntl.flock(handle.fileno(), kind | fcntl.LOCK_NB)

    def _wait(handle: IO[bytes]) -> None:
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX)

else:
    import msvcrt

    def _lock(handle: IO[bytes], *, shared: bool) -> None:  # noqa: ARG001 - no such lock there
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)

    def _wait(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
