"""Changing a database behind the app's back, as a person with the file could."""

import sqlite3
from pathlib import Path

import psycopg
import pytest

import db
from db.migrations import TRIGGERS
from db.postgres.store import ServedStore
from db.tables import TABLES, TELEMETRY


def damaged(target: Path | db.Store, *statements: str) -> None:
    """Run statements with references and checks off and the triggers away meanwhile.

    PostgreSQL lets nobody put its own checks off: what they refuse cannot come to be.
    """
    if isinstance(target, ServedStore):
        _damaged_there(target, statements)
        return
    path = target.path if isinstance(target, db.Store) else target
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("BEGIN")
    made = [
        row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE type='trigger'")
    ]
    for trigger in TRIGGERS:
        connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    for statement in statements:
        connection.execute(statement)
    for trigger in made:
        connection.execute(trigger)
    connection.execute("COMMIT")
    connection.close()


def _damaged_there(store: ServedStore, statements: tuple[str, ...]) -> None:
    with master(store) as connection:
        try:
            for statement in statements:
                connection.execute(statement.encode())
        except psycopg.errors.IntegrityError as error:
            pytest.skip(f"refused by the schema itself: {error.diag.message_primary}")


def master(store: ServedStore) -> psycopg.Connection[tuple[object, ...]]:
    """A connection that no right, trigger or reference stops, as the server's owner has it."""
    url = store.address.url.replace("//arena@", "//postgres@")
    connection = psycopg.connect(url, autocommit=True)
    connection.execute("SET search_path TO arena")
    connection.execute("SET session_replication_role = replica")
    return connection


def fingerprint(store: db.Store) -> dict[str, int]:
    """How many rows each table has."""
    with store.reading() as tx:
        return {
            name: tx.value(f"SELECT count(*) FROM {name}")
            for name in (*TABLES, *TELEMETRY, "events")
        }
