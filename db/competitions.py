"""Competitions."""

from db.store import Row, Transaction


def find(tx: Transaction, competition_id: str) -> Row | None:
    """One competition."""
    return tx.one("SELECT * FROM competitions WHERE id = :id", id=competition_id)


def all_of(tx: Transaction) -> list[Row]:
    """Every competition in this database, oldest first."""
    return tx.rows("SELECT * FROM competitions ORDER BY created_at, id")
