"""A backup put in the place of the present file, which is kept, with all that belongs to it.

A backup copied by hand beside the journal of the former file destroys the database: the journal
is written back into it.  So the former file moves aside first, journal and all.
"""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from db.connection import name_safely
from db.document_files import folder_of
from db.file_lock import require_free
from db.looking import Looked

BESIDE = ("", "-wal", "-shm", ".head", ".superseded", ".documents")
"""What belongs to one database file, by what its names end in."""


@dataclass(frozen=True)
class Restored:
    """Where the former file was moved; None where there was none."""

    kept: Path | None


def put_in_place(backup: Looked, target: Path, *, stamp: str) -> Restored:
    """Copy a backup to ``target``; what was there moves to a folder beside it.

    Parameters
    ----------
    stamp : str
        What distinguishes this folder from others, such as a time.

    Raises
    ------
    InUse
        If a server holds the file; then nothing was moved.
    """
    require_free(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.restoring")
    _discard(partial)
    try:
        _copy(backup, partial)
        kept = _move_aside(target, stamp)
        if folder_of(partial).exists():
            folder_of(partial).rename(folder_of(target))
        name_safely(partial, target)
    finally:
        _discard(partial)
    return Restored(kept)


def _copy(backup: Looked, partial: Path) -> None:
    partial.touch(mode=0o600)
    with closing(sqlite3.connect(partial)) as copy, backup.store.reading() as tx:
        tx.db.copy_into(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    if folder_of(backup.path).exists():
        shutil.copytree(folder_of(backup.path), folder_of(partial))


def _move_aside(target: Path, stamp: str) -> Path | None:
    present = [target.with_name(f"{target.name}{end}") for end in BESIDE]
    present = [path for path in present if path.exists()]
    if not present:
        return None
    folder = target.with_name(f"{target.name}.replaced-{stamp}")
    folder.mkdir(mode=0o700)
    for path in present:
        path.rename(folder / path.name)
    return folder


def _discard(partial: Path) -> None:
    for end in BESIDE:
        path = partial.with_name(f"{partial.name}{end}")
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
