"""Who has a seat, and who has none, whatever the missing sheets will say."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from scoring.exact import Integers
from scoring.rank.quotas import Quotas


def seat_states(
    low: Integers, high: Integers, groups: Sequence[Any], quotas: Quotas, *, seats: int, half: int
) -> list[str]:
    """Say "safe", "out" or, where it is still open, "contention" for each entrant.

    This uses one property of a cut: no entrant loses a seat to one more than 2H lower. An entrant
    out therefore has N others in, each at most 2H lower or let in by a floor; an entrant in
    leaves fewer than N others out of reach. Where a cap parts a group the promise is used twice.

    Parameters
    ----------
    low, high
        Lowest and highest possible published scores Q.
    groups
        Each entrant's group, None without one.
    half
        H, as it stands.
    """
    count = len(low)
    may_be_in, must_be_in = np.zeros(count, dtype=int), np.zeros(count, dtype=int)
    held, barred = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    hopeless, no_floor = barred.copy(), barred.copy()
    for group in dict.fromkeys(groups):
        own = np.array([other == group for other in groups], dtype=bool)
        size = int(own.sum())
        limit = quotas.cap(group)
        cap = size if limit is None else min(limit, size)
        floor = min(quotas.floor(group), cap)
        threats = _at_least(high[own], low - 2 * half) - own
        ahead = _at_least(low[own], high + 2 * half + 1)
        over = _at_least(low[own], high + 4 * half + 1) if cap < size else ahead
        may_be_in += np.minimum(np.where(own, threats, np.maximum(threats, floor)), cap)
        must_be_in += np.minimum(np.where(own, ahead, np.maximum(over, floor)), cap)
        held |= own & (threats < floor)
        no_floor |= own & (ahead >= floor)
        if cap < size:
            barred |= own & (threats >= cap)
            hopeless |= own & (ahead >= cap)
    safe = (held | (may_be_in < seats)) & ~barred
    out = hopeless | (no_floor & (must_be_in >= seats))
    return ["safe" if s else "out" if o else "contention" for s, o in zip(safe, out, strict=True)]


def _at_least(values: Integers, lines: Integers) -> Integers:
    """How many of the values reach each line."""
    return np.asarray(len(values) - np.searchsorted(np.sort(values), lines, side="left"))
