"""What counties may read after a contest: a certificate's feedback, and winners' plans."""

from typing import TypedDict

from db.store import Transaction


class ExchangeRow(TypedDict):
    """One release; of a plan where ``entrant_id`` is set, with the agreement as it was declared."""

    id: str
    round_id: str
    snapshot_id: str
    entrant_id: str | None
    agreement: str
    released_by: str
    released_at: str
    withdrawn_reason: str | None


def find(tx: Transaction, exchange_id: str) -> ExchangeRow | None:
    """One release."""
    return tx.one_of(ExchangeRow, "SELECT * FROM exchanges WHERE id = :id", id=exchange_id)


def of_snapshot(tx: Transaction, snapshot_id: str) -> list[ExchangeRow]:
    """The releases of a certificate that stand, in their order."""
    return tx.rows_of(
        ExchangeRow,
        """SELECT * FROM exchanges WHERE snapshot_id = :s AND withdrawn_reason IS NULL
        ORDER BY released_at, id""",
        s=snapshot_id,
    )
