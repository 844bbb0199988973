"""The prizes that a round declared."""

from db.store import Transaction


def declared(tx: Transaction, round_id: str) -> str | None:
    """The declared prizes of a round as canonical JSON; None where none were declared."""
    content = tx.value("SELECT content FROM prize_plans WHERE round_id = :r", r=round_id)
    return None if content is None else str(content)
