"""Which competitions are served from PostgreSQL: those of the database that the environment names.

Its documents, keys and last head lie beside a path like any file's. The path means it, too: opening
that path gives the store in PostgreSQL.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from db import secret_file
from db.file_lock import FileLocks
from db.locks import Held, Locks
from db.opened import open_store
from db.postgres.address import NAME, SUFFIX, Address, configured
from db.store import READERS, Store

if TYPE_CHECKING:
    from db.postgres.locks import Line


def at(path: str | Path) -> Address | None:
    """The address that a path means; None where it is a file's."""
    address, name = configured(), Path(path).name
    schema = name.removesuffix(SUFFIX)
    if address is None or schema == name or not NAME.fullmatch(schema):
        return None
    return replace(address, schema=schema)


def made(path: Path, *, readers: int = READERS) -> Store:
    """The store in PostgreSQL that a path means, or the file's."""
    address = at(path)
    if address is None:
        return Store(path, readers=readers)
    from db.postgres.store import ServedStore

    return ServedStore(address, path, readers=readers)


def open_served(path: str | Path) -> Store:
    """As `db.store.open_store`, also for the path that means a store in PostgreSQL."""
    return open_store(path, make=made)


def locks(path: Path, line: "Line | None" = None) -> Locks:
    """The locks of the competition that a path means, which is not opened for them.

    ``line`` holds those of many in PostgreSQL; without it each has a connection.
    """
    address = at(path)
    if address is None:
        return FileLocks(path)
    from db.postgres.locks import ServedLocks

    return ServedLocks(address, line)


class LocksOfMany:
    """The locks of all competitions that one process serves: files', or one connection's."""

    def __init__(self) -> None:
        self._line = _line()
        self._held: list[Held] = []

    def of(self, path: Path) -> Locks:
        """Those of the competition that a path means."""
        return locks(path, self._line)

    @contextmanager
    def hold(self, path: Path) -> Iterator[None]:
        """Serve the competition that a path means; raises `InUse`, `Unreachable`."""
        with closing(self.of(path).hold()) as held:
            self._held.append(held)
            try:
                yield
            finally:
                self._held.remove(held)

    def mend(self) -> None:
        """Hold again what a lost connection let go."""
        if self._line is not None and self._line.answers():
            for held in tuple(self._held):
                held.lasts()

    def close(self) -> None:
        """Close the connection, where there is one."""
        if self._line is not None:
            self._line.close()


def _line() -> "Line | None":
    address = configured()
    if address is None:
        return None
    from db.postgres.locks import Line

    return Line(address.url)


def secret(path: Path) -> str:
    """What signs the cookies of the competition that a path means; made once."""
    return secret_file.read(path) if at(path) is None else open_served(path).secret()


def is_there(path: Path) -> bool:
    """Whether a competition may be opened at a path without making a new file."""
    return at(path) is not None or path.exists()
