"""The clocks of entrants on stage, and the last time that a running one was written down."""

from db.shapes import ClockRow
from db.store import Row, Transaction


def of_entrant(tx: Transaction, round_id: str, entrant_id: str) -> list[ClockRow]:
    """Every clock of an entrant, the newest take last."""
    return tx.rows_of(
        ClockRow,
        """SELECT * FROM clocks WHERE round_id = :r AND entrant_id = :e
        ORDER BY take, phase DESC""",
        r=round_id,
        e=entrant_id,
    )


def of_round(tx: Transaction, round_id: str) -> list[ClockRow]:
    """The clocks of each entrant's newest take."""
    return tx.rows_of(
        ClockRow,
        """SELECT c.* FROM clocks c WHERE c.round_id = :r AND c.take = (
            SELECT max(o.take) FROM clocks o
            WHERE o.round_id = c.round_id AND o.entrant_id = c.entrant_id)
        ORDER BY c.entrant_id, c.phase DESC""",
        r=round_id,
    )


def newest(tx: Transaction, round_id: str, entrant_id: str, phase: str) -> ClockRow | None:
    """The clock of one phase in an entrant's newest take."""
    rows = of_entrant(tx, round_id, entrant_id)
    take = rows[-1]["take"] if rows else 0
    return next((row for row in rows if row["take"] == take and row["phase"] == phase), None)


def mark(tx: Transaction, clock: ClockRow) -> Row | None:
    """What was last written down of this run of a clock."""
    return tx.one(
        """SELECT * FROM clock_marks WHERE round_id = :r AND entrant_id = :e
        AND phase = :p AND take = :t AND rev = :v""",
        r=clock["round_id"],
        e=clock["entrant_id"],
        p=clock["phase"],
        t=clock["take"],
        v=clock["rev"],
    )


def write_mark(tx: Transaction, clock: ClockRow, elapsed_ms: int, at: str) -> None:
    """Write down how far a running clock is: telemetry, in place of the last one."""
    tx.run(
        """INSERT INTO clock_marks VALUES (:r, :e, :p, :t, :v, :ms, :at)
        ON CONFLICT (round_id) DO UPDATE SET entrant_id = :e, phase = :p, take = :t,
        rev = :v, elapsed_ms = :ms, at = :at""",
        r=clock["round_id"],
        e=clock["entrant_id"],
        p=clock["phase"],
        t=clock["take"],
        v=clock["rev"],
        ms=elapsed_ms,
        at=at,
    )
