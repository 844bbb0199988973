"""Judges' calls for staff, and the device that holds a seat."""

from db.store import Row, Transaction


def find(tx: Transaction, call_id: str) -> Row | None:
    """One call."""
    return tx.one("SELECT * FROM calls WHERE id = :id", id=call_id)


def waiting(tx: Transaction, round_id: str) -> list[Row]:
    """Unanswered calls of a round, oldest first."""
    return tx.rows(
        """SELECT k.*, x.number AS seat, p.name FROM calls k
        JOIN people p ON p.id = k.person_id
        LEFT JOIN seats x ON x.round_id = k.round_id AND x.person_id = k.person_id
        WHERE k.round_id = :r AND k.answered_at IS NULL ORDER BY k.at, k.id""",
        r=round_id,
    )


def waiting_of(tx: Transaction, round_id: str, person_id: str) -> Row | None:
    """One judge's unanswered call."""
    return tx.one(
        """SELECT * FROM calls WHERE round_id = :r AND person_id = :p AND answered_at IS NULL
        ORDER BY at LIMIT 1""",
        r=round_id,
        p=person_id,
    )


def holder(tx: Transaction, person_id: str) -> Row | None:
    """The device that holds a judge's seat."""
    return tx.one("SELECT * FROM holders WHERE person_id = :p", p=person_id)
