"""The connection to one file, and whether the file is ours.

Only this module, the store and the migrations touch sqlite-utils.
"""

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from db.errors import Busy, NotOurs
from db.migrations import APPLICATION_ID, SCHEMAS, migrations

LOCK_WAIT_SECONDS = 2.0


def connect(path: Path, *, read_only: bool = False) -> Database:
    """A connection that checks references, waits two seconds, and commits to the disk."""
    connection = sqlite3.connect(
        path, check_same_thread=False, isolation_level=None, timeout=LOCK_WAIT_SECONDS
    )
    pragmas = ["synchronous = FULL", "foreign_keys = ON"] + ["query_only = ON"] * read_only
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return Database(connection)
    except BaseException:
        connection.close()
        raise


def open_file(path: Path) -> Database:
    """The writer's connection, to a file that is ours and has every migration."""
    database: Database | None = None
    try:
        database = connect(path)
        _require_ours(database, path)
        _migrate(database)
    except BaseException as error:
        if database is not None:
            database.close()
        if is_busy(error):
            raise Busy from error
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_NOTADB:
            raise NotOurs(path=path.name) from error
        raise
    return database


def _require_ours(database: Database, path: Path) -> None:
    """Refuse, before anything is written, what another program or a newer version wrote."""
    mark = database.conn.execute("PRAGMA application_id").fetchone()[0]
    is_fresh = mark == 0 and not database.table_names()
    applied = {migration.name for migration in migrations.applied(database)}
    if (mark != APPLICATION_ID and not is_fresh) or applied - SCHEMAS.keys():
        raise NotOurs(path=path.name)


def _migrate(database: Database) -> None:
    """Bring the schema up to date in one transaction, or not at all."""
    database.conn.execute("PRAGMA journal_mode = WAL")
    if migrations.pending(database):
        database.conn.execute("BEGIN IMMEDIATE")
        database.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.apply(database)
        database.conn.execute("COMMIT")


def is_busy(error: BaseException) -> bool:
    """Whether another connection holds what this one waited for."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
