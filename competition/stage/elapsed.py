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

Key = tuple[str, str, str, str, int]


@dataclass(frozen=True)
class _Anchor:
    """How far one run of a clock was when the steady clock showed ``ticks``."""

    rev: int
    elapsed_ms: int
    ticks: int


_anchors: dict[Key, _Anchor] = {}
_written: dict[tuple[str, str], int] = {}
_lock = threading.Lock()


def elapsed_ms(tx: Transaction, store: Store, clock: ClockRow, *, at: datetime, ticks: int) -> int:
    """Milliseconds that a clock has run, its present run included."""
    if clock["started_at"] is None:
        return clock["used_ms"]
    with _lock:
        anchor = _anchors.get(_key(store, clock))
        if anchor is None or anchor.rev != clock["rev"] or ticks < anchor.ticks:
            anchor = _Anchor(clock["rev"], _by_wall_clock(tx, clock, at), ticks)
            if not tx.is_written:
                _anchors[_key(store, clock)] = anchor
        return anchor.elapsed_ms + ticks - anchor.ticks


def write_down(store: Store, clock: ClockRow, elapsed: int, *, at: datetime, ticks: int) -> None:
    """Write down once a second how far a running clock is."""
    here = (str(store.path), clock["round_id"])
    with _lock:
        last = _written.get(here)
        if last is not None and 0 <= ticks - last < EVERY_MS:
            return
        _written[here] = ticks
    with suppress(DatabaseError), store.writing(waits=False) as tx:
        rows.write_mark(tx, clock, elapsed, stamp(at))


def forget() -> None:
    """Forget what is only remembered, as a restart does."""
    with _lock:
        _anchors.clear()
        _written.clear()


def _key(store: Store, clock: ClockRow) -> Key:
    phase = (clock["phase"], clock["take"])
    return (str(store.path), clock["round_id"], clock["entrant_id"], *phase)


def _by_wall_clock(tx: Transaction, clock: ClockRow, at: datetime) -> int:
    """From what was last written down of this run, or from its beginning; never backwards."""
    mark = rows.mark(tx, clock)
    since = parse(mark["at"] if mark else str(clock["started_at"]))
    passed = int((at - since).total_seconds() * 1000)
    return (mark["elapsed_ms"] if mark else clock["used_ms"]) + max(0, passed)
