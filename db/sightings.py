"""The second chain: results viewed, sign-ins, and heads that tablets showed.

They are no acts and must not move a round's change counter, so they stand outside the events;
each is chained to the one before it, and every event names the last one (see `db.events.append`).
"""

from collections.abc import Iterator

from db.canonical import canonical, sha256
from db.store import Row, Transaction

FIRST = "0" * 64
NONE = f"0.{FIRST}"


def append(
    tx: Transaction,
    *,
    competition_id: str,
    kind: str,
    subject: str,
    actor: str,
    detail: str,
    at: str,
) -> None:
    """Add one sighting to the end of the chain; its time is never before the last one's."""
    before = last(tx, competition_id)
    row: Row = {
        "competition_id": competition_id,
        "n": before["n"] + 1 if before else 1,
        "at": max(at, before["at"]) if before else at,
        "actor": actor,
        "kind": kind,
        "subject": subject,
        "detail": detail,
        "prev": before["hash"] if before else FIRST,
    }
    row["hash"] = sighting_hash(row)
    names = ", ".join(row)
    places = ", ".join(f":{name}" for name in row)
    tx.run(f"INSERT INTO sightings ({names}) VALUES ({places})", **row)


def last(tx: Transaction, competition_id: str) -> Row | None:
    """The newest sighting."""
    return tx.one(
        "SELECT n, hash, at FROM sightings WHERE competition_id = :c ORDER BY n DESC LIMIT 1",
        c=competition_id,
    )


def head(tx: Transaction, competition_id: str) -> str:
    """Number and hash of the newest sighting: what an event names."""
    newest = last(tx, competition_id)
    return f"{newest['n']}.{newest['hash']}" if newest else NONE


def sighting_hash(row: Row) -> str:
    """SHA-256 over all of a sighting but its place in this file."""
    return sha256(canonical({k: v for k, v in row.items() if k not in ("seq", "hash")}))


def broken(tx: Transaction) -> Iterator[str]:
    """Sightings whose hash, number or predecessor does not fit."""
    before: dict[str, Row] = {}
    for row in tx.rows("SELECT * FROM sightings ORDER BY seq"):
        one = before.get(row["competition_id"])
        fits = (
            row["hash"] == sighting_hash(row)
            and row["prev"] == (one["hash"] if one else FIRST)
            and row["n"] == (one["n"] + 1 if one else 1)
        )
        if not fits:
            yield str(row["seq"])
        before[row["competition_id"]] = row


def unlisted(tx: Transaction) -> Iterator[str]:
    """Views and sign-ins without their sighting, and sightings whose row is gone.

    Only since the first generation: files of earlier versions chained none.
    """
    stored = {("viewed", *key) for key in _views(tx)} | {("signed_in", *key) for key in _comers(tx)}
    chained = {
        (row["kind"], row["competition_id"], row["actor"], row["subject"])
        for row in tx.rows("SELECT * FROM sightings WHERE kind IN ('viewed', 'signed_in')")
    }
    known = {row["competition_id"] for row in tx.rows("SELECT competition_id FROM generations")}
    for key in sorted(stored ^ chained):
        if key[1] in known:
            yield " ".join((key[0], *key[2:]))


def catch_up(tx: Transaction, competition_id: str, at: str) -> None:
    """Chain the views and sign-ins of an earlier version, once."""
    for kind, rows in (("viewed", _views(tx)), ("signed_in", _comers(tx))):
        chained = {
            (row["actor"], row["subject"])
            for row in tx.rows(
                "SELECT actor, subject FROM sightings WHERE competition_id = :c AND kind = :k",
                c=competition_id,
                k=kind,
            )
        }
        for owner, actor, subject in sorted(rows):
            if owner == competition_id and (actor, subject) not in chained:
                append(
                    tx,
                    competition_id=owner,
                    kind=kind,
                    subject=subject,
                    actor=actor,
                    detail="earlier",
                    at=at,
                )


def view_subject(round_id: str, what: str, seq: int) -> str:
    """A view's subject in the chain."""
    return f"{round_id} {what} {seq}"


def _views(tx: Transaction) -> set[tuple[str, str, str]]:
    return {
        (row["competition_id"], row["person_id"], view_subject(row["round_id"], *_what(row)))
        for row in tx.rows(
            "SELECT v.*, r.competition_id FROM views v JOIN rounds r ON r.id = v.round_id"
        )
    }


def _what(row: Row) -> tuple[str, int]:
    return row["what"], row["seq"]


def _comers(tx: Transaction) -> set[tuple[str, str, str]]:
    return {
        (row["competition_id"], row["person_id"], row["id_hash"])
        for row in tx.rows(
            "SELECT s.id_hash, s.person_id, p.competition_id FROM sign_ins s "
            "JOIN people p ON p.id = s.person_id"
        )
    }
