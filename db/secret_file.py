"""The secret beside a database file that signs cookies; for the file's owner alone."""

import os
import secrets
from pathlib import Path

SUFFIX = ".secret"
BYTES = 32


def path_of(database: Path) -> Path:
    """``arena.db.secret`` beside ``arena.db``."""
    return database.with_name(f"{database.name}{SUFFIX}")


def made() -> str:
    """A new secret."""
    return secrets.token_hex(BYTES)


def read(database: Path) -> str:
    """The secret of a database; made where there is none yet."""
    file = path_of(database)
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as fresh:
        secret = made()
        fresh.write(secret)
    return secret
