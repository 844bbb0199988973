"""Scores released to the hall, its screen's chosen scene, and its links."""

from collections.abc import Mapping
from typing import Any

from db.store import Row, Transaction


def latest(tx: Transaction, round_id: str) -> list[Row]:
    """The newest release of each entrant of a round, in the order of releasing.

    An entrant whose newest release was withdrawn has none.
    """
    return tx.rows(
        """SELECT r.* FROM releases r
        WHERE r.round_id = :r AND r.version = (
            SELECT max(o.version) FROM releases o
            WHERE o.round_id = r.round_id AND o.entrant_id = r.entrant_id)
        AND r.id NOT IN (SELECT release_id FROM withdrawn_releases)
        ORDER BY r.at, r.batch, r.id""",
        r=round_id,
    )


def ever(tx: Transaction, round_id: str) -> set[str]:
    """The entrants whose score was announced, also where it was withdrawn since."""
    rows = tx.rows("SELECT DISTINCT entrant_id FROM releases WHERE round_id = :r", r=round_id)
    return {str(row["entrant_id"]) for row in rows}


def of_entrant(tx: Transaction, round_id: str, entrant_id: str) -> Row | None:
    """The newest release of one entrant; None where it was withdrawn."""
    release = last_version(tx, round_id, entrant_id)
    return None if release is None or release["withdrawn_reason"] else release


def last_version(tx: Transaction, round_id: str, entrant_id: str) -> Row | None:
    """The newest release of one entrant with ``withdrawn_reason``, None while it stands."""
    return tx.one(
        """SELECT r.*, w.reason AS withdrawn_reason FROM releases r
        LEFT JOIN withdrawn_releases w ON w.release_id = r.id
        WHERE r.round_id = :r AND r.entrant_id = :e
        ORDER BY r.version DESC LIMIT 1""",
        r=round_id,
        e=entrant_id,
    )


def version_before(tx: Transaction, release: Mapping[str, Any]) -> Row:
    """The release that this one takes the place of; its version is not the first."""
    row = tx.one(
        "SELECT * FROM releases WHERE round_id = :r AND entrant_id = :e AND version = :v",
        r=release["round_id"],
        e=release["entrant_id"],
        v=release["version"] - 1,
    )
    assert row is not None
    return row


def screen(tx: Transaction, round_id: str) -> Row | None:
    """The scene the host chose for the screen; None before."""
    return tx.one("SELECT * FROM screens WHERE round_id = :r", r=round_id)


def hall_link_by_hash(tx: Transaction, token_hash: str) -> Row | None:
    """The hall link a token opens."""
    return tx.one("SELECT * FROM hall_links WHERE token_hash = :h", h=token_hash)


def hall_links(tx: Transaction, round_id: str) -> list[Row]:
    """Every link for a screen that a round ever had."""
    return tx.rows("SELECT * FROM hall_links WHERE round_id = :r ORDER BY id", r=round_id)


def live_hall_links(tx: Transaction, round_id: str) -> list[Row]:
    """The hall links of a round that still open."""
    return tx.rows(
        """SELECT * FROM hall_links WHERE round_id = :r AND revoked_at IS NULL
        ORDER BY created_at, id""",
        r=round_id,
    )


def last_scene(tx: Transaction, round_id: str) -> Row | None:
    """The newest event that changes what the hall looks at."""
    return tx.one(
        """SELECT kind, subject FROM events
        WHERE round_id = :r
        AND kind IN ('scores_released', 'release_withdrawn', 'stage_presenting')
        ORDER BY seq DESC LIMIT 1""",
        r=round_id,
    )


def last_bell(tx: Transaction, round_id: str) -> int:
    """The number of the newest event that tries the hall's bell; 0 before the first."""
    seq = tx.value(
        """SELECT seq FROM events WHERE round_id = :r AND kind = 'bell_tested'
        ORDER BY seq DESC LIMIT 1""",
        r=round_id,
    )
    return 0 if seq is None else int(seq)
