"""The contents of plan documents: files in a folder beside the database, named by their hash.

A file's name at upload is a column and never part of a path.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from db import corrections, documents, filings, programmes
from db.replay import Finding
from db.store import Row, Store, Transaction

SUFFIX = ".documents"


def folder_of(database: Path) -> Path:
    """The folder of a database: ``arena.db.documents`` beside ``arena.db``."""
    return database.with_name(database.name + SUFFIX)


def path_of(database: Path, sha256: str) -> Path:
    """Where the content with a hash is kept."""
    return folder_of(database) / sha256


def keep(store: Store, content: bytes) -> str:
    """Write a content to the disk for its owner alone, wholly or not at all; return its hash."""
    name = hashlib.sha256(content).hexdigest()
    target = path_of(store.path, name)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    if target.exists() and _hash(target) == name:
        return name
    with NamedTemporaryFile(dir=target.parent, prefix=".part-", delete=False) as part:
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(target)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    return name


def drop(tx: Transaction, store: Store, document: Row) -> None:
    """Inside an act: remove a document, and its file once that is certain."""
    tx.remove("documents", id=document["id"])
    forget_unused(tx, store, document["sha256"])


def forget_unused(tx: Transaction, store: Store, sha256: str) -> None:
    """Inside an act: remove a content once that is certain, if no row needs it any more."""
    if not documents.is_kept(tx, sha256) and sha256 not in _beside_documents(tx):
        tx.afterwards.append(lambda: _forget(store, sha256))


def _beside_documents(tx: Transaction) -> dict[str, str]:
    """Contents that filings, the programme and signed forms need, each with a name of it."""
    kept = filings.contents_kept(tx) | programmes.contents_kept(tx)
    return kept | corrections.contents_kept(tx)


def drop_all(tx: Transaction, store: Store, entrant_id: str) -> None:
    """Inside an act: an entrant that is removed leaves no document and no shelf mark."""
    for document in documents.of_entrant(tx, entrant_id):
        drop(tx, store, document)
    tx.remove("shelf_marks", entrant_id=entrant_id)


def _forget(store: Store, sha256: str) -> None:
    """Remove a content that no document has any more; one being read stays where it must."""
    with suppress(OSError):
        path_of(store.path, sha256).unlink(missing_ok=True)


def kept(tx: Transaction) -> set[str]:
    """The hashes of all contents that a database names."""
    stored = {row["sha256"] for row in tx.rows("SELECT DISTINCT sha256 FROM documents")}
    return stored | _beside_documents(tx).keys()


def copy(tx: Transaction, source: Path, target: Path) -> None:
    """Copy the contents that a database's documents have beside another database."""
    hashes = sorted(kept(tx))
    if hashes:
        folder_of(target).mkdir(mode=0o700, exist_ok=True)
    for name in hashes:
        if path_of(source, name).exists():
            shutil.copyfile(path_of(source, name), path_of(target, name))


def damaged(tx: Transaction, database: Path) -> Iterator[Finding]:
    """Documents whose file is missing or is not what was uploaded, by entrant and name."""
    kept = tx.rows(
        """SELECT d.sha256, d.name, n.code, n.village FROM documents d
        JOIN entrants n ON n.id = d.entrant_id ORDER BY n.code, d.name"""
    )
    named = [(row["sha256"], f"{row['code']} {row['village']} {row['name']}") for row in kept]
    named += sorted(_beside_documents(tx).items())
    state = {name: _state(path_of(database, name)) for name in {sha256 for sha256, _ in named}}
    for sha256, name in named:
        if state[sha256] != sha256:
            check = "document_unchanged" if state[sha256] else "document_there"
            yield Finding(check, f"{name} {sha256}")


def _state(path: Path) -> str:
    """The hash a file now has; empty where there is none."""
    return _hash(path) if path.is_file() else ""


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
