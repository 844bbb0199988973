"""The age of the newest backup beside the database."""

from datetime import UTC, datetime
from pathlib import Path

from competition.rights import require_read
from competition.visitor import Visitor
from db import Store

FOLDER = "backups"
"""Where ``arena.py backup`` writes, beside the database."""


def last_backup(store: Store, who: Visitor) -> datetime | None:
    """When the newest backup was written; None where there is none."""
    with store.reading() as tx:
        require_read(tx, who, "tablets")
    return newest(store)


def newest(store: Store) -> datetime | None:
    """As `last_backup`, where the right was asked for."""
    times = [written(path) for path in (store.path.parent / FOLDER).glob(f"*{store.path.suffix}")]
    return max((at for at in times if at is not None), default=None)


def written(path: Path) -> datetime | None:
    """When a file was last written; None where it is gone meanwhile."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None
