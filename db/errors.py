"""What can go wrong with the store.

DatabaseError
├── Busy               another writer held the database longer than the wait allows (503)
├── Doomed             an inner step of this transaction failed, so nothing of it is kept
├── UnrecordedChange   rows were written without an event that records them
├── NotOurs            another program wrote the file, or its first bytes are damaged
├── NewerFile          a newer version of this program wrote the file
├── EmptyFile          the file holds no event
├── DamagedFile        SQLite cannot read the file
├── NotWritable        the file, its folder or the disk is read-only or fails
└── DiskFull           the disk has no room left
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
    """Another program wrote the file, or its first bytes are damaged."""

    code = "database_not_ours"


class NewerFile(DatabaseError):
    """The file has migrations that this version does not know."""

    code = "database_newer"


class EmptyFile(DatabaseError):
    """The file holds nothing, so there is nothing to read."""

    code = "database_empty"


class DamagedFile(DatabaseError):
    """SQLite cannot read the file: bytes were changed or cut off."""

    code = "database_damaged"


class NotWritable(DatabaseError):
    """The file, its folder or the disk cannot be written."""

    code = "database_not_writable"


class DiskFull(DatabaseError):
    """The disk has no room left; nothing was written."""

    code = "database_disk_full"
