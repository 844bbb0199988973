"""A competition's rows carried from one store to another, whichever their databases.

Every table is copied, the log with its numbers, and the hash of each table proves the copy.
"""

import sqlite3
from collections.abc import Iterator

from db import schema_as_made
from db.canonical import canonical, sha256
from db.link import Link
from db.tables import TABLES, TELEMETRY
from db.transaction import Transaction

EVERY = (*TABLES, *TELEMETRY, "events")
"""Every table; an order that suits no reference, so references are checked at the end."""
ORDERED = ("certifications", "outside_lists", "transcriptions")
"""Tables of which a query asks for SQLite's ``rowid``: the order in which rows were written."""


def ordered(table: str) -> str:
    """The query that gives a table's rows in the order of writing where that counts."""
    by = f" ORDER BY {table}.rowid" if table in ORDERED else ""
    return f"SELECT * FROM {table}{by}"


def rows_into_file(source: Link, target: sqlite3.Connection) -> None:
    """Copy what a transaction sees into an empty file, whose references are not checked."""
    with sqlite3.connect(":memory:") as fresh:
        fresh.deserialize(schema_as_made.fresh_file())
        fresh.backup(target)
    fresh.close()
    for table in EVERY:
        cursor = source.execute(ordered(table))
        names = [column[0] for column in cursor.description]
        places = ", ".join("?" * len(names))
        target.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", cursor)
    target.commit()


def copy_rows(source: Transaction, target: Transaction) -> None:
    """Insert every row of one store into another, which has none."""
    target.is_written = True
    target.db.defer_references()
    for table in EVERY:
        cursor = source.db.execute(ordered(table))
        names = [column[0] for column in cursor.description]
        places = ", ".join(f":{name}" for name in names)
        insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"
        target.db.insert_many(insert, (dict(zip(names, row, strict=True)) for row in cursor))
    target.remembered.forget_all()


def is_empty(tx: Transaction) -> bool:
    """Whether no table has a row."""
    return not any(tx.value(f"SELECT count(*) FROM {table}") for table in EVERY)


def fingerprints(tx: Transaction) -> Iterator[tuple[str, int, str]]:
    """Name, number of rows and hash of each table, whatever the order of its rows."""
    for table in EVERY:
        rows = sorted(canonical(row) for row in tx.rows(f"SELECT * FROM {table}"))
        yield table, len(rows), sha256("\n".join(rows))
