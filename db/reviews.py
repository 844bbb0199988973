"""Reviews on the spot: asked for within two hours, answered on paper."""

from db.shapes import ReviewRow
from db.store import Transaction


def find(tx: Transaction, review_id: str) -> ReviewRow | None:
    """One review."""
    return tx.one_of(ReviewRow, "SELECT * FROM reviews WHERE id = :id", id=review_id)


def of_round(tx: Transaction, round_id: str) -> list[ReviewRow]:
    """The reviews of a round, those without an answer first, then the newest."""
    return tx.rows_of(
        ReviewRow,
        """SELECT * FROM reviews WHERE round_id = :r
        ORDER BY finding IS NOT NULL, entered_at DESC, id""",
        r=round_id,
    )
