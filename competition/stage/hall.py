"""The hall view of a round, made once for each change."""

import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from competition.errors import Missing, Refused
from competition.invented import facts_of
from competition.results.standings import current
from competition.rights import require_read
from competition.rounds import practising
from competition.stage.ceremony_scene import ceremony_at
from competition.stage.hall_links import round_of_key
from competition.stage.hall_scene import scene_of
from competition.visitor import Visitor
from db import Store, Transaction, events, releases, snapshots, votes
from db import competitions as competition_rows
from db.canonical import canonical, sha256
from db.shapes import RoundRow


@dataclass(frozen=True)
class Hall:
    """What the hall may see of a round.

    Attributes
    ----------
    seq : int
        The event it stands on.
    version : str
        Changes when, and only when, the content does.
    content : dict
        See `competition.stage.hall_scene.scene_of`; of a paused round that of its freeze snapshot.
    bell : int
        The event that last asked for the bell to be tried; 0 before.
    """

    seq: int
    version: str
    content: dict[str, Any]
    bell: int = 0


_cache: dict[tuple[Path, str], Hall] = {}
_locks: dict[tuple[Path, str], threading.Lock] = {}
_guard = threading.Lock()


def hall(store: Store, who: Visitor, round_id: str, *, key: str = "") -> Hall:
    """The hall view of a round as it is now.

    Parameters
    ----------
    key : str
        The token of a hall link, for a screen without a sign-in.

    Raises
    ------
    Forbidden, LinkRefused
        For visitors other than staff, the host, or a screen with its link.
    """
    with store.reading() as tx:
        row = round_of_key(tx, round_id, key) if key else require_read(tx, who, "hall", round_id)
        shown = row if row["frozen"] else practising.shown_instead(tx, row)
        return _hall(tx, store, shown)


def ceremony_step(store: Store, who: Visitor, round_id: str, number: int) -> Hall:
    """What the hall would see at a step of the ceremony: for organizers and host alone.

    Raises
    ------
    NoCeremony, CeremonyStale, BadWhole
        Where there is no such step, or its certificate no longer stands.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "ceremony", round_id)
        content = {**scene_of(tx, row), **ceremony_at(tx, row, number), "frozen": False}
        return Hall(0, sha256(canonical(content))[:16], content)


def _hall(tx: Transaction, store: Store, row: RoundRow) -> Hall:
    seq = max(
        events.last_seq(tx, row["id"], row["competition_id"]), votes.newest_event(tx, row["id"])
    )
    if tx.is_written:
        return _compute(tx, row, seq)
    with _lock(store, row):
        shown = _cache.get((store.path, row["id"]))
        if shown is None or shown.seq != seq:
            shown = _cache[store.path, row["id"]] = _compute(tx, row, seq)
        return shown


def _lock(store: Store, row: RoundRow) -> threading.Lock:
    with _guard:
        return _locks.setdefault((store.path, row["id"]), threading.Lock())


def _compute(tx: Transaction, row: RoundRow, seq: int) -> Hall:
    if row["frozen"]:
        kept = snapshots.latest(tx, row["id"], "freeze")
        if kept is None:
            raise Missing(what="snapshot")
        content = {**json.loads(kept["content"])["hall"], "frozen": True}
    else:
        content = scene_of(tx, row)
    bell = releases.last_bell(tx, row["id"])
    return Hall(seq, sha256(canonical(content))[:16], content, bell)


def frozen_content(tx: Transaction, store: Store, row: RoundRow, version: int) -> tuple[int, str]:
    """Inside the act that pauses publishing: what the hall sees, and the standing, as text.

    Returns
    -------
    tuple
        The number of the event it stands on, and the content of the snapshot.
    """
    seq = events.last_seq(tx, row["id"], row["competition_id"])
    last = events.find(tx, seq) or {}
    competition = competition_rows.get(tx, row["competition_id"])
    content = {
        "kind": "freeze",
        "version": version,
        "competition": facts_of(competition),
        "round": {k: row[k] for k in ("id", "title", "stage", "category")},
        "rules_hash": row["rules_hash"],
        "event": {"n": last["n"], "hash": last["hash"]},
        "hall": scene_of(tx, row),
        "standing": _standing(tx, store, row),
    }
    return seq, canonical(content)


def _standing(tx: Transaction, store: Store, row: RoundRow) -> list[list[Any]]:
    """Entrant, rank and official score; empty where there is no standing yet."""
    try:
        result = current(tx, store, row)
    except Refused:
        return []
    return [
        [line.entrant_id, line.rank, None if line.official is None else str(line.official)]
        for line in result.lines
    ]
