"""Generations: begun by creating, upgrading, restoring, and where the served file is another one.

Beside the database lies a small file with the head of what was last served from it. At the start
of a server that head must lie on the chain: if it does not, another file was put in its place.
"""

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from competition import clock
from competition.acting import Act
from competition.heads import await_device
from competition.times import stamp
from competition.visitor import Visitor
from db import (
    Busy,
    DatabaseError,
    Store,
    Transaction,
    competitions,
    document_files,
    people,
    sightings,
)
from db import heads as rows
from db.events import FIRST

SUFFIX = ".head"
TOKEN_BYTES = 8
PAGE = 4096
"""The least size of the file beside a database: one page, filled up with blanks."""


@dataclass(frozen=True)
class Seen:
    """A tablet that was seen in the generation before: its device, whose, its last head."""

    device: str
    person_id: str
    head: str
    at: str


def begin_generation(
    tx: Transaction,
    owner: str,
    cause: str,
    *,
    at: datetime,
    lost: str = "",
    above: int = 0,
    seen: tuple[Seen, ...] = (),
) -> None:
    """Inside an act: begin the next generation, with one event.

    Parameters
    ----------
    cause : str
        ``upgraded``, ``restored``, ``replaced`` or ``promoted``.
    lost : str
        The head that was served before and is not on this chain.
    above : int
        A generation that another laptop has begun: the next one's number is above it.
    seen : tuple of Seen
        Tablets besides this file's own witnesses that must report before certifying.
    """
    at = clock.never_before(tx, at)
    sightings.catch_up(tx, owner, stamp(at))
    if cause != "upgraded":
        _await_all(tx, owner, seen)
    put_generation(tx, owner, cause, at=at, lost=lost, above=above)
    command = Visitor(competition_id=owner)
    Act(tx, command, "begin_generation", at).record("generation_begun", owner, reason=cause)


def put_generation(
    tx: Transaction, owner: str, cause: str, *, at: datetime, lost: str = "", above: int = 0
) -> None:
    """Inside an act: write the next generation, which begins with the act's event.

    Its number is above the file's own, above that of the head that was lost, and above ``above``.
    """
    before = rows.generation(tx, owner)
    last, former = rows.last(tx, owner), rows.parse(lost)
    highest = max(before["number"] if before else 0, former.number if former else 0, above)
    tx.put(
        "generations",
        {
            "competition_id": owner,
            "number": highest + 1,
            "token": secrets.token_hex(TOKEN_BYTES),
            "cause": cause,
            "last_n": last.n if last else 0,
            "last_hash": last.hash if last else FIRST,
            "lost": lost,
            "at": stamp(at),
        },
    )


def _await_all(tx: Transaction, owner: str, seen: tuple[Seen, ...]) -> None:
    """Wait for every tablet that this file, or the one before it, has witnessed."""
    own = [
        Seen(row["device"], row["person_id"], row["head"], row["at"])
        for row in rows.witnesses(tx, owner)
    ]
    newest = {one.device: one for one in sorted([*own, *seen], key=lambda one: one.at)}
    for one in newest.values():
        if people.find(tx, one.person_id) is not None:
            await_device(tx, owner, one.device, one.person_id, one.head, one.at)


def start_serving(store: Store, *, at: datetime) -> None:
    """At the start of a server: begin a generation where one is due, and keep the head beside.

    A file of an earlier version begins its first one; a file on which the head that was last
    served here does not lie begins the next.
    """
    document_files.sweep(store)
    served = _read(sidecar(store.path))
    with store.reading() as tx:
        due = [(row["id"], *_due(tx, row["id"], served)) for row in competitions.all_of(tx)]
    for owner, cause, lost in due:
        if cause:
            with store.writing() as tx:
                begin_generation(tx, owner, cause, at=at, lost=lost)
    store.after_commit(lambda: keep_heads(store))
    keep_heads(store)


def _due(tx: Transaction, owner: str, served: dict[str, str]) -> tuple[str, str]:
    if rows.generation(tx, owner) is None:
        return "upgraded", ""
    last = rows.parse(served.get(owner, ""))
    if last is not None and not rows.is_on_chain(tx, owner, last):
        return "replaced", str(last)
    return "", ""


def sidecar(database: Path) -> Path:
    """The file beside a database that says what was last served from it."""
    return database.with_name(f"{database.name}{SUFFIX}")


_kept: dict[Path, dict[str, str]] = {}


def keep_heads(store: Store) -> None:
    """Write the present heads beside the database; a disk that refuses is no reason to stop."""
    with suppress(OSError, Busy, DatabaseError):
        with store.reading() as tx:
            heads = {owner: str(head) for owner, head in rows.all_last(tx).items()}
        before = _kept.get(store.path)
        if before == heads:
            return
        content = json.dumps(heads).encode("ascii").ljust(PAGE)
        if before is None or len(content) > PAGE or not _overwritten(store.path, content):
            target = sidecar(store.path)
            partial = target.with_name(f"{target.name}.part")
            partial.write_bytes(content)
            partial.replace(target)
        _kept[store.path] = heads


def _overwritten(database: Path, content: bytes) -> bool:
    """Write one page over the file's, which a killed process does wholly or not at all.

    A new file under the old name, at each commit, is ten times as dear. False if it is gone.
    """
    try:
        with open(f"{database}{SUFFIX}", "r+b", buffering=0) as file:  # noqa: PTH123 - one call
            file.write(content)
    except FileNotFoundError:
        return False
    return True


def _read(path: Path) -> dict[str, str]:
    try:
        content: Any = json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
