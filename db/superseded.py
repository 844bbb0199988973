"""A file that a newer generation has superseded: it is only read from then on.

The generation stands in a small file beside the database, since the database itself takes no write.
"""

from contextlib import suppress
from pathlib import Path

SUFFIX = ".superseded"
MOVED = "0-moved"
"""Instead of a generation: the competition was moved to another store."""


def path_of(database: Path) -> Path:
    """``arena.db.superseded`` beside ``arena.db``."""
    return database.with_name(f"{database.name}{SUFFIX}")


def read(database: Path) -> str:
    """The generation that superseded a database; empty for none."""
    try:
        return path_of(database).read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def keep(database: Path, generation: str) -> None:
    """Write the generation down; a disk that refuses is no reason to go on writing marks."""
    target = path_of(database)
    partial = target.with_name(f"{target.name}.part")
    with suppress(OSError):
        partial.write_text(generation, "ascii")
        partial.replace(target)
