"""Which competition is served from PostgreSQL: the one that the environment names.

Its documents, keys and last head lie beside a path like any file's. The path means it, too: opening
that path gives the store in PostgreSQL.
"""

from pathlib import Path

from db.postgres.address import Address, configured
from db.store import Store, open_store


def at(path: str | Path) -> Address | None:
    """The address that a path means; None where it is a file's."""
    address = configured()
    return address if address is not None and Path(path).name == address.file_name else None


def made(path: Path) -> Store:
    """The store in PostgreSQL that a path means, or the file's."""
    address = at(path)
    if address is None:
        return Store(path)
    from db.postgres.store import ServedStore

    return ServedStore(address, path)


def open_served(path: str | Path) -> Store:
    """As `db.store.open_store`, also for the path that means a store in PostgreSQL."""
    return open_store(path, make=made)


def is_there(path: Path) -> bool:
    """Whether a competition may be opened at a path without making a new file."""
    return at(path) is not None or path.exists()
