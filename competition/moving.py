"""A competition carried from one store to another, proven equal, and closed where it was."""

from dataclasses import dataclass
from typing import Any

from competition.errors import Refused
from competition.results.errors import NothingToRank
from competition.results.standings import current
from db import Store, Transaction, competitions, heads, rounds
from db.copying import copy_rows, fingerprints, is_empty
from db.document_files import carry
from db.errors import Moved, NotEmpty, NotEqual, StillMarked
from db.superseded import MOVED
from scoring import DisconnectedPanel


@dataclass(frozen=True)
class Proof:
    """What was compared and found equal."""

    tables: int
    rows: int
    rankings: int
    heads: tuple[str, ...]


def move(source: Store, target: Store) -> Proof:
    """Copy every row into an empty store, compare, and let the source take no write any more.

    The source is held meanwhile, so that no mark is given between the copy and its closing. It is
    closed before the copy is committed: two stores that both take marks cannot come of it.

    Raises
    ------
    Moved
        If the source was moved before.
    StillMarked
        If a round is open.
    NotEmpty
        If the target has rows.
    NotEqual
        If the copy differs; then nothing of it is kept.
    """
    if source.superseded:
        raise Moved
    with source.writing() as rows:
        _require_closed(rows)
        try:
            with target.writing() as tx:
                proof = copied(rows, source, tx, target)
                source.supersede(MOVED)
        except BaseException:
            if source.superseded:
                source.supersede("")
            raise
    return proof


def copied(rows: Transaction, source: Store, tx: Transaction, target: Store) -> Proof:
    """Copy every row into an empty store and compare the two, before anything is committed."""
    if not is_empty(tx):
        raise NotEmpty(path=target.path.name)
    carry(rows, source, tx, target)
    copy_rows(rows, tx)
    was, now = list(fingerprints(rows)), list(fingerprints(tx))
    for before, after in zip(was, now, strict=True):
        if before != after:
            raise NotEqual(table=before[0], was=before[1], now=after[1])
    there = rankings(rows, source)
    if there != rankings(tx, target):
        raise NotEqual(table="rankings", was=len(there), now=len(there))
    named = tuple(head.short for head in heads.all_last(tx).values() if head is not None)
    return Proof(len(now), sum(count for _, count, _ in now), len(there), named)


def rankings(tx: Transaction, store: Store) -> dict[str, list[Any]]:
    """Each round that can be ranked, with entrant, rank and official score of each line."""
    ranked = {}
    for owner in competitions.all_of(tx):
        for row in rounds.of_competition(tx, owner["id"]):
            try:
                lines = current(tx, store, row).lines
            except (NothingToRank, DisconnectedPanel, Refused):
                continue
            ranked[row["id"]] = [(one.entrant_id, one.rank, one.official) for one in lines]
    return ranked


def _require_closed(tx: Transaction) -> None:
    open_rounds = tx.rows("SELECT title FROM rounds WHERE state = 'open' ORDER BY id")
    if open_rounds:
        raise StillMarked(round=open_rounds[0]["title"])
