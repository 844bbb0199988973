"""What people decide beside the marks: deductions and rulings."""

from db.store import Row, Transaction


def deductions(tx: Transaction, round_id: str) -> list[Row]:
    """The deductions of a round."""
    return tx.rows(
        "SELECT * FROM deductions WHERE round_id = :r ORDER BY entrant_id, id", r=round_id
    )


def deduction(tx: Transaction, deduction_id: str) -> Row | None:
    """One deduction."""
    return tx.one("SELECT * FROM deductions WHERE id = :id", id=deduction_id)


def rulings(tx: Transaction, round_id: str) -> list[Row]:
    """The rulings of a round."""
    return tx.rows("SELECT * FROM rulings WHERE round_id = :r ORDER BY id", r=round_id)


def ruling(tx: Transaction, ruling_id: str) -> Row | None:
    """One ruling."""
    return tx.one("SELECT * FROM rulings WHERE id = :id", id=ruling_id)
