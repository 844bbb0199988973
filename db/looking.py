"""A file opened to be read and never to be changed: for verifying and comparing.

Nothing is made, migrated or written.  A file of an earlier version is copied to a temporary
folder and the copy is brought up to date, so that it can be read like any other.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from db import served
from db.connection import look, missing_migrations
from db.errors import DamagedFile, EmptyFile, NotOurs, NotWritable
from db.migrations import SCHEMAS
from db.store import Store

MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True)
class Looked:
    """A file that is only read.

    Attributes
    ----------
    store : Store
        Reads the file, or its temporary copy; every write is refused.
    path : Path
        The file itself, beside which its documents lie.
    is_older : bool
        Whether an earlier version wrote it: then the store reads a copy brought up to date.
    """

    store: Store
    path: Path
    is_older: bool


@contextmanager
def looking(path: Path) -> Iterator[Looked]:
    """Lend a file for reading.

    Raises
    ------
    EmptyFile, DamagedFile, NotOurs, NewerFile
        Each says in words what to do next.
    """
    if served.at(path) is not None:
        with closing(served.made(path)) as store:
            yield Looked(store, path, is_older=False)
        return
    _require_sqlite(path)
    with TemporaryDirectory() as folder:
        read, is_older = _readable(path, Path(folder))
        store = Store(read, read_only=True)
        try:
            yield Looked(store, path, is_older)
        finally:
            store.close()


def _require_sqlite(path: Path) -> None:
    try:
        with path.open("rb") as file:
            begin = file.read(100)
    except OSError as error:
        raise NotWritable(path=path.name) from error
    if not begin:
        raise EmptyFile(path=path.name)
    if not begin.startswith(MAGIC):
        raise NotOurs(path=path.name)
    if len(begin) < 100:
        raise DamagedFile(path=path.name)


def _readable(path: Path, folder: Path) -> tuple[Path, bool]:
    """The file itself if it can be read as it is; else a copy of it, brought up to date.

    A journal without its index cannot be read on a read-only disk; it is copied along.
    """
    copy = folder / path.name
    journal = path.with_name(f"{path.name}-wal")
    index = path.with_name(f"{path.name}-shm")
    if journal.exists() and not index.exists():
        return _copied(path, copy), False
    try:
        with closing(look(path)) as database:
            missing = missing_migrations(database, path)
            if missing == SCHEMAS.keys():
                raise EmptyFile(path=path.name)
            if not missing:
                return path, False
            with closing(sqlite3.connect(copy)) as target:
                database.conn.backup(target)
        Store(copy).close()
    except (sqlite3.Error, ValueError, TypeError, LookupError) as error:
        raise DamagedFile(path=path.name) from error
    return copy, True


def _copied(path: Path, copy: Path) -> Path:
    shutil.copyfile(path, copy)
    shutil.copyfile(path.with_name(f"{path.name}-wal"), copy.with_name(f"{copy.name}-wal"))
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return copy
