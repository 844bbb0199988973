"""The ceremony of a round."""

from typing import TypedDict, cast

from db.store import Transaction


class CeremonyRow(TypedDict):
    """A stored ceremony: ``steps`` as JSON, ``step`` the one shown, from 1."""

    round_id: str
    snapshot_id: str
    steps: str
    step: int
    moved_at: str


def of_round(tx: Transaction, round_id: str) -> CeremonyRow | None:
    """The ceremony of a round; None before it was laid out."""
    row = tx.one("SELECT * FROM ceremonies WHERE round_id = :r", r=round_id)
    return None if row is None else cast("CeremonyRow", row)
