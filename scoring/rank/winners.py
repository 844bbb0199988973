"""Selection by scores alone, for many rows at once: caps, then floors, then the rest.

Every member of a group compares with one line a row: the higher of its cap's, and the lower of
its floor's and of the one for the remaining seats. The lines are looked for in single precision,
which is twice as quick; a row in which two scores are then equal is repeated in double.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.exact import Floats, Integers
from scoring.rank.quotas import Quotas

Scores = NDArray[np.floating[Any]]
"""In single or in double precision."""


@dataclass(frozen=True)
class _Part:
    """The members of one group, from `start` to `end` in the order of `_parts`."""

    start: int
    end: int
    cap: int
    floor: int


def winners(scores: Floats, seats: int, groups: Sequence[Hashable], quotas: Quotas) -> Integers:
    """Which are in, for each row of scores; scores equal at a line are all in.

    Parameters
    ----------
    scores : array
        Rows × entrants.
    groups : sequence
        The group of each entrant.

    Returns
    -------
    array of bool
        Rows × entrants.
    """
    if not quotas:
        return _best(scores, seats)
    order, parts = _parts(groups, quotas)
    inside = np.empty(scores.T.shape, dtype=bool)
    inside[order] = _inside(np.take(scores.astype(np.float32).T.copy(), order, 0), seats, parts)
    held = sum(part.floor for part in parts)
    open_to = sum(part.cap - part.floor for part in parts)
    unclear = np.flatnonzero(inside.sum(axis=0) != held + min(max(seats - held, 0), open_to))
    if len(unclear):
        again = np.ix_(order, unclear)
        inside[again] = _inside(scores.T[again], seats, parts)
    return np.asarray(inside.T)


def _best(scores: Floats, seats: int) -> Integers:
    """The `seats` best of each row; all of them where there are no more."""
    size = scores.shape[1]
    if seats >= size or seats <= 0:
        return np.full(scores.shape, seats > 0)
    single = scores.astype(np.float32)
    inside = single >= np.partition(single, size - seats, axis=1)[:, [size - seats]]
    unclear = np.flatnonzero(inside.sum(axis=1) != seats)
    if len(unclear):
        rows = scores[unclear]
        inside[unclear] = rows >= np.partition(rows, size - seats, axis=1)[:, [size - seats]]
    return np.asarray(inside)


def _parts(groups: Sequence[Hashable], quotas: Quotas) -> tuple[Integers, list[_Part]]:
    """Entrants group by group, and where each group stands."""
    members: dict[Hashable, list[int]] = {}
    for place, group in enumerate(groups):
        members.setdefault(group, []).append(place)
    parts, start = [], 0
    for group, own in members.items():
        cap = quotas.cap(group)
        most = len(own) if cap is None else min(cap, len(own))
        floor = min(quotas.floor(group), most)
        parts.append(_Part(start, start + len(own), most, floor))
        start += len(own)
    return np.array([place for own in members.values() for place in own], dtype=int), parts


def _inside(scores: Scores, seats: int, parts: Sequence[_Part]) -> Integers:
    """Entrants × rows: which are in."""
    none, every = np.full((2, scores.shape[1]), [[np.inf], [-np.inf]], dtype=scores.dtype)
    capped, floored, rest = [], [], []
    left = seats
    for part in parts:
        own = scores[part.start : part.end]
        if part.cap < len(own):
            own = _largest(own, part.cap)
            capped.append(own[0] if part.cap else none)
        else:
            capped.append(every)
        floored.append(_line(own, part.floor) if part.floor else none)
        if part.floor < part.cap:
            rest.append(np.where(own >= floored[-1], -np.inf, own) if part.floor else own)
        left -= part.floor
    last = none
    if left > 0:
        open_to = sum(part.cap - part.floor for part in parts)
        last = _line(np.concatenate(rest), left) if left < open_to else every
    inside = np.empty(scores.shape, dtype=bool)
    for part, cap, floor in zip(parts, capped, floored, strict=True):
        line = np.maximum(cap, np.minimum(floor, last))
        np.greater_equal(scores[part.start : part.end], line, out=inside[part.start : part.end])
    return inside


def _largest(scores: Scores, seats: int) -> Scores:
    """The `seats` largest of each column, the smallest of them first."""
    size = len(scores)
    if seats == 1:
        return np.asarray(scores.max(axis=0, keepdims=True))
    if 0 < seats < size:
        return np.asarray(np.partition(scores.T, size - seats, axis=1)[:, size - seats :].T)
    return scores[: seats and size]


def _line(scores: Scores, seats: int) -> Scores:
    """The `seats`-th largest of each column."""
    if seats >= len(scores):
        return np.asarray(scores.min(axis=0))
    return np.asarray(_largest(scores, seats)[0])
