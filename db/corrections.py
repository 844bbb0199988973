"""Corrections: asked for by one person, answered by another; and rules signed again."""

from db.shapes import CorrectionRow
from db.store import Row, Transaction


def find(tx: Transaction, correction_id: str) -> CorrectionRow | None:
    """One correction."""
    return tx.one_of(CorrectionRow, "SELECT * FROM corrections WHERE id = :id", id=correction_id)


def of_round(tx: Transaction, round_id: str) -> list[CorrectionRow]:
    """The corrections of a round, those that wait first, then the newest first."""
    return tx.rows_of(
        CorrectionRow,
        """SELECT * FROM corrections WHERE round_id = :r
        ORDER BY state <> 'asked', asked_at DESC, id""",
        r=round_id,
    )


def waiting(tx: Transaction, round_id: str) -> int:
    """How many corrections of a round wait for their second person."""
    return int(
        tx.value(
            "SELECT count(*) FROM corrections WHERE round_id = :r AND state = 'asked'", r=round_id
        )
    )


def signature(tx: Transaction, round_id: str, version: int) -> Row | None:
    """How a later version of a round's rules was signed on paper, or why it was not."""
    return tx.one(
        "SELECT * FROM signed_rules WHERE round_id = :r AND version = :v", r=round_id, v=version
    )


def signed_form(tx: Transaction, correction_id: str) -> Row | None:
    """The photographed form by which a correction was confirmed, with the names of both people."""
    return tx.one(
        """SELECT f.*, s.name AS signer, k.name AS taker FROM signed_forms f
        JOIN people s ON s.id = f.signed_by JOIN people k ON k.id = f.taken_by
        WHERE f.correction_id = :c""",
        c=correction_id,
    )


def contents_kept(tx: Transaction) -> dict[str, str]:
    """Hashes of the photographs of signed forms, each with its name."""
    return {row["sha256"]: row["name"] for row in tx.rows("SELECT * FROM signed_forms")}
