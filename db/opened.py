"""The stores that this process has opened, one for each file."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

from db.store import Store

_stores: dict[Path, Store] = {}
_known_as: dict[str, Store] = {}
"""The same by the whole path that was asked for: a request pays no look at the disk for it."""
_stores_lock = threading.Lock()


def open_store(path: str | Path, make: Callable[[Path], Store] = Store) -> Store:
    """The store of a file, one for each resolved path in this process."""
    known = _known_as.get(str(path))  # asked for by its whole path: no lock, no look at the disk
    if known is not None:
        return known
    asked = os.path.abspath(path)  # noqa: PTH100 - Path.absolute keeps "..", and costs more
    with _stores_lock:
        if asked not in _known_as:
            resolved = Path(asked).resolve()
            if resolved not in _stores:
                _stores[resolved] = make(resolved)
            _known_as[asked] = _stores[resolved]
        return _known_as[asked]


def close_all() -> None:
    """Close every store this process has opened."""
    with _stores_lock:
        for store in _stores.values():
            store.close()
        _stores.clear()
        _known_as.clear()
