"""The lock of a served file: one server on it, and nothing put in its place meanwhile.

The lock is the operating system's, on a file beside the database: it ends with the process that
holds it, also after a kill.
"""

import sys
from pathlib import Path
from typing import IO

from db.errors import InUse, NotWritable

SUFFIX = ".lock"


def hold(database: Path) -> IO[bytes]:
    """Hold the lock until the returned file is closed or the process ends.

    Raises
    ------
    InUse
        If another process holds it.
    """
    path = database.with_name(f"{database.name}{SUFFIX}")
    try:
        handle = path.open("ab")
    except OSError as error:
        raise NotWritable(path=path.name) from error
    try:
        _lock(handle)
    except OSError as error:
        handle.close()
        raise InUse(path=database.name) from error
    return handle


def is_held(database: Path) -> bool:
    """Whether a process holds the lock; makes no file."""
    if not database.with_name(f"{database.name}{SUFFIX}").exists():
        return False
    try:
        hold(database).close()
    except InUse:
        return True
    return False


def require_free(database: Path) -> None:
    """Refuse while a server holds the file; raises as `hold`."""
    if database.parent.is_dir():
        hold(database).close()


if sys.platform != "win32":
    import fcntl

    def _lock(handle: IO[bytes]) -> None:
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

else:
    import msvcrt

    def _lock(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
