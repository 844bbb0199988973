"""Seats, panels, recusals and assignments."""

from db.entrants import SEEN
from db.shapes import Assignment, Seat, SeatedJudge
from db.store import Row, Transaction

HOLDS_SEAT = """(a.stands_for IS NOT NULL OR x.reserve = 0 AND NOT EXISTS (
    SELECT 1 FROM assignments b WHERE b.round_id = a.round_id
    AND b.entrant_id = a.entrant_id AND b.stands_for = a.person_id))"""
"""Whether assignment ``a`` of the one in seat ``x`` is that of a seat of the panel: a judge's
own, or of a judge in reserve who has taken over another seat; one for each seat and entrant."""


def seats(tx: Transaction, round_id: str) -> list[SeatedJudge]:
    """The seats of a round with who sits on them, by number."""
    return tx.rows_of(
        SeatedJudge,
        """SELECT x.*, p.name, p.county, p.native_county, p.unit
        FROM seats x JOIN people p ON p.id = x.person_id
        WHERE x.round_id = :r ORDER BY x.number""",
        r=round_id,
    )


def seat(tx: Transaction, round_id: str, person_id: str) -> Seat | None:
    """One person's seat in a round."""
    return tx.one_of(
        Seat, "SELECT * FROM seats WHERE round_id = :r AND person_id = :p", r=round_id, p=person_id
    )


def members(tx: Transaction, session_id: str) -> list[Row]:
    """The panel of a session, by seat number."""
    return tx.rows(
        """SELECT x.* FROM panels m JOIN sessions s ON s.id = m.session_id
        JOIN seats x ON x.round_id = s.round_id AND x.person_id = m.person_id
        WHERE m.session_id = :s ORDER BY x.number""",
        s=session_id,
    )


def recusals(tx: Transaction, round_id: str) -> list[Row]:
    """The recusals of a round."""
    return tx.rows(
        "SELECT * FROM recusals WHERE round_id = :r ORDER BY entrant_id, person_id", r=round_id
    )


def recusal(tx: Transaction, round_id: str, entrant_id: str, person_id: str) -> Row | None:
    """One recusal."""
    return tx.one(
        """SELECT * FROM recusals
        WHERE round_id = :r AND entrant_id = :e AND person_id = :p""",
        r=round_id,
        e=entrant_id,
        p=person_id,
    )


def assignments(tx: Transaction, round_id: str) -> list[Assignment]:
    """Every assignment of a round with its state: expected, recused or absent."""
    return tx.rows_of(
        Assignment,
        "SELECT * FROM assignments WHERE round_id = :r ORDER BY entrant_id, person_id",
        r=round_id,
    )


def of_seats(tx: Transaction, round_id: str) -> list[Assignment]:
    """The assignments of those who hold a seat: one for each seat of the panel and entrant."""
    return tx.rows_of(
        Assignment,
        f"""SELECT a.* FROM assignments a
        JOIN seats x ON x.round_id = a.round_id AND x.person_id = a.person_id
        WHERE a.round_id = :r AND {HOLDS_SEAT} ORDER BY a.entrant_id, a.person_id""",
        r=round_id,
    )


def seat_states(tx: Transaction, round_id: str) -> list[Row]:
    """As `of_seats`, with entrant, judge and state alone: what ranking reads."""
    return tx.rows(
        f"""SELECT a.entrant_id, a.person_id, a.state FROM assignments a
        JOIN seats x ON x.round_id = a.round_id AND x.person_id = a.person_id
        WHERE a.round_id = :r AND {HOLDS_SEAT} ORDER BY a.entrant_id, a.person_id""",
        r=round_id,
    )


def stand_in(tx: Transaction, round_id: str, entrant_id: str, person_id: str) -> Row | None:
    """The seat of a judge's replacement for one entrant."""
    return tx.one(
        """SELECT x.* FROM assignments a
        JOIN seats x ON x.round_id = a.round_id AND x.person_id = a.person_id
        WHERE a.round_id = :r AND a.entrant_id = :e AND a.stands_for = :p""",
        r=round_id,
        e=entrant_id,
        p=person_id,
    )


def substitutions(tx: Transaction, round_id: str) -> list[Row]:
    """The substitutions of a round, oldest first."""
    return tx.rows("SELECT * FROM substitutions WHERE round_id = :r ORDER BY at, id", r=round_id)


def assignment(tx: Transaction, round_id: str, entrant_id: str, person_id: str) -> Row | None:
    """One judge's assignment to one entrant."""
    return tx.one(
        """SELECT * FROM assignments
        WHERE round_id = :r AND entrant_id = :e AND person_id = :p""",
        r=round_id,
        e=entrant_id,
        p=person_id,
    )


def of_judge(tx: Transaction, round_id: str, person_id: str) -> list[Row]:
    """One judge's entrants in the order of the stage, with sheet and marks counted."""
    return tx.rows(
        f"""SELECT n.id, n.competition_id, {SEEN},
               e.number, e.stage, e.session_id, a.state AS assignment, a.reason,
               a.stands_for, (SELECT y.number FROM seats y WHERE y.round_id = a.round_id
                   AND y.person_id = a.stands_for) AS stands_for_seat,
               s.id AS sheet_id, s.state AS sheet_state, s.rev, s.saved_at, s.submitted_at,
               s.locked_at,
               (SELECT count(*) FROM marks m
                WHERE m.sheet_id = s.id AND m.value IS NOT NULL) AS marked,
               (SELECT sum(m.value) FROM marks m WHERE m.sheet_id = s.id) AS points
        FROM assignments a
        JOIN round_entrants e ON e.round_id = a.round_id AND e.entrant_id = a.entrant_id
        JOIN entrants n ON n.id = a.entrant_id
        LEFT JOIN kept_facts k ON k.round_id = a.round_id AND k.entrant_id = a.entrant_id
        LEFT JOIN sheets s ON s.round_id = a.round_id AND s.entrant_id = a.entrant_id
            AND s.person_id = a.person_id
        WHERE a.round_id = :r AND a.person_id = :p
        ORDER BY e.number NULLS FIRST, n.code, n.title""",
        r=round_id,
        p=person_id,
    )


def numbers(tx: Transaction, competition_id: str) -> list[tuple[str, str, int, int]]:
    """Every seat of a competition: round, person, number, reserve."""
    return [
        (row["round_id"], row["person_id"], row["number"], row["reserve"])
        for row in tx.rows(
            """SELECT x.* FROM seats x JOIN rounds r ON r.id = x.round_id
            WHERE r.competition_id = :c AND r.practice_of IS NULL AND r.reading_of IS NULL
            ORDER BY r.position, x.number""",
            c=competition_id,
        )
    ]


def by_number(tx: Transaction, round_id: str, number: int) -> Row | None:
    """The seat with a number."""
    return tx.one("SELECT * FROM seats WHERE round_id = :r AND number = :n", r=round_id, n=number)


def of_entrant(tx: Transaction, round_id: str, entrant_id: str) -> list[Row]:
    """The assignments to one entrant."""
    return tx.rows(f"{_SEATED} AND a.entrant_id = :e ORDER BY x.number", r=round_id, e=entrant_id)


def of_entrants(tx: Transaction, round_id: str) -> list[Row]:
    """As `of_entrant`, of all entrants of a round."""
    return tx.rows(f"{_SEATED} ORDER BY a.entrant_id, x.number", r=round_id)


_SEATED = f"""SELECT a.*, x.number, {HOLDS_SEAT} AS holds_seat FROM assignments a
    JOIN seats x ON x.round_id = a.round_id AND x.person_id = a.person_id
    WHERE a.round_id = :r"""
