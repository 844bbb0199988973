"""The refusals of the store.

DatabaseError
├── Busy               another writer held the database longer than the wait allows (503)
├── Doomed             an inner step of this transaction failed, so nothing of it is kept
├── UnrecordedChange   rows were written without an event that records them
├── NotOurs            another program wrote the file, or its first bytes are damaged
├── NewerFile          a newer version of this program wrote the file
├── EmptyFile          the file holds no event
├── DamagedFile        SQLite cannot read the file
├── NotWritable        the file, its folder or the disk is read-only or fails
├── DiskFull           the disk has no room left (507)
├── Unreachable        the database server does not answer, or the connection to it broke
├── NotPrepared        the schema is missing or older, and this login may not make it
├── TooPowerful        the login owns the tables, so it could rewrite the log
├── BadAddress         the address of a database names none
├── Moved              the competition was moved to another store: this one is only read
├── NotEmpty           the store to which a competition is moved holds something
├── NotEqual           a moved copy differs from its source
├── StillMarked        a round is open: a competition is not moved while it is marked
├── BadList            the list of an installation is missing, damaged or there already
├── BadMember          a name that no further competition of an installation can have
├── SameTwice          an installation has the same competition under another name
├── Superseded         another laptop serves a newer generation: this file is only read
└── InUse              a server holds the file
"""

import re
from typing import Any


class DatabaseError(Exception):
    """Base of everything the store refuses.

    Attributes
    ----------
    code : str
        ``database_`` and the type's name in snake_case without ``File`` or ``Change``; the
        message is ``error.<code>`` in ``words``.
    values : dict
        What the message names.
    status : int
        What a route answers.
    """

    code = "database"
    status = 503

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "code" not in vars(cls):
            cls.code = (
                "database"
                + re.sub(r"(?=[A-Z])", "_", re.sub("(File|Change)$", "", cls.__name__)).lower()
            )

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(f"{self.code} {values}" if values else self.code)


class Busy(DatabaseError):
    """Another writer held the database longer than the wait allows."""


class Doomed(DatabaseError):
    """An inner step failed and was swallowed; the outer transaction must not commit."""


class UnrecordedChange(DatabaseError):
    """Rows were written and no event records them; the transaction is rolled back."""


class NotOurs(DatabaseError):
    """Another program wrote the file, or its first bytes are damaged."""


class NewerFile(DatabaseError):
    """The file has migrations that this version does not know."""


class EmptyFile(DatabaseError):
    """The file holds nothing, so there is nothing to read."""


class DamagedFile(DatabaseError):
    """SQLite cannot read the file: bytes were changed or cut off."""


class NotWritable(DatabaseError):
    """The file, its folder or the disk cannot be written."""


class DiskFull(DatabaseError):
    """The disk has no room left; nothing was written."""

    status = 507


class Unreachable(DatabaseError):
    """The database server does not answer; what was not acknowledged may be sent again."""


class NotPrepared(DatabaseError):
    """The schema is missing or older, and this login may not make it."""


class TooPowerful(DatabaseError):
    """The login owns the tables: it could disable what keeps the log from being changed."""


class BadAddress(DatabaseError):
    """The address of a database names none; it may hold a password, so it is not repeated."""


class Moved(DatabaseError):
    """The competition was moved to another store; nothing is written here any more."""


class NotEmpty(DatabaseError):
    """The store to which a competition is moved holds something."""


class NotEqual(DatabaseError):
    """A moved copy differs from its source; nothing of it is kept."""


class StillMarked(DatabaseError):
    """A round is open: a competition is not moved while it is marked."""


class Superseded(DatabaseError):
    """Another laptop serves a newer generation; nothing is written here any more."""


class InUse(DatabaseError):
    """A server holds the file."""


class BadList(DatabaseError):
    """The list of an installation is missing, damaged, or there already."""


class BadMember(DatabaseError):
    """A name that no further competition of an installation can have."""


class SameTwice(DatabaseError):
    """An installation has the same competition under another name: sign-ins would open both."""
