"""A database's files as a person takes them along: the file, and the documents beside it."""

import shutil
from pathlib import Path

import db
from db.backup import copied_bytes
from db.document_files import folder_of
from db.postgres.store import ServedStore


def copied(source: Path, target: Path) -> Path:
    """Copy a closed database under another name; return that."""
    shutil.copy(source, target)
    if folder_of(source).exists():
        shutil.copytree(folder_of(source), folder_of(target))
    return target


def whole(store: db.Store) -> bytes:
    """Every byte that a copy of the competition has."""
    return copied_bytes(store, lambda _: None)[0]


def reopened(store: db.Store) -> db.Store:
    """The competition as another process opens it."""
    if isinstance(store, ServedStore):
        return ServedStore(store.address, store.path)
    return db.Store(store.path)
