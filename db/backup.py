"""Backups: copied by the backup API, verified, then renamed."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from db.connection import name_safely
from db.document_files import copy as copy_documents
from db.document_files import folder_of
from db.invariants import verify
from db.replay import Finding
from db.store import Store, Transaction

Read = TypeVar("Read")


def copied_bytes(store: Store, read: Callable[[Transaction], Read]) -> tuple[bytes, Read]:
    """A copy of a live database as bytes, and what is read of it at the same moment."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "copy.db"
        with closing(sqlite3.connect(path)) as copy, store.reading() as tx:
            seen = read(tx)
            tx.db.copy_into(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        return path.read_bytes(), seen


def backup(
    store: Store,
    target: Path,
    *,
    beside: Path | None = None,
    check: Callable[[Store], list[Finding]] = verify,
) -> list[Finding]:
    """Copy a live database, with its plan documents beside it, to ``target``; verify the copy.

    The copy is written under a temporary name and renamed only when it verified clean and its
    bytes are on the disk.

    Parameters
    ----------
    beside : Path
        The file beside which the documents lie, where the store reads a copy of it.
    check : callable
        What verifies the copy.

    Returns
    -------
    list of Finding
        The findings of the verification; then nothing was renamed.

    Raises
    ------
    FileExistsError
        If ``target`` is there already.
    """
    for path in (target, folder_of(target)):
        if path.exists():
            raise FileExistsError(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".part")
    _discard(partial)
    partial.touch(mode=0o600)
    try:
        _copy(store, partial, beside or store.path)
        findings = _verified(partial, check)
        if not findings:
            if folder_of(partial).exists():
                folder_of(partial).rename(folder_of(target))
            name_safely(partial, target)
        return findings
    finally:
        _discard(partial)


def _copy(store: Store, partial: Path, beside: Path) -> None:
    copy = sqlite3.connect(partial)
    try:
        with store.reading() as tx:
            tx.value("SELECT count(*) FROM events")
            tx.db.copy_into(copy)
            copy_documents(tx, beside, partial)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()


def _verified(partial: Path, check: Callable[[Store], list[Finding]]) -> list[Finding]:
    copy = Store(partial, read_only=True)
    try:
        return check(copy)
    finally:
        copy.close()


def _discard(partial: Path) -> None:
    for name in (partial.name, f"{partial.name}-wal", f"{partial.name}-shm"):
        partial.with_name(name).unlink(missing_ok=True)
    shutil.rmtree(folder_of(partial), ignore_errors=True)
