"""Adjournments of a round: since when, until when, and when it was resumed."""

from db.shapes import Adjournment
from db.store import Transaction


def running(tx: Transaction, round_id: str) -> Adjournment | None:
    """The adjournment of a round that has not been resumed."""
    return tx.one_of(
        Adjournment,
        "SELECT * FROM adjournments WHERE round_id = :r AND resumed_at IS NULL",
        r=round_id,
    )


def of_round(tx: Transaction, round_id: str) -> list[Adjournment]:
    """Every adjournment of a round, oldest first."""
    return tx.rows_of(
        Adjournment, "SELECT * FROM adjournments WHERE round_id = :r ORDER BY at, id", r=round_id
    )
