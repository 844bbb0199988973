"""The decisions of a round: caps, floors and the last seats, each a single cut with one H."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoring.cut import Outcome, Step, open_zone, settle
from scoring.evidence import Pair
from scoring.exact import Floats, published
from scoring.keys import Case
from scoring.quotas import Quotas


@dataclass(frozen=True)
class Decision:
    """One cut.

    Attributes
    ----------
    kind, group
        "cap", "floor" (of that group) or "round".
    seats
        N of this cut.
    H
        Half-width in units of the last decimal; 2H in points is `width`.
    last_in, first_out
        Published scores Q_(N) and Q_(N+1); None where there are no more entrants than seats.
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
    H: int
    width: Decimal
    last_in: Decimal | None
    first_out: Decimal | None
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
    """Who is in (indices), who was open, by what, and each decision."""

    selected: frozenset[int]
    open: frozenset[int]
    waiting: frozenset[int]
    above: frozenset[int]
    by: dict[int, str]
    decisions: tuple[Decision, ...]


@dataclass
class _Cutter:
    case: Case
    units: Sequence[int | None]
    half: int
    sed: float
    chances: Floats

    def __post_init__(self) -> None:
        self.open: set[int] = set()
        self.waiting: set[int] = set()
        self.above: set[int] = set()
        self.by: dict[int, str] = {}
        self.decisions: list[Decision] = []

    def cut(
        self, members: Sequence[int], seats: int, kind: str, group: Any = None
    ) -> tuple[set[int], set[int]]:
        """Who is in and who is clearly or by a key out, at one cut."""
        rules = self.case.rules
        units = {member: unit for member in members if (unit := self.units[member]) is not None}
        zone = open_zone(units, seats, 0 if rules.at_cut in ("exact", "extend") else self.half)
        if rules.at_cut == "extend":
            outcome = Outcome(zone.open, (), (), (), dict.fromkeys(zone.open, "extend"))
        elif zone.open:
            outcome = settle(self.case, zone.open, seats - len(zone.above))
        else:
            outcome = Outcome((), (), (), (), {})
        self.open |= set(zone.open)
        self.waiting |= set(outcome.waiting)
        self.above |= set(zone.above)
        self.by |= outcome.by
        pair = self._pair(outcome, zone.above, zone.below)
        self._record(kind, group, seats, (zone.last_in, zone.first_out), zone.above, outcome, pair)
        return {*zone.above, *outcome.admitted}, {*zone.below, *outcome.refused}

    def _pair(
        self, outcome: Outcome, above: tuple[int, ...], below: tuple[int, ...]
    ) -> tuple[int, int] | None:
        inside = outcome.admitted[-1:] or outcome.waiting[:1] or above[-1:]
        outside = outcome.refused[:1] or outcome.waiting[-1:] or below[:1]
        if not inside or not outside or inside == outside:
            return None
        return inside[0], outside[0]

    def _record(
        self,
        kind: str,
        group: Any,
        seats: int,
        line: tuple[int | None, int | None],
        above: tuple[int, ...],
        outcome: Outcome,
        pair: tuple[int, int] | None,
    ) -> None:
        rules, ids = self.case.rules, self.case.ids
        decimals = rules.decimals
        half = 0 if rules.at_cut in ("exact", "extend") else self.half
        members = (*outcome.admitted, *outcome.waiting, *outcome.refused)
        decided = [step for step in outcome.steps if step.admitted or step.refused]
        status = "decided" if decided else "clear"
        if rules.at_cut == "extend" and outcome.admitted:
            status = "extended"
        if outcome.waiting:
            status = outcome.by[outcome.waiting[0]]
        last, first = (None if unit is None else published(unit, decimals) for unit in line)
        self.decisions.append(
            Decision(
                kind=kind,
                group=group,
                seats=seats,
                H=half,
                width=published(2 * half, decimals),
                last_in=last,
                first_out=first,
                above=len(above),
                zone=tuple(ids[member] for member in members),
                admitted=tuple(ids[member] for member in outcome.admitted),
                refused=tuple(ids[member] for member in outcome.refused),
                waiting=tuple(ids[member] for member in outcome.waiting),
                steps=outcome.steps,
                status=status,
                key=decided[-1].key if decided else "",
                pair=None
                if pair is None
                else self.case.compare(self.units, self.chances, self.sed, pair),
            )
        )


def select(
    case: Case,
    units: Sequence[int | None],
    quotas: Quotas,
    *,
    half: int,
    sed: float,
    chances: Floats,
) -> Selection:
    """Run the cuts: caps within each group, then floors, then the remaining seats."""
    cutter = _Cutter(case, units, half, sed, chances)
    ranked = {member for member, unit in enumerate(units) if unit is not None}
    inside: set[int] = set()
    by_group: dict[Any, list[int]] = {}
    for member in sorted(ranked):
        by_group.setdefault(quotas.group_of[member], []).append(member)
    groups = sorted((group for group in by_group if group is not None), key=str)
    for group in groups if quotas else ():
        cap, own = quotas.cap(group), by_group[group]
        if cap is not None and cap < len(own):
            kept, _ = cutter.cut(own, cap, "cap", group)
            ranked -= set(own) - kept
    for group in groups if quotas else ():
        own = [member for member in by_group[group] if member in ranked]
        floor = min(quotas.floor(group), len(own))
        if floor:
            inside |= cutter.cut(own, floor, "floor", group)[0]
    rest = sorted(ranked - inside)
    inside |= cutter.cut(rest, case.rules.top - len(inside), "round")[0]
    return Selection(
        frozenset(inside),
        frozenset(cutter.open),
        frozenset(cutter.waiting),
        frozenset(cutter.above),
        cutter.by,
        tuple(cutter.decisions),
    )
