"""What the first laptop lends: a copy at one moment, the secrets beside it, documents by hash."""

import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from competition.errors import Missing
from competition.standby import lag
from competition.standby.codes import require_paired
from competition.standby.fencing import proof_of
from db import Store, competitions, document_files, heads, votes
from db import standbys as rows
from db.backup import copied_bytes
from db.canonical import sha256_bytes

QUICK = 1
"""Compression that takes less time than it saves on any wire."""
TLS = ("authority.crt", "server.crt", "server.key", "made.json")


@dataclass(frozen=True)
class Copy:
    """A copy of the whole file at one moment.

    Attributes
    ----------
    packed : bytes
        The database, compressed.
    sha256 : str
        Of the database itself.
    """

    packed: bytes
    sha256: str
    head: str
    revision: str


class State(TypedDict):
    """What the second laptop hears at each beat."""

    event: str
    title: str
    head: str
    revision: str
    ballots: int
    generation: str
    superseded: str


def state(
    store: Store, secret: str, *, verified: str, ballots: int, problem: str, now: float
) -> State:
    """Where the first laptop is; notes how far the second one has come, by head and ballots.

    Raises
    ------
    StandbyUnknown, StandbyNotAlone
    """
    with store.reading() as tx:
        row = require_paired(tx, secret)
        owner = row["competition_id"]
        told: State = {
            "event": owner,
            "title": str(competitions.get(tx, owner)["title"]),
            "head": str(heads.last(tx, owner)),
            "revision": rows.revision(tx),
            "ballots": votes.kept(tx),
            "generation": proof_of(tx, owner),
            "superseded": store.superseded,
        }
    lag.note_beat(store, row["id"], verified, ballots, problem, now=now)
    return told


def lend_copy(store: Store, secret: str, *, now: float) -> Copy:
    """A copy of the file as it is; raises as `state`.

    Parameters
    ----------
    now : float
        Seconds of this machine's steady clock, before the copy is taken.
    """
    with store.reading() as tx:
        row = require_paired(tx, secret)
    content, (head, revision, ballots) = copied_bytes(
        store,
        lambda tx: (
            str(heads.last(tx, row["competition_id"])),
            rows.revision(tx),
            votes.kept(tx),
        ),
    )
    lag.note_lent(store, row["id"], head, ballots, now=now)
    packed = gzip.compress(content, QUICK, mtime=0)
    return Copy(packed, sha256_bytes(content), head, revision)


def belongings(store: Store, secret: str) -> dict[str, Any]:
    """The secret that signs cookies, and the certificate with its key; raises as `state`."""
    with store.reading() as tx:
        require_paired(tx, secret)
    folder = store.path.with_name(f"{store.path.name}.tls")
    files = {name: folder / name for name in TLS}
    return {
        "secret": store.secret(),
        "tls": {name: _text(path) for name, path in files.items() if path.is_file()},
    }


def document(store: Store, secret: str, sha256: str) -> Path:
    """The file of a plan document that the database has.

    Raises
    ------
    Missing
        If no document has this content.
    """
    with store.reading() as tx:
        require_paired(tx, secret)
        is_kept = sha256 in document_files.kept(tx)
        path = document_files.there(tx, store, sha256) if is_kept else None
    if path is None:
        raise Missing(what="document")
    return path


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
