"""The second laptop's folder: the last twenty verified copies, and what belongs to them.

A copy is written under another name and renamed only once its bytes are on the disk and every check
of `verify`, and the second verifier for each certified round, found nothing.
"""

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from competition.results import second_verifier
from competition.results.rechecking import recomputing
from competition.results.record import record_of
from db import Store, Transaction, competitions, document_files, heads, rounds, votes
from db.connection import name_safely
from db.errors import DatabaseError
from db.invariants import answered, verify
from db.looking import looking
from db.replay import Finding

KEPT = 20
FOLDER, FOLLOWED, SERVED = "copies", "followed.db", "arena.db"
SECRET_MODE = 0o600


Check = Callable[[Path, Path], list[Finding]]


class CopyRefused(Exception):
    """A copy that is not kept; ``code`` says why, ``findings`` what was found."""

    def __init__(self, code: str, findings: list[Finding] | None = None) -> None:
        self.code, self.findings = code, findings or []
        super().__init__(code)


@dataclass(frozen=True)
class Verified:
    """A copy that verified clean: its file, the head of its record, how many ballots it has."""

    path: Path
    head: heads.Head
    ballots: int


def beside(folder: Path) -> Path:
    """The name beside which the documents of all copies lie."""
    return folder / FOLLOWED


def served(folder: Path) -> Path:
    """Where the database is once this laptop serves."""
    return folder / SERVED


def documents_of(copy: Path) -> Path:
    """The file beside which a copy's documents lie: those of all copies of a folder are one."""
    shared = copy.parent.parent / FOLLOWED
    own = document_files.folder_of(copy)
    return shared if document_files.folder_of(shared).is_dir() and not own.exists() else copy


def copies(folder: Path) -> list[Path]:
    """The verified copies, oldest first."""
    return sorted((folder / FOLDER).glob("*.db"))


def newest(folder: Path, owner: str) -> Verified | None:
    """The newest verified copy that can still be read; None before there is one."""
    for path in reversed(copies(folder)):
        try:
            with looking(path) as looked, looked.store.reading() as tx:
                head, ballots = heads.last(tx, owner), votes.kept(tx)
        except (DatabaseError, OSError):
            continue
        if head is not None:
            return Verified(path, head, ballots)
    return None


def unpack(packed: bytes, sha256: str) -> bytes:
    """The database in a copy that came; `CopyRefused` where its bytes are not those announced."""
    try:
        content = gzip.decompress(packed)
    except (OSError, EOFError, zlib.error) as error:
        raise CopyRefused("cut_short") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise CopyRefused("altered")
    return content


def take(
    folder: Path,
    content: bytes,
    owner: str,
    announced: str,
    before: heads.Head | None,
    *,
    check: Check | None = None,
) -> Verified:
    """Verify a copy and give it its name; the oldest beyond twenty go.

    Parameters
    ----------
    announced : str
        The head that the first laptop says the copy has.
    before : Head or None
        That of the copy before: it must lie on the chain, unless a higher generation began.
    check : callable, optional
        What verifies a file, given the name beside which its documents lie; `check_file` by
        default.

    Raises
    ------
    CopyRefused
        Then the copies before are as they were.
    """
    (folder / FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    partial_file = folder / FOLDER / "coming.part"
    write_private(partial_file, content)
    try:
        head, ballots = _followed(partial_file, owner, announced, before)
        findings = (check or check_file)(partial_file, beside(folder))
        if findings:
            raise CopyRefused("findings", findings)
        last = copies(folder)
        number = int(last[-1].name.partition("-")[0]) + 1 if last else 1
        target = folder / FOLDER / f"{number:07d}-{head.number}.{head.n}.db"
        name_safely(partial_file, target)
    finally:
        partial_file.unlink(missing_ok=True)
    for old in copies(folder)[:-KEPT]:
        old.unlink(missing_ok=True)
    return Verified(target, head, ballots)


def _followed(
    path: Path, owner: str, announced: str, before: heads.Head | None
) -> tuple[heads.Head, int]:
    try:
        with looking(path) as looked, looked.store.reading() as tx:
            return _follows(tx, owner, announced, before), votes.kept(tx)
    except DatabaseError as error:
        raise CopyRefused("damaged") from error


def check_file(path: Path, named: Path) -> list[Finding]:
    """As `check`, for a file; one that cannot be read is a finding."""
    try:
        with looking(path) as looked:
            return check(looked.store, named)
    except DatabaseError as error:
        return [Finding("file_readable", error.code)]


def _follows(tx: Transaction, owner: str, announced: str, before: heads.Head | None) -> heads.Head:
    head = heads.last(tx, owner)
    if head is None or str(head) != announced:
        raise CopyRefused("other_head")
    if before is None or head.number > before.number:
        return head
    if head.number < before.number:
        raise CopyRefused("older_generation")
    if not heads.is_on_chain(tx, owner, before):
        raise CopyRefused("forked")
    return head


def check(store: Store, named: Path) -> list[Finding]:
    """Everything `verify` finds, and the second verifier on each certified round's record.

    Parameters
    ----------
    named : Path
        The file beside which the documents lie.
    """
    findings = verify(store, beside=named, visit=recomputing(store))
    with store.reading() as tx:
        for owner in competitions.all_of(tx):
            for row in rounds.of_competition(tx, owner["id"]):
                if row["state"] == "certified":
                    ask = partial(_second, tx, owner["id"], row["id"])
                    findings += answered("second_verifier", ask)
    return findings


def _second(tx: Transaction, owner: str, round_id: str) -> Iterator[str]:
    record = json.loads(record_of(tx, owner, round_id))
    for name, faults in second_verifier.check(record):
        yield from (f"{name}: {fault}" for fault in faults)


def wanted_documents(folder: Path, content: bytes) -> list[str]:
    """The hashes of documents that a copy names and this folder has not yet."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    trial = folder / "looked-at.part"
    write_private(trial, content)
    try:
        with looking(trial) as looked, looked.store.reading() as tx:
            kept = sorted(document_files.kept(tx))
    except DatabaseError as error:
        raise CopyRefused("damaged") from error
    finally:
        trial.unlink(missing_ok=True)
    named = beside(folder)
    return [name for name in kept if not document_files.path_of(named, name).is_file()]


def keep_document(folder: Path, sha256: str, content: bytes) -> None:
    """Keep a document's file; `CopyRefused` where its bytes are others."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise CopyRefused("altered")
    target = document_files.path_of(beside(folder), sha256)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    partial_file = target.with_name(f".part-{sha256}")
    write_private(partial_file, content)
    name_safely(partial_file, target)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, SECRET_MODE)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
