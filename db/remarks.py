"""A judge's words on a sheet: the remark that goes with it, and the private note."""

from db.store import Row, Transaction


def of_judge(tx: Transaction, round_id: str, person_id: str) -> list[Row]:
    """All remarks and notes of one judge in a round."""
    return tx.rows(
        "SELECT * FROM remarks WHERE round_id = :r AND person_id = :p ORDER BY entrant_id, kind",
        r=round_id,
        p=person_id,
    )


def of_round(tx: Transaction, round_id: str) -> list[Row]:
    """The remarks of a round, never the private notes."""
    return tx.rows(
        """SELECT * FROM remarks WHERE round_id = :r AND kind = 'remark' AND text <> ''
        ORDER BY entrant_id, person_id""",
        r=round_id,
    )
