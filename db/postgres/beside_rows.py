"""What a file has beside it and a competition in PostgreSQL has in tables of its schema."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from db.transaction import Transaction

Beside = Callable[[], AbstractContextManager[Transaction]]
"""Lends a transaction that takes no lock of an act."""


class ServedNotes:
    """The notes of a competition, by the clock of the server; see `db.notes.Notes`.

    Parameters
    ----------
    process : str
        A name that no other process of the competition has.
    """

    def __init__(self, beside: Beside, process: str) -> None:
        self._beside, self._process = beside, process

    def leave(self, topic: str, body: str) -> None:
        """Write what this process has to say of a topic, in place of what it said before."""
        with self._beside() as tx:
            tx.run(
                """INSERT INTO notes (process, topic, body) VALUES (:process, :topic, :body)
                ON CONFLICT (process, topic) DO UPDATE SET body = excluded.body, at = now()""",
                process=self._process,
                topic=topic,
                body=body,
            )

    def others(self, topic: str, *, within: float) -> list[str]:
        """What the other processes have said of a topic in so many seconds."""
        with self._beside() as tx:
            rows = tx.rows(
                """SELECT body FROM notes WHERE topic = :topic AND process <> :process
                AND at >= now() - make_interval(secs => :within) ORDER BY process""",
                topic=topic,
                process=self._process,
                within=within,
            )
        return [row["body"] for row in rows]

    def clear(self, *, older: float) -> None:
        """Remove what was said more than so many seconds ago."""
        with self._beside() as tx:
            tx.run("DELETE FROM notes WHERE at < now() - make_interval(secs => :old)", old=older)

    def close(self) -> None:
        """Nothing: its connections are the store's."""


def secret(beside: Beside, made: str) -> str:
    """The secret of a competition; the one given where there is none yet."""
    with beside() as tx:
        tx.run(
            """INSERT INTO secrets (name, body) VALUES ('cookies', :body)
            ON CONFLICT (name) DO NOTHING""",
            body=made,
        )
    with beside() as tx:
        return str(tx.value("SELECT body FROM secrets WHERE name = 'cookies'"))


def superseding(beside: Beside) -> str:
    """The newer generation that some process of the competition met; empty for none."""
    with beside() as tx:
        generation = tx.value("SELECT generation FROM superseded ORDER BY at DESC LIMIT 1")
    return "" if generation is None else str(generation)


def supersede(beside: Beside, generation: str) -> None:
    """Say to every process of the competition that a newer generation serves."""
    with beside() as tx:
        tx.run("INSERT INTO superseded (generation) VALUES (:generation)", generation=generation)
