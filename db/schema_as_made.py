"""The schema of a file beside the one a fresh store has: tables, triggers, views, indexes."""

import sqlite3
from functools import cache

from sqlite_utils import Database

from db.migrations import APPLICATION_ID, migrations

LISTED = """SELECT type, name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite|_%' ESCAPE '|'"""


def altered(database: Database) -> list[str]:
    """Kind and name of everything that is missing, added, or defined in another way."""
    stored = {(kind, name): _plain(sql) for kind, name, sql in database.execute(LISTED)}
    fresh = _made()[1]
    named = sorted(stored.keys() | fresh.keys())
    return [" ".join(key) for key in named if stored.get(key) != fresh.get(key)]


def fresh_file() -> bytes:
    """The bytes of a database with every migration and no row."""
    return _made()[0]


@cache
def _made() -> tuple[bytes, dict[tuple[str, str], str]]:
    database = Database(sqlite3.connect(":memory:", isolation_level=None))
    try:
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.apply(database)
        listed = {(kind, name): _plain(sql) for kind, name, sql in database.execute(LISTED)}
        return database.conn.serialize(), listed
    finally:
        database.close()


def _plain(sql: str) -> str:
    """A definition without its line breaks, which older tools write in another way."""
    return " ".join(sql.split())
