"""What can go wrong with the store.

DatabaseError
├── Busy               another writer held the database longer than the wait allows (503)
├── Doomed             an inner step of this transaction failed, so nothing of it is kept
├── UnrecordedChange   rows were written without an event that records them
└── NotOurs            the file is no Arena database, or a newer one
"""

from typing import Any


class DatabaseError(Exception):
    """Base of everything the store refuses.

    Attributes
    ----------
    code : str
        Key of the message in ``words`` (``error.<code>``).
    values : dict
        What the message names.
    """

    code = "database"

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(f"{self.code} {values}" if values else self.code)


class Busy(DatabaseError):
    """Another writer held the database longer than the wait allows."""

    code = "database_busy"


class Doomed(DatabaseError):
    """An inner step failed and was swallowed; the outer transaction must not commit."""

    code = "database_doomed"


class UnrecordedChange(DatabaseError):
    """Rows were written and no event records them; the transaction is rolled back."""

    code = "database_unrecorded"


class NotOurs(DatabaseError):
    """The file is not an Arena database, or was written by a newer version."""

    code = "database_not_ours"
