"""How long a clock has run: by the machine's steady clock, whatever its wall clock does.

The time used so far is stored. While the server runs, a running clock counts by `clock.ticks`,
which no person and no network can set. Once a second it is written down (telemetry), so that
after a restart it goes on from there by the wall clock, and never falls below.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from competition.times import parse, stamp
from db import DatabaseError, Store, Transaction
from db import clocks as rows
from db.shapes import ClockRow

EVERY_MS = 1000


@dataclass(frozen=True)
class _Anchor:
    """How far a run was when the steady clock showed ``ticks``."""

    run: rows.Run
    elapsed_ms: int
    ticks: int


_anchors: dict[tuple[str, str], _Anchor] = {}
"""Database and round to the run of its clock: one clock of a round runs at a time."""
_written: dict[tuple[str, str], int] = {}
_lock = threading.Lock()


def elapsed_ms(tx: Transaction, store: Store, clock: ClockRow, *, at: datetime, ticks: int) -> int:
    """Milliseconds that a clock has run, its present run included."""
    if clock["started_at"] is None:
        return clock["used_ms"]
    run = rows.run_of(clock)
    here = (str(store.path), run.round_id)
    with _lock:
        anchor = _anchors.get(here)
        if anchor is None or anchor.run != run or ticks < anchor.ticks:
            anchor = _Anchor(run, _by_wall_clock(tx, clock, at), ticks)
            if not tx.is_written:
                _anchors[here] = anchor
        return anchor.elapsed_ms + ticks - anchor.ticks


def write_down(store: Store, run: rows.Run, elapsed: int, *, at: datetime, ticks: int) -> None:
    """Write down once a second how far a run is."""
    here = (str(store.path), run.round_id)
    with _lock:
        last = _written.get(here)
        if last is not None and 0 <= ticks - last < EVERY_MS:
            return
        _written[here] = ticks
    with suppress(DatabaseError), store.writing(waits=False) as tx:
        rows.write_mark(tx, run, elapsed, stamp(at))


def forget() -> None:
    """Forget what is only remembered, as a restart does."""
    with _lock:
        _anchors.clear()
        _written.clear()


def _by_wall_clock(tx: Transaction, clock: ClockRow, at: datetime) -> int:
    """From what was last written down of this run, or from its beginning; never backwards."""
    mark = rows.mark(tx, rows.run_of(clock))
    since = parse(mark["at"] if mark else str(clock["started_at"]))
    passed = int((at - since).total_seconds() * 1000)
    return (mark["elapsed_ms"] if mark else clock["used_ms"]) + max(0, passed)
