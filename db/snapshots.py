"""Snapshots of a result, and the views of it before certifying."""

from db import sightings
from db.store import Row, Transaction


def latest(tx: Transaction, round_id: str, kind: str) -> Row | None:
    """The newest snapshot of a kind."""
    return tx.one(
        """SELECT * FROM snapshots WHERE round_id = :r AND kind = :k
        ORDER BY version DESC LIMIT 1""",
        r=round_id,
        k=kind,
    )


def find(tx: Transaction, snapshot_id: str) -> Row | None:
    """The snapshot of an id."""
    return tx.one("SELECT * FROM snapshots WHERE id = :i", i=snapshot_id)


def of_version(tx: Transaction, round_id: str, kind: str, version: int) -> Row | None:
    """The snapshot of a kind and version."""
    return tx.one(
        "SELECT * FROM snapshots WHERE round_id = :r AND kind = :k AND version = :v",
        r=round_id,
        k=kind,
        v=version,
    )


def certificates(tx: Transaction) -> list[Row]:
    """Every certificate of the file with its content, in the order they were made."""
    return tx.rows("SELECT * FROM snapshots WHERE kind = 'certify' ORDER BY seq, version")


def note_view(tx: Transaction, row: Row) -> None:
    """Remember who looked at a standing before it was certified, once per state of it."""
    is_new = tx.run(
        """INSERT INTO views (round_id, person_id, what, seq, at)
        VALUES (:round_id, :person_id, :what, :seq, :at) ON CONFLICT DO NOTHING""",
        **row,
    )
    if is_new:
        sightings.append(
            tx,
            competition_id=str(
                tx.value("SELECT competition_id FROM rounds WHERE id = :r", r=row["round_id"])
            ),
            kind="viewed",
            subject=sightings.view_subject(row["round_id"], row["what"], row["seq"]),
            actor=row["person_id"],
            detail="",
            at=row["at"],
        )


def has_viewed(tx: Transaction, round_id: str, person_id: str) -> bool:
    """Whether standings of this round were viewed before certification."""
    views = tx.value(
        "SELECT count(*) FROM views WHERE round_id = :r AND person_id = :p", r=round_id, p=person_id
    )
    return bool(views)


def views(tx: Transaction, round_id: str, limit: int = 200) -> list[Row]:
    """Who looked at what and when, newest first."""
    return tx.rows(
        """SELECT v.*, p.name FROM views v JOIN people p ON p.id = v.person_id
        WHERE v.round_id = :r ORDER BY v.at DESC LIMIT :limit""",
        r=round_id,
        limit=limit,
    )


def of_round(tx: Transaction, round_id: str) -> list[Row]:
    """The certificates of a round with their content, the first version first."""
    return tx.rows(
        "SELECT * FROM snapshots WHERE round_id = :r AND kind = 'certify' ORDER BY version",
        r=round_id,
    )
