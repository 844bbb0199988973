"""The decisions of a round: caps, floors and the last seats, each a single cut with one H."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scoring.exact import published, quantize
from scoring.rank.cut import Outcome, Zone, open_zone, settle
from scoring.rank.decisions import Decision, Gap, Selection
from scoring.rank.keys import Case
from scoring.rank.quotas import Quotas


@dataclass(frozen=True)
class _Held:
    """A cap or floor that waits: who for, how many of them go through, and which decision it was.

    `needed` where a floor cannot be met without them.
    """

    kind: str
    members: tuple[int, ...]
    seats: int
    decision: int
    needed: bool = False

    def best(self, units: Mapping[int, int]) -> set[int]:
        """The members who could go on to the round's cut, taken at their best."""
        order = sorted(self.members, key=lambda member: (-units[member], member))
        return set(order[: self.seats] if self.kind == "cap" else order)


@dataclass
class _Cutter:
    case: Case
    units: Mapping[int, int]
    half: int
    sed: float

    def __post_init__(self) -> None:
        self.open: set[int] = set()
        self.waiting: set[int] = set()
        self.above: set[int] = set()
        self.by: dict[int, str] = {}
        self.decisions: list[Decision] = []
        self.held: list[_Held] = []

    def cut(self, members: Sequence[int], seats: int, kind: str, group: Any = None) -> set[int]:
        """Members selected at one cut; those that wait are added to `held`."""
        rules, seats = self.case.rules, max(seats, 0)
        zone = self._zone(members, seats)
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
        self._record(kind, group, seats, zone, outcome, members)
        inside = {*zone.above, *outcome.admitted}
        if outcome.waiting:
            at = len(self.decisions) - 1
            self.held.append(_Held(kind, outcome.waiting, seats - len(inside), at))
        return inside

    def _zone(self, members: Iterable[int], seats: int, half: int | None = None) -> Zone:
        units = {member: self.units[member] for member in members}
        return open_zone(units, seats, self.half if half is None else half)

    def _gap(self, zone: Zone, members: Iterable[int], seats: int) -> Gap | None:
        """The evidence at a line: points, standard errors, and the zone of band .5."""
        if zone.last_in is None or zone.first_out is None:
            return None
        rules, ids, between = self.case.rules, self.case.ids, zone.last_in - zone.first_out
        points = published(between, rules.decimals)
        if not self.sed > 0:
            return Gap(points, float("nan"), None, ())
        half = quantize(self.sed / 2, rules.decimals, rules.rounding)
        near = self._zone(members, seats, half).open
        return Gap(
            points=points,
            seds=between / 10**rules.decimals / self.sed,
            width=published(2 * half, rules.decimals),
            zone=tuple(ids[member] for member in near),
        )

    def need(self, members: Iterable[int]) -> None:
        """A floor needs those of them that a cap lets through."""
        wanted = set(members)
        self.held = [
            replace(held, needed=held.needed or not wanted.isdisjoint(held.members))
            for held in self.held
        ]

    def let_go(self, rest: set[int], seats: int) -> None:
        """Whatever a cap or floor waits for but changes no seat is waited for no longer.

        Those of a cap who would be clearly below the round's line at their best are out; those of
        a floor who are all clearly above it are in.
        """
        best = rest.union(*(held.best(self.units) for held in self.held))
        zone = self._zone(best, max(seats, 0))
        for held in tuple(self.held):
            side = zone.below if held.kind == "cap" else zone.above
            if held.needed or not held.best(self.units) <= set(side):
                continue
            self.held.remove(held)
            self.waiting -= set(held.members)
            for member in held.members:
                self.by.pop(member, None)
            settled = self.decisions[held.decision]
            self.decisions[held.decision] = replace(settled, waiting=(), status="clear")

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
        zone: Zone,
        outcome: Outcome,
        among: Sequence[int],
    ) -> None:
        rules, ids = self.case.rules, self.case.ids
        decimals, pair = rules.decimals, self._pair(outcome, zone.above, zone.below)
        members = (*outcome.admitted, *outcome.waiting, *outcome.refused)
        decided = [step for step in outcome.steps if step.admitted or step.refused]
        status = "decided" if decided else "clear"
        if rules.at_cut == "extend" and outcome.admitted:
            status = "extended"
        if outcome.waiting:
            status = outcome.by[outcome.waiting[0]]
        last, first = (
            None if unit is None else published(unit, decimals)
            for unit in (zone.last_in, zone.first_out)
        )
        self.decisions.append(
            Decision(
                kind=kind,
                group=group,
                seats=seats,
                ranked=len(among),
                H=self.half,
                width=published(2 * self.half, decimals),
                last_in=last,
                first_out=first,
                gap=self._gap(zone, among, seats),
                above=len(zone.above),
                zone=tuple(ids[member] for member in members),
                admitted=tuple(ids[member] for member in outcome.admitted),
                refused=tuple(ids[member] for member in outcome.refused),
                waiting=tuple(ids[member] for member in outcome.waiting),
                steps=outcome.steps,
                status=status,
                key=decided[-1].key if decided else "",
                pair=None if pair is None else self.case.compare(self.units, self.sed, pair),
            )
        )


def select(
    case: Case,
    units: Sequence[int | None],
    quotas: Quotas,
    *,
    half: int,
    sed: float,
) -> Selection:
    """Run the cuts: caps within each group, then floors, then the remaining seats.

    Where a cap or floor waits for people, the seats of those it will let through are kept.
    """
    known = {member: unit for member, unit in enumerate(units) if unit is not None}
    cutter, ranked = _Cutter(case, known, half, sed), set(known)
    inside: set[int] = set()
    by_group: dict[Any, list[int]] = {}
    for member in sorted(ranked):
        by_group.setdefault(quotas.group_of[member], []).append(member)
    groups = sorted((group for group in by_group if group is not None), key=str)
    for group in groups if quotas else ():
        cap, own = quotas.cap(group), by_group[group]
        if cap is not None and cap < len(own):
            ranked -= set(own) - cutter.cut(own, cap, "cap", group)
    capped = {member for own in by_group.values() for member in own} - ranked
    for group in groups if quotas else ():
        own = [member for member in by_group[group] if member in ranked]
        floor = min(quotas.floor(group), len(by_group[group]))
        if floor > len(own):
            cutter.need(by_group[group])
        if floor and own:
            inside |= cutter.cut(own, min(floor, len(own)), "floor", group)
    cutter.let_go(ranked - inside, case.rules.top - len(inside))
    away = {member for held in cutter.held for member in held.members}
    taken = len(inside) + sum(held.seats for held in cutter.held)
    rest = sorted(ranked - inside - away)
    floored = set(inside)
    inside |= cutter.cut(rest, case.rules.top - taken, "round")
    lowest = min((known[m] for m in inside - floored), default=None)
    highest = max((known[m] for m in set(rest) - inside), default=None)
    return Selection(
        selected=frozenset(inside),
        open=frozenset(cutter.open),
        waiting=frozenset(cutter.waiting),
        above=frozenset(cutter.above),
        by=cutter.by,
        decisions=tuple(cutter.decisions),
        kept=frozenset(m for m in floored if highest is not None and known[m] < highest),
        barred=frozenset(m for m in capped if lowest is not None and known[m] > lowest),
    )
