"""Sheets typed in for a judge, from dictation or from paper."""

from db.shapes import TranscriptionRow
from db.store import Row, Transaction


def find(tx: Transaction, transcription_id: str) -> Row | None:
    """One transcription."""
    return tx.one("SELECT * FROM transcriptions WHERE id = :id", id=transcription_id)


def marks(tx: Transaction, transcription_id: str) -> list[Row]:
    """Its marks in the order of the rubric."""
    return tx.rows(
        """SELECT m.*, c.name, c.step FROM transcribed_marks m
        JOIN criteria c ON c.id = m.criterion_id
        WHERE m.transcription_id = :t ORDER BY c.position""",
        t=transcription_id,
    )


def typed(tx: Transaction, round_id: str, entrant_id: str, person_id: str) -> list[Row]:
    """What was typed for one sheet and is neither confirmed nor refused, oldest first."""
    return tx.rows(
        """SELECT * FROM transcriptions
        WHERE round_id = :r AND entrant_id = :e AND person_id = :p AND state = 'typed'
        ORDER BY typed_at, transcriptions.rowid""",
        r=round_id,
        e=entrant_id,
        p=person_id,
    )


def kinds(tx: Transaction, round_id: str) -> dict[tuple[str, str], str]:
    """How the sheets came that were typed in: by entrant and judge, the last one confirmed."""
    rows = tx.rows(
        """SELECT entrant_id, person_id, kind FROM transcriptions
        WHERE round_id = :r AND state = 'confirmed' ORDER BY answered_at, transcriptions.rowid""",
        r=round_id,
    )
    return {(row["entrant_id"], row["person_id"]): row["kind"] for row in rows}


def of_round(tx: Transaction, round_id: str) -> list[TranscriptionRow]:
    """Every transcription of a round, newest first."""
    return tx.rows_of(
        TranscriptionRow,
        """SELECT t.*, x.number AS seat, e.number FROM transcriptions t
        JOIN seats x ON x.round_id = t.round_id AND x.person_id = t.person_id
        JOIN round_entrants e ON e.round_id = t.round_id AND e.entrant_id = t.entrant_id
        WHERE t.round_id = :r ORDER BY t.typed_at DESC, t.rowid DESC""",
        r=round_id,
    )
