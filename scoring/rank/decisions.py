"""The outcome of the cuts: each decision with its evidence, and the selection they make."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoring.rank.cut import Step
from scoring.rank.pairs import Pair


@dataclass(frozen=True)
class Gap:
    """Distance between the two sides of a line, whatever H is.

    Attributes
    ----------
    points
        Q_(N) - Q_(N+1) as printed.
    seds
        The same in standard errors of a difference; NaN where there is none in points.
    width, zone
        2H in points at band .5, and the ids that would be open; None and empty without an error.
    """

    points: Decimal
    seds: float
    width: Decimal | None
    zone: tuple[Any, ...]


@dataclass(frozen=True)
class Decision:
    """One cut.

    Attributes
    ----------
    kind, group
        "cap", "floor" (of that group) or "round".
    seats, ranked
        N of this cut, and how many it was made among.
    H
        Half-width in units of the last decimal; 2H in points is `width`.
    last_in, first_out, gap
        Published scores Q_(N) and Q_(N+1), and what lies between; None where there are no more
        entrants than seats, or no seat.
    above
        How many were clearly above.
    zone, admitted, refused, waiting
        Ids: the open zone, and what became of it.
    steps
        The keys tried, in order, with their values.
    status
        "clear", "decided", "extended", or what is awaited ("awaiting_ruling", ...).
    key
        The key that decided the last seat, "" where the official score did.
    pair
        Evidence about the last in and the first out.
    """

    kind: str
    group: Any
    seats: int
    ranked: int
    H: int
    width: Decimal
    last_in: Decimal | None
    first_out: Decimal | None
    gap: Gap | None
    above: int
    zone: tuple[Any, ...]
    admitted: tuple[Any, ...]
    refused: tuple[Any, ...]
    waiting: tuple[Any, ...]
    steps: tuple[Step, ...]
    status: str
    key: str
    pair: Pair | None


@dataclass(frozen=True)
class Selection:
    """Members selected and open (indices), the deciding key of each, and every decision.

    `kept` would be out but for a group's floor, `barred` would be in but for a cap.
    """

    selected: frozenset[int]
    open: frozenset[int]
    waiting: frozenset[int]
    above: frozenset[int]
    by: dict[int, str]
    decisions: tuple[Decision, ...]
    kept: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()
