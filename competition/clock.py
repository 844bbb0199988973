"""The time of an act: never before the last event's, whatever the machine's clock says.

A clock that is set back, by a person or by the network, would otherwise open again what a
time has locked, and the log would not be in order.
"""

import time
from datetime import UTC, datetime

from competition.times import parse, stamp
from db import Store, Transaction, events


def now(store: Store) -> datetime:
    """The time for the next act or read: the machine's, or the last event's if that is later."""
    with store.reading() as tx:
        return never_before(tx, datetime.now(UTC))


def ticks() -> int:
    """Milliseconds of the machine's steady clock: nothing can set it; a restart begins it again."""
    return time.monotonic_ns() // 1_000_000


def never_before(tx: Transaction, at: datetime) -> datetime:
    """A time, or the last event's if that is later."""
    last = events.last_time(tx)
    return at if last is None or stamp(at) >= last else parse(last)


def seconds_behind(store: Store, *, at: datetime) -> int:
    """How far a clock that shows ``at`` is behind the last event; 0 where it is not."""
    with store.reading() as tx:
        last = events.last_time(tx)
    return 0 if last is None else max(0, int((parse(last) - at).total_seconds()))
