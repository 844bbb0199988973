"""Sheets and their marks."""

from typing import Any

from db.panel import HOLDS_SEAT
from db.shapes import OpenPair, Sheet, SheetsIn
from db.store import Row, Transaction


def find(tx: Transaction, sheet_id: str) -> Sheet | None:
    """One sheet."""
    return tx.one_of(Sheet, "SELECT * FROM sheets WHERE id = :id", id=sheet_id)


def of_pair(tx: Transaction, round_id: str, entrant_id: str, person_id: str) -> Sheet | None:
    """One judge's sheet of one entrant."""
    return tx.one_of(
        Sheet,
        """SELECT * FROM sheets
        WHERE round_id = :r AND entrant_id = :e AND person_id = :p""",
        r=round_id,
        e=entrant_id,
        p=person_id,
    )


def is_submitted(tx: Transaction, round_id: str, entrant_id: str, person_id: str) -> bool:
    """Whether one judge's sheet of one entrant is submitted."""
    sheet = of_pair(tx, round_id, entrant_id, person_id)
    return sheet is not None and sheet["state"] == "submitted"


def submitted(tx: Transaction, round_id: str) -> list[Row]:
    """The submitted sheets of a round whose judge is expected to mark the entrant."""
    return tx.rows(
        """SELECT s.* FROM sheets s JOIN assignments a ON a.round_id = s.round_id
            AND a.entrant_id = s.entrant_id AND a.person_id = s.person_id
        WHERE s.round_id = :r AND s.state = 'submitted' AND a.state = 'expected'
        ORDER BY s.entrant_id, s.person_id""",
        r=round_id,
    )


def marks(tx: Transaction, sheet_id: str) -> list[Row]:
    """The marks of a sheet in the order of the rubric."""
    return tx.rows(
        """SELECT m.* FROM marks m JOIN criteria c ON c.id = m.criterion_id
        WHERE m.sheet_id = :s ORDER BY c.position""",
        s=sheet_id,
    )


def mark(tx: Transaction, sheet_id: str, criterion_id: str) -> Row | None:
    """One mark."""
    return tx.one(
        "SELECT * FROM marks WHERE sheet_id = :s AND criterion_id = :c",
        s=sheet_id,
        c=criterion_id,
    )


def left_to_submit(tx: Transaction, round_id: str, person_id: str) -> int:
    """How many sheets a judge has still to submit in a round that is open.

    A reserve owes no sheet unless in a seat; no judge owes one for an entrant
    that has withdrawn.
    """
    return int(
        tx.value(
            """SELECT count(*) FROM assignments a
            JOIN rounds r ON r.id = a.round_id
            JOIN seats x ON x.round_id = a.round_id AND x.person_id = a.person_id
            JOIN round_entrants e ON e.round_id = a.round_id AND e.entrant_id = a.entrant_id
            LEFT JOIN sheets s ON s.round_id = a.round_id AND s.entrant_id = a.entrant_id
                AND s.person_id = a.person_id AND s.state = 'submitted'
            WHERE a.round_id = :r AND a.person_id = :p AND a.state = 'expected'
              AND r.state = 'open' AND (x.reserve = 0 OR a.stands_for IS NOT NULL)
              AND e.stage <> 'withdrawn'
              AND s.id IS NULL""",
            r=round_id,
            p=person_id,
        )
    )


