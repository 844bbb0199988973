"""Competitions."""

from db.shapes import Competition
from db.store import Transaction


def find(tx: Transaction, competition_id: str) -> Competition | None:
    """One competition."""
    return tx.one_of(Competition, "SELECT * FROM competitions WHERE id = :id", id=competition_id)


def get(tx: Transaction, competition_id: str) -> Competition:
    """The competition that a stored row refers to.

    Raises
    ------
    LookupError
        If it is not there: the row's reference is broken.
    """
    row = find(tx, competition_id)
    if row is None:
        raise LookupError(f"no competition {competition_id}")
    return row


def all_of(tx: Transaction) -> list[Competition]:
    """Every competition in this database, oldest first."""
    return tx.rows_of(Competition, "SELECT * FROM competitions ORDER BY created_at, id")
