"""Changing a database behind the app's back, as somebody with the file could."""

import sqlite3
from pathlib import Path

from db.migrations import TRIGGERS


def damaged(path: Path, *statements: str) -> None:
    """Run statements on a file with references and checks off and the triggers away meanwhile."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    made = [
        row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE type='trigger'")
    ]
    for trigger in TRIGGERS:
        connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    for statement in statements:
        connection.execute(statement)
    for trigger in made:
        connection.execute(trigger)
    connection.close()


def fingerprint(path: Path) -> dict[str, int]:
    """How many rows each table has."""
    connection = sqlite3.connect(path)
    names = [
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
    ]
    counts = {
        name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names
    }
    connection.close()
    return counts