def open_pairs(tx: Transaction, round_id: str, entrant_id: str | None = None) -> list[OpenPair]:
    """Every expected sheet of a round that is not submitted, with how far it is.

    ``entrant_id`` leaves only those of one entrant.
    """
    only = "" if entrant_id is None else "AND a.entrant_id = :e"
    return tx.rows_of(
        OpenPair,
        f"""SELECT a.entrant_id, a.person_id, e.number, x.number AS seat,
               s.id AS sheet_id, s.state AS sheet_state,
               (SELECT count(*) FROM marks m
                WHERE m.sheet_id = s.id AND m.value IS NOT NULL) AS marked
        FROM assignments a
        JOIN seats x ON x.round_id = a.round_id AND x.person_id = a.person_id
        JOIN round_entrants e ON e.round_id = a.round_id AND e.entrant_id = a.entrant_id
        LEFT JOIN sheets s ON s.round_id = a.round_id AND s.entrant_id = a.entrant_id
            AND s.person_id = a.person_id
        WHERE a.round_id = :r AND a.state = 'expected'
          AND (x.reserve = 0 OR a.stands_for IS NOT NULL)
          AND e.stage <> 'withdrawn' AND coalesce(s.state, 'draft') <> 'submitted'
          {only} ORDER BY e.number NULLS FIRST, x.number""",
        r=round_id,
        e=entrant_id,
    )


COUNTED = """SELECT s.entrant_id AS entrant, s.person_id AS judge, m.criterion_id AS criterion,
               m.value AS value
        FROM sheets s
        JOIN marks m ON m.sheet_id = s.id AND m.value IS NOT NULL
        JOIN seats x ON x.round_id = s.round_id AND x.person_id = s.person_id
        JOIN assignments a ON a.round_id = s.round_id AND a.entrant_id = s.entrant_id
            AND a.person_id = s.person_id
        JOIN round_entrants e ON e.round_id = s.round_id AND e.entrant_id = s.entrant_id
        WHERE s.round_id = :r AND s.state = 'submitted' AND a.state = 'expected'
          AND (x.reserve = 0 OR a.stands_for IS NOT NULL) AND e.stage <> 'withdrawn'"""
"""The marks that count: of submitted sheets, expected pairs, entrants not withdrawn."""
COUNTED_WITH_IDS = COUNTED.replace("m.value AS value", "m.value AS value, m.client_id AS id")
"""The same, each with the change that wrote it."""


def counted_marks(tx: Transaction, round_id: str) -> list[Row]:
    """The marks that count, a row each: entrant, judge, criterion, value in thousandths."""
    return tx.rows(COUNTED, r=round_id)


def counted_marks_of(tx: Transaction, round_id: str, entrant_id: str) -> list[Row]:
    """As `counted_marks`, of one entrant."""
    return tx.rows(f"{COUNTED} AND s.entrant_id = :e", r=round_id, e=entrant_id)


def counted_columns(tx: Transaction, round_id: str) -> dict[str, tuple[Any, ...]]:
    """As `counted_marks`, by column."""
    return tx.columns(COUNTED, r=round_id)


def marks_with_ids(tx: Transaction, round_id: str) -> list[Row]:
    """As `counted_marks`, each with the ``id`` of the change that wrote it."""
    return tx.rows(COUNTED_WITH_IDS, r=round_id)


def progress(tx: Transaction, round_id: str, entrant_id: str | None = None) -> list[Row]:
    """Every assignment of a round with the state of its sheet, and whether it is a seat's.

    ``entrant_id`` leaves only those of one entrant.
    """
    only = "" if entrant_id is None else "AND a.entrant_id = :e"
    return tx.rows(
        f"""SELECT a.entrant_id, a.person_id, a.state AS assignment, a.reason, a.stands_for,
               e.number, e.session_id, e.stage, x.number AS seat, x.reserve,
               {HOLDS_SEAT} AS holds_seat,
               s.id AS sheet_id, s.state AS sheet_state, s.saved_at, s.submitted_at, s.locked_at,
               (SELECT count(*) FROM marks m
                WHERE m.sheet_id = s.id AND m.value IS NOT NULL) AS marked
        FROM assignments a
        JOIN seats x ON x.round_id = a.round_id AND x.person_id = a.person_id
        JOIN round_entrants e ON e.round_id = a.round_id AND e.entrant_id = a.entrant_id
        LEFT JOIN sheets s ON s.round_id = a.round_id AND s.entrant_id = a.entrant_id
            AND s.person_id = a.person_id
        WHERE a.round_id = :r {only} ORDER BY e.number NULLS FIRST, x.number""",
        r=round_id,
        e=entrant_id,
    )


