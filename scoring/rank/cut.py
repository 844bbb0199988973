"""The cut, its open zone, and the chain of keys that orders the zone.

All comparisons are between integers: published scores Q and the half-width H.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.exact import published
from scoring.rank.keys import Case, Undefined, Value, chain


@dataclass(frozen=True)
class Zone:
    """A cut at N seats: who is clearly above, open, below (indices, best first)."""

    above: tuple[int, ...]
    open: tuple[int, ...]
    below: tuple[int, ...]
    last_in: int | None
    first_out: int | None


def open_zone(units: dict[int, int], seats: int, half: int) -> Zone:
    """Sort by Q; i is above if 2Q_i - Q_(N) - Q_(N+1) > 2H, open within ±2H, below otherwise.

    With no more entrants than seats all are above.
    """
    order = sorted(units, key=lambda member: (-units[member], member))
    if len(order) <= seats:
        return Zone(tuple(order), (), (), None, None)
    if seats == 0:
        return Zone((), (), tuple(order), None, units[order[0]])
    last, first = units[order[seats - 1]], units[order[seats]]
    gaps = {member: 2 * units[member] - last - first for member in order}
    above = tuple(m for m in order if gaps[m] > 2 * half)
    near = tuple(m for m in order if abs(gaps[m]) <= 2 * half)
    below = tuple(m for m in order if gaps[m] < -2 * half)
    return Zone(above, near, below, last, first)


@dataclass(frozen=True)
class Step:
    """One key tried on one tied set.

    Attributes
    ----------
    key, detail
        The key, and the criterion it looked at.
    tied
        Ids of the set it was computed for.
    values
        id -> printed value; empty where undefined.
    reason
        Why it was skipped, "" where it was not.
    admitted, refused
        Ids it decided.
    """

    key: str
    detail: str
    tied: tuple[Any, ...]
    values: dict[Any, Any] = field(default_factory=dict)
    reason: str = ""
    admitted: tuple[Any, ...] = ()
    refused: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """A settled zone: members admitted, refused, or waiting for a ruling, lots or readings."""

    admitted: tuple[int, ...]
    refused: tuple[int, ...]
    waiting: tuple[int, ...]
    steps: tuple[Step, ...]
    by: dict[int, str]


def settle(case: Case, tied: Sequence[int], seats: int) -> Outcome:
    """Give the seats to the tied, key after key, always for the set that still straddles."""
    admitted: list[int] = []
    refused: list[int] = []
    steps: list[Step] = []
    by: dict[int, str] = {}
    left, waiting = tuple(tied), "unresolved"
    jury = case.rules.at_cut == "jury"
    for key, detail in [("reading", "")] * jury + chain(case.rules):
        if not left:
            break
        try:
            values = case.registry[key](case, left, detail)
        except Undefined as undefined:
            steps.append(_skipped(case, key, detail, left, undefined.reason))
            if undefined.waits:
                waiting = undefined.reason
                break
            continue
        inside, rest, outside = _split(values, left, seats - len(admitted))
        steps.append(_step(case, key, detail, values, (inside, outside)))
        admitted += inside
        refused += outside
        by |= dict.fromkeys((*inside, *outside), key_name(key, detail))
        left = rest
    by |= dict.fromkeys(left, waiting)
    return Outcome(tuple(admitted), tuple(refused), left, tuple(steps), by)


def key_name(key: str, detail: str) -> str:
    """Text of `decided_by`: the key, and its criterion after a colon."""
    return f"{key}:{detail}" if detail else key


def _split(
    values: dict[int, Value], tied: Sequence[int], seats: int
) -> tuple[list[int], tuple[int, ...], list[int]]:
    """Members above, at and below the value on which the last seat falls."""
    order = sorted(tied, key=lambda m: tuple(-part for part in values[m]))
    line, after = values[order[seats - 1]], values[order[seats]]
    if line != after:
        return order[:seats], (), order[seats:]
    inside = [m for m in order if values[m] > line]
    rest = tuple(m for m in tied if values[m] == line)
    return inside, rest, [m for m in order if values[m] < line]


def arrange(case: Case, tied: Sequence[int]) -> list[tuple[list[int], str]]:
    """Order a set of equal scores by the whole chain: classes, best first, with the key.

    A class that no key parts, or that waits for people, stays together.
    """
    return _arrange(case, list(tied), chain(case.rules))


def _arrange(
    case: Case, tied: list[int], keys: Sequence[tuple[str, str]]
) -> list[tuple[list[int], str]]:
    for place, (key, detail) in enumerate(keys):
        try:
            values = case.registry[key](case, tied, detail)
        except Undefined as undefined:
            if undefined.waits:
                break
            continue
        levels = sorted(set(values.values()), reverse=True)
        if len(levels) == 1:
            continue
        classes: list[tuple[list[int], str]] = []
        for level in levels:
            members = [m for m in tied if values[m] == level]
            if len(members) == 1:
                classes.append((members, key_name(key, detail)))
            else:
                classes += _arrange(case, members, keys[place + 1 :])
        return classes
    return [(tied, "official")]


def _skipped(case: Case, key: str, detail: str, tied: Sequence[int], reason: str) -> Step:
    return Step(key, detail, tuple(case.ids[m] for m in tied), reason=reason)


def _step(
    case: Case,
    key: str,
    detail: str,
    values: dict[int, Value],
    decided: tuple[list[int], list[int]],
) -> Step:
    ids = case.ids
    step = Step(key, detail, tuple(ids[m] for m in values))
    shown = {ids[m]: _shown(key, value, case.rules.decimals) for m, value in values.items()}
    inside, outside = (tuple(ids[m] for m in members) for members in decided)
    return replace(step, values=shown, admitted=inside, refused=outside)


def _shown(key: str, value: Value, decimals: int) -> Any:
    """A key's value as it is printed."""
    if key in ("reading", "precision", "least_squares_tied", "first_criteria", "mean_all"):
        return published(int(value[0]), decimals)
    if key == "more_decimals":
        return published(int(value[0]), 6)
    if key == "countback":
        return [int(part) for part in value]
    if key == "majority_judgment":
        return [Decimal(part.numerator) / Decimal(part.denominator) for part in value]
    if key == "lots" and abs(Fraction(value[0])) > 10**9:
        return f"{-int(value[0]):064x}"
    return Decimal(-int(value[0]))
