"""Signatures under a certificate: the first on a standing, then the second on the same."""

from typing import TypedDict

from db.store import Transaction


class CertificationRow(TypedDict):
    """One signing; ``alone`` is the reason where there was no second person."""

    id: str
    round_id: str
    sha256: str
    signed_by: str
    signed_at: str
    second_by: str | None
    second_at: str | None
    alone: str
    snapshot_id: str | None


def last(tx: Transaction, round_id: str) -> CertificationRow | None:
    """The last signature in a round that made no certificate yet.

    Two of one millisecond come as they were written: ids are random, and no row is ever deleted.
    """
    return tx.one_of(
        CertificationRow,
        """SELECT * FROM certifications WHERE round_id = :r AND snapshot_id IS NULL
        ORDER BY signed_at DESC, certifications.rowid DESC LIMIT 1""",
        r=round_id,
    )


def of_snapshot(tx: Transaction, snapshot_id: str) -> CertificationRow | None:
    """Who signed a certificate; None of one made when a single person certified."""
    return tx.one_of(
        CertificationRow, "SELECT * FROM certifications WHERE snapshot_id = :s", s=snapshot_id
    )
