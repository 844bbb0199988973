"""Which competitions are served from PostgreSQL: those of the database that the environment names.

Its documents, keys and last head lie beside a path like any file's. The path means it, too: opening
that path gives the store in PostgreSQL.
"""

from dataclasses import replace
from pathlib import Path

from db import secret_file
from db.file_lock import FileLocks
from db.locks import Locks
from db.opened import open_store
from db.postgres.address import NAME, SUFFIX, Address, configured
from db.store import READERS, Store


def at(path: str | Path) -> Address | None:
    """The address that a path means; None where it is a file's."""
    address, name = configured(), Path(path).name
    schema = name.removesuffix(SUFFIX)
    if address is None or schema == name or not NAME.fullmatch(schema):
        return None
    return replace(address, schema=schema)


def made(path: Path, *, readers: int = READERS) -> Store:
    """The store in PostgreSQL that a path means, or the file's."""
    address = at(path)
    if address is None:
        return Store(path, readers=readers)
    from db.postgres.store import ServedStore

    return ServedStore(address, path, readers=readers)


def open_served(path: str | Path) -> Store:
    """As `db.store.open_store`, also for the path that means a store in PostgreSQL."""
    return open_store(path, make=made)


def locks(path: Path) -> Locks:
    """The locks of the competition that a path means, which is not opened for them."""
    address = at(path)
    if address is None:
        return FileLocks(path)
    from db.postgres.locks import ServedLocks

    return ServedLocks(address)


def secret(path: Path) -> str:
    """What signs the cookies of the competition that a path means; made once."""
    return secret_file.read(path) if at(path) is None else open_served(path).secret()


def is_there(path: Path) -> bool:
    """Whether a competition may be opened at a path without making a new file."""
    return at(path) is not None or path.exists()
