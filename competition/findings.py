"""What a standing says at its line: what separates in from out, and which seats moved."""

from dataclasses import dataclass
from decimal import Decimal

from competition.standings import Line, RoundStandings


@dataclass(frozen=True)
class Findings:
    """The line of a standing, as far as the ranks themselves tell.

    Attributes
    ----------
    selected : int
        Entrants that have a seat.
    last_in, first_out : Line or None
        The lowest selected entrant and the highest that is not.
    gap : Decimal or None
        Published points between the two; None where one of them is missing.
    tied_at_cut : tuple of Line
        Entrants that share one official score on both sides of the N-th place, or for which
        there are fewer seats than entrants.
    gained, lost : tuple of Line
        In the top N by the adjusted score only, and by the announced score only.
    """

    selected: int
    last_in: Line | None
    first_out: Line | None
    gap: Decimal | None
    tied_at_cut: tuple[Line, ...]
    gained: tuple[Line, ...]
    lost: tuple[Line, ...]


def findings(found: RoundStandings) -> Findings:
    """Read the line of a standing off its ranks."""
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
        last_in=last_in,
        first_out=first_out,
        gap=gap,
        tied_at_cut=_tied_at_cut(ranked, found.top),
        gained=tuple(line for line in moved if _within(line.adjusted_rank, found.top)),
        lost=tuple(line for line in moved if not _within(line.adjusted_rank, found.top)),
    )


def _within(rank: int | None, top: int) -> bool:
    return rank is not None and rank <= top


def _tied_at_cut(ranked: list[Line], top: int) -> tuple[Line, ...]:
    if len(ranked) <= top or ranked[top - 1].rank != ranked[top].rank:
        return ()
    return tuple(line for line in ranked if line.rank == ranked[top].rank)
