"""Second readings: whole sheets of judges who had not marked the entrant before."""

from db.store import Row, Transaction


def find(tx: Transaction, reading_id: str) -> Row | None:
    """One reading."""
    return tx.one("SELECT * FROM readings WHERE id = :id", id=reading_id)


def standing(tx: Transaction, round_id: str) -> list[Row]:
    """The readings of a round that are not withdrawn."""
    return tx.rows(
        """SELECT * FROM readings WHERE round_id = :r AND withdrawn_by IS NULL
        ORDER BY entrant_id, person_id""",
        r=round_id,
    )


def of_round(tx: Transaction, round_id: str) -> list[Row]:
    """Every reading of a round with the entrant's number and the reader's name."""
    return tx.rows(
        """SELECT d.*, e.number, p.name AS reader FROM readings d
        JOIN round_entrants e ON e.round_id = d.round_id AND e.entrant_id = d.entrant_id
        JOIN people p ON p.id = d.person_id
        WHERE d.round_id = :r ORDER BY e.number NULLS FIRST, p.name, d.entered_at, d.id""",
        r=round_id,
    )


def marks(tx: Transaction, reading_id: str) -> list[Row]:
    """Its marks in the order of the rubric."""
    return tx.rows(
        """SELECT m.*, c.name, c.step FROM reading_marks m
        JOIN criteria c ON c.id = m.criterion_id
        WHERE m.reading_id = :d ORDER BY c.position""",
        d=reading_id,
    )


def marked(tx: Transaction, round_id: str) -> set[tuple[str, str]]:
    """Entrant and judge of every sheet of a round that holds a mark."""
    rows = tx.rows(
        """SELECT DISTINCT s.entrant_id, s.person_id FROM sheets s
        JOIN marks m ON m.sheet_id = s.id AND m.value IS NOT NULL WHERE s.round_id = :r""",
        r=round_id,
    )
    return {(row["entrant_id"], row["person_id"]) for row in rows}


def complete(tx: Transaction, round_id: str) -> set[str]:
    """Entrants read by every reader of the round, each reading confirmed.

    A round's readers are all who have a reading that is not withdrawn: entrants read by
    different judges could not be compared.
    """
    rows = standing(tx, round_id)
    if not rows:
        return set()
    first = marked(tx, round_id)
    readers = {row["person_id"] for row in rows}
    read: dict[str, set[str]] = {}
    for row in rows:
        pair = (row["entrant_id"], row["person_id"])
        if row["confirmed_by"] and pair not in first:
            read.setdefault(row["entrant_id"], set()).add(row["person_id"])
    return {entrant_id for entrant_id, by in read.items() if by == readers}


def counted_marks(tx: Transaction, round_id: str) -> list[Row]:
    """The marks of the readings that count: of entrants read by every reader."""
    whole = complete(tx, round_id)
    rows = tx.rows(
        """SELECT d.entrant_id AS entrant, d.person_id AS judge, m.criterion_id AS criterion,
               m.value AS value
        FROM readings d JOIN reading_marks m ON m.reading_id = d.id
        WHERE d.round_id = :r AND d.confirmed_by IS NOT NULL AND d.withdrawn_by IS NULL
        ORDER BY d.entrant_id, d.person_id, m.criterion_id""",
        r=round_id,
    )
    return [row for row in rows if row["entrant"] in whole]
