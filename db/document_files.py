"""The contents of plan documents, named by their hash: files in a folder beside the database.

A file's name at upload is a column and never part of a path.  In PostgreSQL contents are rows, as
its machines have no folder in common; there the folder holds what this machine was asked for.
"""

import hashlib
import os
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


def keep(tx: Transaction, store: Store, content: bytes) -> str:
    """Inside an act: keep a content, wholly or not at all; return its hash."""
    name = hashlib.sha256(content).hexdigest()
    if tx.db.holds_contents:
        tx.run(
            """INSERT INTO contents (sha256, bytes) VALUES (:name, :content)
            ON CONFLICT (sha256) DO NOTHING""",
            name=name,
            content=content,
        )
    else:
        _write(path_of(store.path, name), name, content)
    return name


def there(tx: Transaction, store: Store, sha256: str) -> Path | None:
    """The file of a content on this machine, brought from PostgreSQL where it is kept there."""
    path = path_of(store.path, sha256)
    if not tx.db.holds_contents:
        return path if path.is_file() else None
    content = content_of(tx, store.path, sha256)
    if content is None:
        path.unlink(missing_ok=True)
        return None
    _write(path, sha256, content)
    return path


def content_of(tx: Transaction, database: Path, sha256: str) -> bytes | None:
    """A content as it is kept; None where it is missing."""
    if tx.db.holds_contents:
        sql = "SELECT bytes FROM contents WHERE sha256 = :name"
        kept = tx.db.execute(sql, {"name": sha256}).fetchall()
        return bytes(kept[0][0]) if kept else None
    path = path_of(database, sha256)
    return path.read_bytes() if path.is_file() else None


def _write(target: Path, name: str, content: bytes) -> None:
    """Write a content to the disk for its owner alone, wholly or not at all."""
    target.parent.mkdir(mode=0o700, exist_ok=True)
    if target.exists() and _hash(target) == name:
        return
    with NamedTemporaryFile(dir=target.parent, prefix=".part-", delete=False) as part:
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(target)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def drop(tx: Transaction, store: Store, document: Row) -> None:
    """Inside an act: remove a document, and its file once that is certain."""
    tx.remove("documents", id=document["id"])
    forget_unused(tx, store, document["sha256"])


def forget_unused(tx: Transaction, store: Store, sha256: str) -> None:
    """Inside an act: remove a content once that is certain, if no row needs it any more."""
    if not documents.is_kept(tx, sha256) and sha256 not in _beside_documents(tx):
        if tx.db.holds_contents:
            tx.run("DELETE FROM contents WHERE sha256 = :name", name=sha256)
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
    """Copy the contents that a database's documents have beside a file."""
    for name in sorted(kept(tx)):
        content = content_of(tx, source, name)
        if content is not None:
            _write(path_of(target, name), name, content)


def carry(rows: Transaction, source: Store, tx: Transaction, target: Store) -> None:
    """Copy the contents that a store's documents have into another store."""
    for name in sorted(kept(rows)):
        content = content_of(rows, source.path, name)
        if content is not None:
            keep(tx, target, content)


def sweep(store: Store) -> None:
    """Remove from this machine's folder what another machine has removed from PostgreSQL."""
    with store.reading() as tx:
        if not tx.db.holds_contents or not folder_of(store.path).is_dir():
            return
        names = {row["sha256"] for row in tx.rows("SELECT sha256 FROM contents")}
    for path in folder_of(store.path).iterdir():
        if path.name not in names:
            path.unlink(missing_ok=True)


def damaged(tx: Transaction, database: Path) -> Iterator[Finding]:
    """Documents whose file is missing or is not what was uploaded, by entrant and name."""
    kept = tx.rows(
        """SELECT d.sha256, d.name, n.code, n.village FROM documents d
        JOIN entrants n ON n.id = d.entrant_id ORDER BY n.code, d.name"""
    )
    named = [(row["sha256"], f"{row['code']} {row['village']} {row['name']}") for row in kept]
    named += sorted(_beside_documents(tx).items())
    state = _states(tx, database, {sha256 for sha256, _ in named})
    for sha256, name in named:
        now = state.get(sha256)
        if now != sha256:
            check = "document_unchanged" if now else "document_there"
            yield Finding(check, f"{name} {sha256}")


def _states(tx: Transaction, database: Path, names: set[str]) -> dict[str, str]:
    """The hash that each content now has, where there is one."""
    if tx.db.holds_contents:
        hashes = tx.rows("SELECT sha256, encode(sha256(bytes), 'hex') AS now FROM contents")
        return {row["sha256"]: row["now"] for row in hashes}
    paths = {name: path_of(database, name) for name in names}
    return {name: _hash(path) for name, path in paths.items() if path.is_file()}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
