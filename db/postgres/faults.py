"""What PostgreSQL's codes mean to the store: the same errors that a file gives."""

import sqlite3

import psycopg

from db.errors import (
    Busy,
    DamagedFile,
    DatabaseError,
    DiskFull,
    Moved,
    NewerFile,
    NotWritable,
    Unreachable,
)

FAULTS: dict[str, type[DatabaseError]] = {
    "25006": NotWritable,  # a read-only server
    "25P03": Busy,  # idle in a transaction for too long
    "40001": Busy,
    "40P01": Busy,
    "42501": NotWritable,  # the role may not
    "42P01": NewerFile,
    "AR001": Moved,  # said by the log's trigger; see db.postgres.beside
    "53100": DiskFull,
    "53200": Busy,
    "53300": Busy,  # too many connections
    "55P03": Busy,  # the lock was not free in time
    "57014": Busy,
    "57P01": Unreachable,
    "57P02": Unreachable,
    "57P03": Unreachable,
    "XX001": DamagedFile,
    "XX002": DamagedFile,
}
"""By SQLSTATE; a connection that broke has none."""

BROKEN_RULES = ("22", "23", "P0")
"""Classes of a value or a row that the schema refuses, its triggers' refusals among them."""


def in_our_words(error: psycopg.Error, place: str) -> Exception:
    """The error of a store for one of PostgreSQL; without the address, which may hold a password.

    What no type of ours says comes as the error that a file's connection would raise.
    """
    state = error.sqlstate or ""
    message = error.diag.message_primary or type(error).__name__
    if state in FAULTS:
        return FAULTS[state](path=place)
    if state.startswith(BROKEN_RULES) or isinstance(error, psycopg.DataError):
        return sqlite3.IntegrityError(message)
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) or state[:2] == "08":
        return Unreachable(path=place)
    return sqlite3.OperationalError(f"{state} {message}")