def counted_of_entrants(tx: Transaction, round_id: str) -> list[SheetsIn]:
    """For each entrant that has not withdrawn: the sheets that count, and those of them in."""
    return tx.rows_of(
        SheetsIn,
        f"""SELECT a.entrant_id, count(*) AS counted,
               count(CASE WHEN s.state = 'submitted' THEN 1 END) AS submitted
        FROM assignments a
        JOIN seats x ON x.round_id = a.round_id AND x.person_id = a.person_id
        JOIN round_entrants e ON e.round_id = a.round_id AND e.entrant_id = a.entrant_id
        LEFT JOIN sheets s ON s.round_id = a.round_id AND s.entrant_id = a.entrant_id
            AND s.person_id = a.person_id
        WHERE a.round_id = :r AND a.state = 'expected' AND {HOLDS_SEAT}
          AND e.stage <> 'withdrawn'
        GROUP BY a.entrant_id""",
        r=round_id,
    )


def reopening(tx: Transaction, reopening_id: str) -> Row | None:
    """One request to reopen a sheet."""
    return tx.one("SELECT * FROM reopenings WHERE id = :id", id=reopening_id)


def reopenings(tx: Transaction, round_id: str) -> list[Row]:
    """The requests to reopen sheets of a round, newest first."""
    return tx.rows(
        """SELECT o.*, s.entrant_id, s.person_id, s.round_id
        FROM reopenings o JOIN sheets s ON s.id = o.sheet_id
        WHERE s.round_id = :r ORDER BY o.asked_at DESC, o.id""",
        r=round_id,
    )


def asked(tx: Transaction, sheet_id: str) -> Row | None:
    """The unanswered request to reopen a sheet."""
    return tx.one("SELECT * FROM reopenings WHERE sheet_id = :s AND state = 'asked'", s=sheet_id)


def of_entrant(tx: Transaction, round_id: str, entrant_id: str) -> list[Row]:
    """Every judge's sheet of one entrant."""
    return tx.rows(
        "SELECT * FROM sheets WHERE round_id = :r AND entrant_id = :e ORDER BY person_id",
        r=round_id,
        e=entrant_id,
    )


def revisions(tx: Transaction, round_id: str) -> list[Row]:
    """How often each sheet of a round has been changed, and whether it is in."""
    return tx.rows(
        "SELECT id, entrant_id, rev, state FROM sheets WHERE round_id = :r ORDER BY id", r=round_id
    )


def given(tx: Transaction, round_id: str) -> list[Row]:
    """Every mark of a round that was given, read, typed in or asked for: number, judge, value."""
    return tx.rows(
        """SELECT e.number, p.name AS judge, m.criterion_id, m.value FROM (
            SELECT s.round_id, s.entrant_id, s.person_id, m.criterion_id, m.value
            FROM sheets s JOIN marks m ON m.sheet_id = s.id
            UNION SELECT d.round_id, d.entrant_id, d.person_id, m.criterion_id, m.value
            FROM readings d JOIN reading_marks m ON m.reading_id = d.id
            UNION SELECT q.round_id, q.entrant_id, q.person_id, m.criterion_id, m.value
            FROM change_requests q JOIN requested_marks m ON m.request_id = q.id
            UNION SELECT t.round_id, t.entrant_id, t.person_id, m.criterion_id, m.value
            FROM transcriptions t JOIN transcribed_marks m ON m.transcription_id = t.id) m
        JOIN round_entrants e ON e.round_id = m.round_id AND e.entrant_id = m.entrant_id
        JOIN people p ON p.id = m.person_id
        WHERE m.round_id = :r AND m.value IS NOT NULL ORDER BY e.number NULLS FIRST, p.name""",
        r=round_id,
    )
