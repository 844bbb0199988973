"""The clocks of entrants on stage, and the last time that a running one was written down."""

from dataclasses import asdict, dataclass

from db.shapes import ClockRow
from db.store import Row, Transaction


@dataclass(frozen=True)
class Run:
    """One run of a clock, from one act to the next."""

    round_id: str
    entrant_id: str
    phase: str
    take: int
    rev: int


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


def run_of(clock: ClockRow) -> Run:
    """The present run of a clock."""
    key = (clock["round_id"], clock["entrant_id"])
    return Run(*key, clock["phase"], clock["take"], clock["rev"])


def mark(tx: Transaction, run: Run) -> Row | None:
    """What was last written down of a run."""
    return tx.one(
        """SELECT * FROM clock_marks WHERE round_id = :round_id AND entrant_id = :entrant_id
        AND phase = :phase AND take = :take AND rev = :rev""",
        **asdict(run),
    )


def write_mark(tx: Transaction, run: Run, elapsed_ms: int, at: str) -> None:
    """Write down how far a run is: telemetry, in place of the last one."""
    tx.run(
        """INSERT INTO clock_marks
        VALUES (:round_id, :entrant_id, :phase, :take, :rev, :elapsed_ms, :at)
        ON CONFLICT (round_id) DO UPDATE SET entrant_id = :entrant_id, phase = :phase,
        take = :take, rev = :rev, elapsed_ms = :elapsed_ms, at = :at""",
        **asdict(run),
        elapsed_ms=elapsed_ms,
        at=at,
    )
