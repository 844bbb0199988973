"""The chain of events: appended in the act's own transaction, never changed.

Each event names the last sighting as well, so that none of those can be taken away unseen.

An event's ``entry`` is the hash of all it says, its ``hash`` that of the hash before and the entry.
So the entries alone, 32 bytes each, prove that a chain grew from a head: tablets ask for them. A
random salt in each event keeps what it says from being guessed by its entry.  Events of earlier
versions have no entry; their hash covers ``prev`` together with what they say.
"""

import hmac
import json
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from db import sightings
from db.canonical import canonical, sha256
from db.store import LAST_NUMBER, Change, Row, Store, Transaction
from db.tables import TABLES

FIRST = "0" * 64
BESIDE = (
    "programme_begun",
    "programme_steps_set",
    "task_villages_put",
    "steps_reported",
    "steps_confirmed",
    "step_returned",
    "plans_reported",
    "figures_reported",
    "evidence_added",
    "evidence_removed",
    "need_put",
    "need_offered",
    "need_met",
    "need_reopened",
    "meeting_held",
    "task_finished",
    "dispatch_written",
    "dispatch_received",
    "dispatch_answered",
    "dispatch_reopened",
    "dispatch_closed",
    "programme_closed",
    "programme_reopened",
    "task_village_removed",
    "programme_imported",
    "programme_import_undone",
    "evidence_replaced",
    "meeting_updated",
    "award_planned",
    "award_handed",
    "award_dropped",
)
"""Kinds of the programme beside the contest: no standing and no record changes by them."""
_BESIDE = ", ".join(f"'{kind}'" for kind in BESIDE)
MASK = "hmac:"
SALT_BYTES = 16


def append(
    tx: Transaction,
    *,
    competition_id: str,
    kind: str,
    subject: str,
    actor: str,
    at: str,
    round_id: str | None = None,
    reason: str | None = None,
    machine_of: str | None = None,
) -> int:
    """Record everything put or removed since the last event as one event.

    Its time is never before the last event's, whatever the machine's clock says.

    Parameters
    ----------
    machine_of : str, optional
        The person on whose device the actor confirmed it by PIN.

    Returns
    -------
    int
        The event's number, which is also the round's change counter.
    """
    last = last_of(tx, competition_id)
    salt = salt_of(tx, competition_id)
    payload: dict[str, Any] = {
        "changes": [masked(change, salt) for change in tx.changes],
        "sightings": sightings.head(tx, competition_id),
    }
    if reason is not None:
        payload["reason"] = reason
    if machine_of is not None:
        payload["machine_of"] = machine_of
    payload["salt"] = secrets.token_hex(SALT_BYTES)
    row: Row = {
        "competition_id": competition_id,
        "n": last["n"] + 1 if last else 1,
        "round_id": round_id,
        "at": max(at, last["at"]) if last else at,
        "actor": actor,
        "kind": kind,
        "subject": subject,
        "payload": canonical(payload),
        "prev": last["hash"] if last else FIRST,
    }
    row["entry"] = entry_hash(row)
    row["hash"] = linked(row["prev"], row["entry"])
    names = ", ".join(row)
    places = ", ".join(f":{name}" for name in row)
    tx.changes.clear()
    tx.recorded += 1
    seq = int(tx.made(f"INSERT INTO events ({names}) VALUES ({places}) RETURNING seq", **row))
    tx.answered(_LAST, {name: row[name] for name in ("n", "hash", "at")}, c=competition_id)
    tx.answered(_LAST_TIME, {"at": row["at"]})
    return seq


_LAST = "SELECT n, hash, at FROM events WHERE competition_id = :c ORDER BY n DESC LIMIT 1"
_LAST_TIME = "SELECT at FROM events ORDER BY seq DESC LIMIT 1"


def last_of(tx: Transaction, competition_id: str) -> Row | None:
    """Number, hash and time of a competition's last event; None before its first."""
    return tx.one(_LAST, c=competition_id)


def last_time(tx: Transaction) -> str | None:
    """The time of the last event in the file."""
    at = tx.value(_LAST_TIME)
    return None if at is None else str(at)


def last_number(tx: Transaction) -> int:
    """The number of the last event in the file; 0 before the first."""
    return int(tx.value(LAST_NUMBER.format(events="events")))


def last_numbers(stores: Iterable[Store]) -> dict[Path, int]:
    """Path to `last_number` of each store; those of one PostgreSQL database are asked at once.

    One that cannot be read is left out.
    """
    kinds: dict[type[Store], list[Store]] = {}
    for store in stores:
        kinds.setdefault(type(store), []).append(store)
    return {path: n for kind, some in kinds.items() for path, n in kind.last_numbers(some).items()}


def event_hash(row: Row) -> str:
    """The hash an event must have: over the one before and all of it but its place in this file."""
    if row.get("entry") is None:
        return sha256(canonical({k: v for k, v in row.items() if k not in UNSAID - {"prev"}}))
    return linked(row["prev"], entry_hash(row))


UNSAID = {"seq", "prev", "entry", "hash"}
"""The columns of an event that its entry does not cover."""


def entry_hash(row: Row) -> str:
    """SHA-256 over what an event says."""
    return sha256(canonical({k: v for k, v in row.items() if k not in UNSAID}))


def linked(before: str, entry: str) -> str:
    """The chain's next value: SHA-256 over two hashes, as 128 hexadecimal signs."""
    return sha256(before + entry)


def salt_of(tx: Transaction, competition_id: str) -> bytes:
    """The competition's salt for personal fields, made with its first event."""
    salt = tx.value("SELECT salt FROM salts WHERE competition_id = :c", c=competition_id)
    if salt is None:
        salt = secrets.token_hex(32)
        tx.run("INSERT INTO salts VALUES (:c, :salt)", c=competition_id, salt=salt)
    return bytes.fromhex(salt)


