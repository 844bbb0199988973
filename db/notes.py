"""Notes that the processes of one installation leave for each other: presence, copies, errors.

They are telemetry: a small file beside the database, never synced, that may be removed at any
time; in PostgreSQL a table without a journal. Each process writes its own row of a topic and reads
those of the others.
"""

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Protocol

SUFFIX = ".notes"
WAIT_SECONDS = 0.5
NotesFault = sqlite3.Error
"""A note that could not be written or read: the next one may."""


class Notes(Protocol):
    """The notes of one competition; `FileNotes` or `db.postgres.beside_rows.ServedNotes`."""

    def leave(self, topic: str, body: str) -> None:
        """Write what this process has to say of a topic, in place of what it said before."""

    def others(self, topic: str, *, within: float) -> list[str]:
        """What the other processes have said of a topic in so many seconds."""

    def clear(self, *, older: float) -> None:
        """Remove what was said more than so many seconds ago."""

    def close(self) -> None:
        """Write and read no more."""


class FileNotes:
    """The notes beside a file, as one process sees them.

    Parameters
    ----------
    process : str
        A name that no other process of the installation has.
    now : callable
        The machine's time, in seconds.
    """

    def __init__(
        self, database: Path, process: str, *, now: Callable[[], float] = time.time
    ) -> None:
        self._process, self._now = process, now
        path = database.with_name(f"{database.name}{SUFFIX}")
        path.touch(mode=0o600, exist_ok=True)
        self._conn = sqlite3.connect(
            path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )
        self._guard = threading.Lock()
        self._conn.execute("PRAGMA journal_mode = WAL")
        self._conn.execute("PRAGMA synchronous = OFF")
        self._conn.execute(
            """CREATE TABLE IF NOT EXISTS notes (
                process TEXT NOT NULL, topic TEXT NOT NULL, at REAL NOT NULL, body TEXT NOT NULL,
                PRIMARY KEY (process, topic)) STRICT"""
        )

    def leave(self, topic: str, body: str) -> None:
        """Write what this process has to say of a topic, in place of what it said before."""
        at = self._now()
        with self._guard:
            self._conn.execute(
                """INSERT INTO notes VALUES (:process, :topic, :at, :body)
                ON CONFLICT DO UPDATE SET at = excluded.at, body = excluded.body""",
                {"process": self._process, "topic": topic, "at": at, "body": body},
            )

    def others(self, topic: str, *, within: float) -> list[str]:
        """What the other processes have said of a topic in so many seconds."""
        since = self._now() - within
        with (
            self._guard,
            closing(
                self._conn.execute(
                    """SELECT body FROM notes
                WHERE topic = :topic AND process <> :process AND at >= :since ORDER BY process""",
                    {"topic": topic, "process": self._process, "since": since},
                )
            ) as notes,
        ):
            return [row[0] for row in notes]

    def clear(self, *, older: float) -> None:
        """Remove what was said more than so many seconds ago."""
        before = self._now() - older
        with self._guard:
            self._conn.execute("DELETE FROM notes WHERE at < :before", {"before": before})

    def close(self) -> None:
        """Close the file."""
        with self._guard:
            self._conn.close()
