"""Rebuild every state table from the events and hold it against what is stored."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

from db.events import FIRST, changes_of, entry_hash, event_hash, mask_row, salt_of
from db.memory import Answer
from db.scratch import fresh
from db.store import Row, Store, Transaction
from db.tables import TABLES

PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
"""How a column is called; anything else in a payload is not ours."""


@dataclass(frozen=True)
class Finding:
    """One thing that ``verify`` finds wrong."""

    check: str
    subject: str


Visit = Callable[[Transaction, Store, int], Iterable[Finding]]
"""What is asked of a database that is being rebuilt, after each event."""


def broken_links(tx: Transaction) -> list[Finding]:
    """Events whose hash, number or predecessor does not fit."""
    findings = []
    last: dict[str, Row] = {}
    for event in tx.rows("SELECT * FROM events ORDER BY seq"):
        before = last.get(event["competition_id"])
        is_plain = event["entry"] is None and (before is None or before["entry"] is None)
        fits = (
            event["hash"] == event_hash(event)
            and (is_plain or event["entry"] == entry_hash(event))
            and event["prev"] == (before["hash"] if before else FIRST)
            and event["n"] == (before["n"] + 1 if before else 1)
        )
        if not fits:
            findings.append(Finding("chain_unbroken", str(event["seq"])))
        last[event["competition_id"]] = event
    return findings


def _replaying(
    source: Transaction, target: Transaction, visit: Callable[[int], Iterable[Finding]]
) -> Iterator[Finding]:
    for event in source.rows("SELECT * FROM events ORDER BY seq"):
        try:
            for (table, names), changes in groupby(changes_of(event), _columns):
                if names is not None:
                    target.put_back(table, names, (dict(change["row"]) for change in changes))
                    continue
                for change in changes:
                    target.remove(table, **change["key"])
        except (sqlite3.Error, LookupError, TypeError, ValueError, AttributeError):
            yield Finding("replay_possible", str(event["seq"]))
        target.changes.clear()
        yield from visit(event["seq"])


def _columns(change: Row) -> tuple[str, tuple[str, ...] | None]:
    """The table of a change, and the columns of its row; None where it was removed."""
    row = change["row"]
    return change["table"], None if row is None else tuple(row)


def differences(store: Store, visit: Visit = lambda *_: ()) -> Iterator[Finding]:
    """Rows of the state tables that the events do not explain.

    Parameters
    ----------
    visit
        Called after each event with the database as it then was and the event's place.
    """
    with store.reading() as source, fresh() as rebuilt:
        with rebuilt.writing() as target:
            yield from _replaying(source, target, lambda seq: visit(target, rebuilt, seq))
        with rebuilt.reading() as target:
            for table in TABLES:
                yield from _compare(table, source, target)


@contextmanager
def replayed(events: Iterable[Row], until: int) -> Iterator[tuple[Transaction, Store]]:
    """A fresh database after the shown events of a record that came from elsewhere.

    Its payloads may be a forger's: only known tables are written, and only plain column names.

    Raises
    ------
    ValueError, LookupError, TypeError
        If an event cannot be replayed.
    """
    with fresh() as rebuilt, rebuilt.writing() as target:
        for event in events:
            if event["n"] <= until and "payload" in event:
                _apply(target, event)
        yield target, rebuilt


def _apply(target: Transaction, event: Row) -> None:
    for change in changes_of(event):
        key = TABLES[change["table"]].key
        row = change["row"]
        if row is None:
            target.remove(change["table"], **{name: change["key"][name] for name in key})
            continue
        if not all(PLAIN.fullmatch(name) for name in row):
            raise ValueError(f"event {event['n']}")
        try:
            target.put_back(change["table"], tuple(row), [row])
        except sqlite3.Error as error:
            raise ValueError(f"event {event['n']}") from error
    target.changes.clear()


def _compare(table: str, source: Transaction, target: Transaction) -> Iterator[Finding]:
    if not TABLES[table].personal and _same(_all(table, source), _all(table, target)):
        return
    stored = _by_key(table, source, masking=True)
    rebuilt = _by_key(table, target, masking=False)
    for key in sorted(stored.keys() | rebuilt.keys()):
        if stored.get(key) != rebuilt.get(key):
            yield Finding("replay_equal", f"{table} {key}")


def _all(table: str, tx: Transaction) -> Answer:
    cursor = tx.db.execute(f"SELECT * FROM {table}")
    return [column[0] for column in cursor.description], cursor.fetchall()


def _same(stored: Answer, rebuilt: Answer) -> bool:
    """Whether two tables have the same rows, in any order; no key is there twice."""
    return stored[0] == rebuilt[0] and set(stored[1]) == set(rebuilt[1])


def _by_key(table: str, tx: Transaction, *, masking: bool) -> dict[str, Row]:
    personal = masking and bool(TABLES[table].personal)
    salts = _salts(tx) if personal else {}
    by_key = {}
    for row in tx.rows(f"SELECT * FROM {table}"):
        key = json.dumps([row[name] for name in TABLES[table].key])
        if personal:
            row = mask_row(table, row, salts.get(row.get("competition_id") or row["round_id"], b""))
        by_key[key] = row
    return by_key


def _salts(tx: Transaction) -> dict[str, bytes]:
    """The salt of each competition, by its id and by the ids of its rounds."""
    salts = {
        row["competition_id"]: salt_of(tx, row["competition_id"])
        for row in tx.rows("SELECT competition_id FROM salts")
    }
    return salts | {
        row["id"]: salts.get(row["competition_id"], b"")
        for row in tx.rows("SELECT id, competition_id FROM rounds")
    }
