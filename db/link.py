"""What a store asks of a connection, whichever its database: the one seam between the two."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, Protocol


class Link(Protocol):
    """A connection that lends transactions; `db.connection.File` or `db.postgres.link.Link`."""

    @property
    def conn(self) -> Any:
        """The connection beneath."""

    @property
    def holds_contents(self) -> bool:
        """Whether the contents of documents are rows of it, in ``contents``."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is begun."""

    @property
    def is_spoilt(self) -> bool:
        """Whether a statement failed after which nothing of the transaction can be kept."""

    def execute(self, sql: str, values: dict[str, Any] | None = None) -> Any:
        """Execute one statement; return its cursor."""

    def is_as_left(self) -> bool:
        """Whether no other connection has committed since this one was asked before; for a file.

        To be asked inside a transaction that has begun to write.
        """

    def begin_writing(self, *, waits: bool) -> None:
        """Begin to write, with the lock that keeps other writers out.

        Raises
        ------
        Busy
            If another writer held it for more than two seconds, or at all where it may not wait.
        """

    def begin_reading(self) -> None:
        """Begin to read: all of it is one moment."""

    def commit(self) -> None:
        """Make what was written last."""

    def roll_back(self) -> None:
        """Undo what was written, where nothing has undone it yet."""

    def copy_into(self, target: sqlite3.Connection) -> None:
        """Copy the whole competition, as this transaction sees it, into an empty file."""

    def defer_references(self) -> None:
        """Inside a transaction: check references at its commit only."""

    def insert_many(self, sql: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Execute an insertion for each row."""

    def damage(self) -> list[str]:
        """What the database itself finds damaged."""

    def has_checksums(self) -> bool:
        """Whether a page that its disk altered is known by itself."""

    def loose_references(self) -> list[str]:
        """Rows that refer to nothing."""

    def altered(self) -> list[str]:
        """What of the schema is not as it was made."""

    def close(self) -> None:
        """End it."""
