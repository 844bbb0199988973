"""The host's own texts of a round."""

from db.store import Transaction


def of_round(tx: Transaction, round_id: str) -> dict[str, str]:
    """The texts that were set, by kind."""
    rows = tx.rows("SELECT kind, text FROM host_texts WHERE round_id = :r", r=round_id)
    return {row["kind"]: row["text"] for row in rows}
