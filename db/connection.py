"""The connection to one file, and whether the file is ours.

Only this module, the store with its transactions, and the schema touch sqlite-utils.
"""

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db import schema_as_made
from db.errors import (
    Busy,
    DamagedFile,
    DatabaseError,
    DiskFull,
    NewerFile,
    NotOurs,
    NotWritable,
)
from db.migrations import APPLICATION_ID, SCHEMAS, migrations

LOCK_WAIT_SECONDS = 2.0
SOUND_SINCE = (3, 51, 3)
"""SQLite before it can damage a WAL file when two connections checkpoint at one moment."""

ALWAYS = ("foreign_keys = ON", "mmap_size = 0")
WRITER = ("synchronous = FULL",)
READER = ("query_only = ON", "wal_autocheckpoint = 0")
"""Readers never checkpoint: the writer's connection is the only one that does. They write nothing
either, so `synchronous`, for which SQLite reads the whole schema at once, is not theirs."""


LISTED = "SELECT count(*), coalesce(sum(name = ?), 0) FROM sqlite_master WHERE type = 'table'"
"""How many tables a file has, and whether one of them names its migrations."""
APPLIED = f"SELECT name FROM {migrations.migrations_table} WHERE migration_set = ?"
"""The migrations of a file; as sqlite-utils asks, which reads the whole schema for it."""


def sqlite_version() -> str:
    """The version of the SQLite in use."""
    return sqlite3.sqlite_version


def has_checkpoint_fault() -> bool:
    """Whether the SQLite in use is older than the version that fixed checkpoints."""
    return sqlite3.sqlite_version_info < SOUND_SINCE


def connect(path: Path, *, read_only: bool = False) -> "File":
    """A connection that checks references, waits two seconds, and commits to the disk.

    A reader's makes no file where there is none.
    """
    if read_only:
        return _opened(f"{path.absolute().as_uri()}?mode=rw", [*ALWAYS, *READER], is_uri=True)
    return _opened(str(path), [*ALWAYS, *WRITER], is_uri=False)


def look(path: Path) -> "File":
    """A connection that cannot write; a file that has no journal stays without one."""
    uri = f"{path.resolve().as_uri()}?mode=ro"
    journal = path.with_name(f"{path.name}-wal")
    if not journal.exists():
        uri += "&immutable=1"
    return _opened(uri, [*ALWAYS, *READER], is_uri=True)


class File(Database):
    """A connection to one file; see `db.link.Link`."""

    is_spoilt = holds_contents = False

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._patience: int | None = None
        self._seen: int | None = None

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is begun."""
        return self.conn.in_transaction

    def execute(
        self, sql: str, values: Sequence[Any] | dict[str, Any] | None = None
    ) -> sqlite3.Cursor:
        """Execute one statement, past the tracer of sqlite-utils."""
        return self.conn.execute(sql, values or {})

    def is_as_left(self) -> bool:
        """Whether no other connection has committed since this one was asked before."""
        before = self._seen
        self._seen = self.conn.execute("PRAGMA data_version").fetchone()[0]
        return self._seen == before

    def begin_writing(self, *, waits: bool) -> None:
        """Begin to write; another program that writes is waited for."""
        patience = int(LOCK_WAIT_SECONDS * 1000) if waits else 0
        if patience != self._patience:
            self.conn.execute(f"PRAGMA busy_timeout = {patience}")
            self._patience = patience
        self.conn.execute("BEGIN IMMEDIATE")

    def begin_reading(self) -> None:
        """Begin to read; the first query chooses the moment."""
        self.conn.execute("BEGIN")

    def commit(self) -> None:
        """Commit to the disk."""
        self.conn.execute("COMMIT")

    def roll_back(self) -> None:
        """Roll back, unless a fault of the disk has done so already."""
        if self.conn.in_transaction:
            self.conn.execute("ROLLBACK")

    def copy_into(self, target: sqlite3.Connection) -> None:
        """Copy page by page."""
        self.conn.backup(target)

    def defer_references(self) -> None:
        """Check references at the commit."""
        self.conn.execute("PRAGMA defer_foreign_keys = ON")

    def insert_many(self, sql: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Execute an insertion for each row."""
        self.conn.executemany(sql, rows)

    def damage(self) -> list[str]:
        """Pages that are not as SQLite wrote them."""
        return [row[0] for row in self.conn.execute("PRAGMA integrity_check") if row[0] != "ok"]

    def has_checksums(self) -> bool:
        """True: the integrity check reads each page."""
        return True

    def loose_references(self) -> list[str]:
        """Table and place of each row that refers to nothing."""
        return [f"{row[0]} {row[1]}" for row in self.conn.execute("PRAGMA foreign_key_check")]

    def altered(self) -> list[str]:
        """Kind and name of everything that is missing, added, or defined in another way."""
        return schema_as_made.altered(self)


