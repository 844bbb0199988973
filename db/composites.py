"""Composite results: their parts, and the scores given outside any round."""

import json

from db.shapes import OutsideList, PartRow
from db.store import Row, Transaction


def parts(tx: Transaction, round_id: str) -> list[PartRow]:
    """The parts of a composite in their order; empty for a round that judges mark."""
    return tx.rows_of(
        PartRow, "SELECT * FROM parts WHERE round_id = :r ORDER BY position", r=round_id
    )


def part(tx: Transaction, part_id: str) -> PartRow | None:
    """One part."""
    return tx.one_of(PartRow, "SELECT * FROM parts WHERE id = :id", id=part_id)


def parts_as_hashed(tx: Transaction, round_id: str) -> list[dict[str, object]]:
    """The parts as they are hashed with the rules; ``vote`` only where one is declared."""
    rows = tx.rows(
        """SELECT id, position, title, weight, source_id, maximum, step, vote
        FROM parts WHERE round_id = :r ORDER BY position""",
        r=round_id,
    )
    return [{k: v for k, v in row.items() if k != "vote" or v is not None} for row in rows]


def made_of(tx: Transaction, source_id: str) -> list[Row]:
    """The composites that a round is a part of, those deleted left out."""
    return tx.rows(
        """SELECT r.* FROM rounds r JOIN parts p ON p.round_id = r.id
        WHERE p.source_id = :s AND r.removed_at IS NULL ORDER BY r.position""",
        s=source_id,
    )


def outside_list(tx: Transaction, list_id: str) -> OutsideList | None:
    """One list of outside scores."""
    return tx.one_of(OutsideList, "SELECT * FROM outside_lists WHERE id = :id", id=list_id)


def outside_lists(tx: Transaction, round_id: str) -> list[OutsideList]:
    """Every list of a composite, the newest first."""
    return tx.rows_of(
        OutsideList,
        """SELECT * FROM outside_lists WHERE round_id = :r
        ORDER BY entered_at DESC, outside_lists.rowid DESC""",
        r=round_id,
    )


def scores_of(tx: Transaction, list_id: str) -> list[Row]:
    """Entrant and value of each score of a list; a value of None takes a score away."""
    return tx.rows(
        "SELECT entrant_id, value FROM outside_scores WHERE list_id = :x ORDER BY entrant_id",
        x=list_id,
    )


def in_force(tx: Transaction, part_id: str) -> dict[str, int]:
    """Entrant to the score that counts: the one confirmed last, in thousandths.

    The log says which was last: acts of a clock that was set back have one time. A replay, which
    has no log, goes by the time.
    """
    rows = tx.rows(
        """SELECT s.entrant_id, s.value FROM outside_scores s
        JOIN outside_lists x ON x.id = s.list_id
        WHERE x.part_id = :p AND x.state = 'confirmed'
        ORDER BY (SELECT max(e.seq) FROM events e WHERE e.round_id = x.round_id
            AND e.kind = 'outside_confirmed' AND e.subject = x.id), x.answered_at, x.rowid""",
        p=part_id,
    )
    latest = {row["entrant_id"]: row["value"] for row in rows}
    return {entrant: value for entrant, value in latest.items() if value is not None}


def listing_round(tx: Transaction, round_id: str) -> str | None:
    """The round whose entrants a composite ranks: the last of its parts that is a round."""
    source_id = tx.value(
        """SELECT source_id FROM parts WHERE round_id = :r AND source_id IS NOT NULL
        ORDER BY position DESC LIMIT 1""",
        r=round_id,
    )
    return None if source_id is None else str(source_id)


def late_reason(tx: Transaction, round_id: str) -> str:
    """Why a composite's weights were fixed after marking had begun; empty where they were not."""
    payload = tx.value(
        """SELECT payload FROM events WHERE round_id = :r AND kind = 'weights_late'
        ORDER BY seq DESC LIMIT 1""",
        r=round_id,
    )
    return "" if payload is None else str(json.loads(payload).get("reason", ""))