def masked(change: Change, salt: bytes) -> dict[str, Any]:
    """A change as it enters an event: personal fields as salted hashes."""
    row = None if change.row is None else mask_row(change.table, change.row, salt)
    return {"table": change.table, "key": change.key, "row": row}


def mask_row(table: str, row: Row, salt: bytes) -> Row:
    """A row with its personal columns replaced by salted hashes; blanks stay blank."""
    personal = TABLES[table].personal
    return {
        name: _mask(value, salt) if name in personal and value else value
        for name, value in row.items()
    }


def _mask(value: str, salt: bytes) -> str:
    return MASK + hmac.new(salt, value.encode(), "sha256").hexdigest()


def last_seq(tx: Transaction, round_id: str, competition_id: str) -> int:
    """The number of the last event that could change what this round shows.

    A composite shows what its rounds show.
    """
    return int(
        tx.value(
            f"""SELECT coalesce(max(seq), 0) FROM (
                SELECT max(seq) AS seq FROM events WHERE round_id = :r
                UNION ALL SELECT max(e.seq) FROM parts p JOIN events e ON e.round_id = p.source_id
                    WHERE p.round_id = :r
                UNION ALL SELECT max(seq) FROM events
                    WHERE competition_id = :c AND round_id IS NULL
                        AND kind NOT IN ({_BESIDE})) AS newest""",
            r=round_id,
            c=competition_id,
        )
    )


def history(
    tx: Transaction,
    competition_id: str,
    *,
    round_id: str | None = None,
    before: int | None = None,
    limit: int = 200,
    without: tuple[str, ...] = (),
) -> list[Row]:
    """Events, newest first, without those of some kinds."""
    kinds = {f"kind{at}": kind for at, kind in enumerate(without)}
    names = ", ".join(f":{name}" for name in kinds) or "''"
    return tx.rows(
        f"""SELECT * FROM events
        WHERE competition_id = :c AND (CAST(:r AS TEXT) IS NULL OR round_id = :r)
          AND (CAST(:before AS BIGINT) IS NULL OR seq < :before) AND kind NOT IN ({names})
        ORDER BY seq DESC LIMIT :limit""",
        **kinds,
        c=competition_id,
        r=round_id,
        before=before,
        limit=limit,
    )


def changes_of(event: Row) -> list[dict[str, Any]]:
    """The after-images an event carries."""
    changes: list[dict[str, Any]] = json.loads(event["payload"])["changes"]
    return changes


def image(event: Row, table: str) -> Row | None:
    """The last row of a table that an event wrote."""
    rows = [change["row"] for change in changes_of(event) if change["table"] == table]
    return rows[-1] if rows else None


def image_before(tx: Transaction, event: Row, table: str) -> Row | None:
    """The row of a table that an earlier event about the same subject left."""
    before = tx.rows(
        """SELECT payload FROM events
        WHERE competition_id = :c AND subject = :s AND seq < :seq ORDER BY seq DESC""",
        c=event["competition_id"],
        s=event["subject"],
        seq=event["seq"],
    )
    images = (image(one, table) for one in before)
    return next((row for row in images if row is not None), None)


def of_kinds(tx: Transaction, round_id: str, kinds: tuple[str, ...]) -> list[Row]:
    """Time, kind and subject of a round's events of some kinds, oldest first."""
    names = {f"kind{at}": kind for at, kind in enumerate(kinds)}
    listed = ", ".join(f":{name}" for name in names)
    return tx.rows(
        f"""SELECT at, kind, subject FROM events
        WHERE round_id = :r AND kind IN ({listed}) ORDER BY seq""",
        **names,
        r=round_id,
    )


def find(tx: Transaction, seq: int) -> Row | None:
    """One event."""
    return tx.one("SELECT * FROM events WHERE seq = :seq", seq=seq)


def whole(tx: Transaction, competition_id: str) -> list[Row]:
    """Every event of a competition, oldest first."""
    return tx.rows("SELECT * FROM events WHERE competition_id = :c ORDER BY n", c=competition_id)


def hashes(tx: Transaction, competition_id: str) -> dict[int, str]:
    """The chain of a competition: each event's number to its hash."""
    stored = tx.rows(
        "SELECT n, hash FROM events WHERE competition_id = :c ORDER BY n", c=competition_id
    )
    return {row["n"]: row["hash"] for row in stored}


def grown(tx: Transaction, competition_id: str, n: int, limit: int) -> list[Row]:
    """The events after one, oldest first: number, entry and hash."""
    return tx.rows(
        """SELECT n, entry, hash FROM events WHERE competition_id = :c AND n > :n
        ORDER BY n LIMIT :limit""",
        c=competition_id,
        n=n,
        limit=limit,
    )


def kinds_after(tx: Transaction, competition_id: str, n: int) -> list[str]:
    """The kinds of the events after one, in order."""
    stored = tx.rows(
        "SELECT kind FROM events WHERE competition_id = :c AND n > :n ORDER BY n",
        c=competition_id,
        n=n,
    )
    return [row["kind"] for row in stored]


def by_number(tx: Transaction, competition_id: str, n: int) -> Row | None:
    """One event by its number in a competition."""
    return tx.one(
        "SELECT * FROM events WHERE competition_id = :c AND n = :n", c=competition_id, n=n
    )


def all_of(tx: Transaction, competition_id: str) -> list[Row]:
    """Every event of a competition without its payload, oldest first."""
    return tx.rows(
        "SELECT n, hash, kind, at, entry FROM events WHERE competition_id = :c ORDER BY n",
        c=competition_id,
    )
