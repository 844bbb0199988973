"""What a standing says at its line: the open zone, the gap, and which seats moved."""

from dataclasses import dataclass
from decimal import Decimal

from competition.results.standings import Line, RoundStandings

MANY = 100
"""Entrants from which a round is big."""


@dataclass(frozen=True)
class LeaveOneOut:
    """What leaving out any one judge would do to the list of those selected.

    Attributes
    ----------
    tried, most : int
        Judges that were left out in turn (none while a big round is being marked), and the
        most seats that changed.
    worst : tuple of int
        Seat numbers of the judges without whom that many change.
    some, none : int
        How many others change fewer seats, and how many none.
    """

    tried: int
    most: int
    worst: tuple[int, ...]
    some: int
    none: int


@dataclass(frozen=True)
class Findings:
    """The line of a standing.

    Attributes
    ----------
    selected : int
        Entrants that have a seat.
    above : int
        Of these, how many are clear of the line.
    zone : tuple of Line
        The open zone, by rank; empty where nothing is close.
    half : Decimal
        H, in points: how far the zone reaches on either side of the line.
    key : str
        The tie-break key that decided the last seat; empty where the official score did.
    last_in, first_out : Line or None
        The lowest selected entrant and the highest that is not.
    gap : Decimal or None
        Published points between the two; None where one of them is missing.
    left_out : LeaveOneOut
    gained, lost : tuple of Line
        With a seat by the official score only, and by the other score only.
    """

    selected: int
    above: int
    zone: tuple[Line, ...]
    half: Decimal
    key: str
    last_in: Line | None
    first_out: Line | None
    gap: Decimal | None
    left_out: LeaveOneOut
    gained: tuple[Line, ...]
    lost: tuple[Line, ...]

    @property
    def seats_open(self) -> int:
        """Seats that are given inside the zone."""
        return self.selected - self.above


def findings(found: RoundStandings) -> Findings:
    """Read the line of a standing off its rows."""
    ranked = [line for line in found.lines if line.rank is not None]
    inside = [line for line in ranked if line.selected]
    outside = [line for line in ranked if not line.selected]
    last_in = inside[-1] if inside else None
    first_out = outside[0] if outside else None
    gap = None
    if last_in and first_out and last_in.official is not None and first_out.official is not None:
        gap = last_in.official - first_out.official
    moved = [line for line in ranked if line.entrant_id in found.differing]
    return Findings(
        selected=len(inside),
        above=sum(not line.in_zone for line in inside),
        zone=tuple(line for line in ranked if line.in_zone),
        half=found.numbers.cut.width / 2,
        key=next((one.key for one in reversed(found.numbers.cut.decisions)), ""),
        last_in=last_in,
        first_out=first_out,
        gap=gap,
        left_out=_left_out(found),
        gained=tuple(line for line in moved if line.selected),
        lost=tuple(line for line in moved if not line.selected),
    )


def is_moving(found: RoundStandings) -> bool:
    """Whether this is a big round still being marked.

    Each change makes its standing anew; what takes as long again as ranking waits for the end.
    """
    return found.round["state"] == "open" and len(found.lines) > MANY


def _left_out(found: RoundStandings) -> LeaveOneOut:
    if is_moving(found):
        return LeaveOneOut(0, 0, (), 0, 0)
    seats = {
        found.judges[change.judge]: change.seats
        for change in found.numbers.robustness
        if change.comparable
    }
    most = max(seats.values(), default=0)
    worst = tuple(sorted(number for number, moved in seats.items() if moved == most and most))
    none = sum(moved == 0 for moved in seats.values())
    return LeaveOneOut(len(seats), most, worst, len(seats) - len(worst) - none, none)
