"""The clock of an entrant's phase: its row, one at 0:00 before the first start, seconds used."""

from collections.abc import Sequence

from competition.acting import changed
from competition.errors import BadInput
from competition.rounds.rules import RoundRules
from competition.stage.errors import NotTimed
from competition.states import TIMED
from db import Transaction, entrants
from db import clocks as rows
from db.shapes import ClockRow, RoundRow

SECOND = 1000


def clock_of(tx: Transaction, row: RoundRow, entrant_id: str, phase: str) -> ClockRow:
    """The clock of a phase in the entrant's newest take; one at 0:00 where none was started."""
    if phase not in TIMED:
        raise BadInput(field="phase", value=phase[:20])
    if not RoundRules.from_json(row["rules"]).limit(phase):
        raise NotTimed(phase=phase)
    newest = rows.newest(tx, row["id"], entrant_id, phase)
    if newest is not None:
        return newest
    others = rows.of_entrant(tx, row["id"], entrant_id)
    return fresh(row["id"], entrant_id, phase, others[-1]["take"] if others else 1, rev=0)


def fresh(round_id: str, entrant_id: str, phase: str, take: int, *, rev: int) -> ClockRow:
    """A clock at 0:00."""
    return {
        "round_id": round_id,
        "entrant_id": entrant_id,
        "phase": phase,
        "take": take,
        "state": "ready",
        "used_ms": 0,
        "started_at": None,
        "rev": rev,
    }


def keep_used(tx: Transaction, round_id: str, entrant_id: str) -> None:
    """Keep the seconds that an entrant used, of its newest take."""
    clocks = rows.of_entrant(tx, round_id, entrant_id)
    newest = [one for one in clocks if one["take"] == clocks[-1]["take"]]
    is_used = any(one["state"] != "ready" for one in newest)
    total = sum(map(seconds, newest)) if is_used else None
    row = entrants.place(tx, round_id, entrant_id)
    if row is not None and row["seconds_used"] != total:
        tx.put("round_entrants", changed(row, seconds_used=total))


def seconds(clock: ClockRow) -> int:
    """Whole seconds of a clock that does not run; what is begun is left to the entrant."""
    return clock["used_ms"] // SECOND


def used_in(clocks: Sequence[ClockRow]) -> dict[str, dict[str, int]]:
    """Seconds by entrant and phase."""
    told: dict[str, dict[str, int]] = {}
    for clock in clocks:
        if clock["state"] in ("paused", "stopped"):
            told.setdefault(clock["entrant_id"], {})[clock["phase"]] = seconds(clock)
    return told