def _opened(name: str, pragmas: list[str], *, is_uri: bool) -> File:
    connection = sqlite3.connect(
        name,
        check_same_thread=False,
        isolation_level=None,
        timeout=LOCK_WAIT_SECONDS,
        uri=is_uri,
    )
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return File(connection)
    except BaseException:
        connection.close()
        raise


def open_file(path: Path) -> File:
    """The writer's connection, to a file that is ours and has every migration.

    Raises
    ------
    NotOurs, NewerFile, DamagedFile, NotWritable, DiskFull, Busy
    """
    database: File | None = None
    try:
        database = connect(path)
        _migrate(database, path)
    except BaseException as error:
        if database is not None:
            database.close()
        known = in_words(error, path)
        if known is None:
            raise
        raise known from error
    return database


def missing_migrations(database: Database, path: Path) -> set[str]:
    """The migrations a file does not have yet; all of them where it is empty.

    Raises
    ------
    NotOurs
        If another program wrote the file.
    NewerFile
        If it has a migration that this version does not know.
    """
    mark = database.execute("PRAGMA application_id").fetchone()[0]
    tables, listed = database.execute(LISTED, [migrations.migrations_table]).fetchone()
    is_empty = mark == 0 and not tables
    if mark != APPLICATION_ID and not is_empty:
        raise NotOurs(path=path.name)
    applied = {row[0] for row in database.execute(APPLIED, [migrations.name])} if listed else set()
    if applied - SCHEMAS.keys():
        raise NewerFile(path=path.name)
    return SCHEMAS.keys() - applied


def _migrate(database: Database, path: Path) -> None:
    """Bring the schema up to date in one transaction, or not at all.

    A file that has something in it is copied first; see `keep_copy`.
    """
    missing = missing_migrations(database, path)
    database.conn.execute("PRAGMA journal_mode = WAL")
    if not missing:
        return
    if missing != SCHEMAS.keys():
        keep_copy(database, path, len(SCHEMAS) - len(missing))
    database.conn.execute("BEGIN IMMEDIATE")
    database.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(database)
    database.conn.execute("COMMIT")


def keep_copy(database: Database, path: Path, applied: int) -> Path:
    """Copy a file as it is before migrations beside it, once; return the copy's path.

    ``arena.db.before-9`` is ``arena.db`` with its first eight migrations.
    """
    target = path.with_name(f"{path.name}.before-{applied + 1}")
    if target.exists():
        return target
    partial = target.with_name(f"{target.name}.part")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    with closing(sqlite3.connect(partial)) as copy:
        database.conn.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    name_safely(partial, target)
    return target


def name_safely(partial: Path, target: Path) -> None:
    """Give a written file its name once its bytes, then its name, are on the disk."""
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    if os.name == "posix":  # elsewhere a folder cannot be opened, and the rename is safe
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


FAULTS: dict[int, type[DatabaseError]] = {
    sqlite3.SQLITE_BUSY: Busy,
    sqlite3.SQLITE_LOCKED: Busy,
    sqlite3.SQLITE_NOTADB: NotOurs,
    sqlite3.SQLITE_CORRUPT: DamagedFile,
    sqlite3.SQLITE_READONLY: NotWritable,
    sqlite3.SQLITE_CANTOPEN: NotWritable,
    sqlite3.SQLITE_PERM: NotWritable,
    sqlite3.SQLITE_IOERR: NotWritable,
    sqlite3.SQLITE_FULL: DiskFull,
}
"""What SQLite's primary result codes mean to the store."""


def in_words(error: BaseException, path: Path) -> DatabaseError | None:
    """Our refusal for a fault of SQLite or of the disk, if any."""
    if isinstance(error, sqlite3.Error):
        known = FAULTS.get((getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF)
        return known(path=path.name) if known else None
    if isinstance(error, OSError):
        return NotWritable(path=path.name)
    return None
