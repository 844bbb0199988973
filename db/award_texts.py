"""The organizers' texts of 奖状 and 荣誉证书."""

from db.store import Transaction


def of_round(tx: Transaction, round_id: str) -> dict[tuple[str, str], str]:
    """The texts that were set, by kind and part."""
    rows = tx.rows("SELECT kind, part, text FROM award_texts WHERE round_id = :r", r=round_id)
    return {(row["kind"], row["part"]): row["text"] for row in rows}
