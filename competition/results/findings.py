"""The line of a standing: the last in, the first out, and the seats that the methods move."""

from dataclasses import dataclass

from competition.results.standings import Line, RoundStandings

MANY = 100
"""Entrants from which a round is big."""


@dataclass(frozen=True)
class Findings:
    """The line of a standing.

    Attributes
    ----------
    selected : int
        Entrants that have a seat.
    last_in, first_out : Line or None
        The lowest selected entrant and the highest that is not.
    gained, lost : tuple of Line
        With a seat by the official score only, and by the other score only.
    """

    selected: int
    last_in: Line | None
    first_out: Line | None
    gained: tuple[Line, ...]
    lost: tuple[Line, ...]


def findings(result: RoundStandings) -> Findings:
    """The last in, the first out and their distance, from the standing's lines."""
    ranked = [line for line in result.lines if line.rank is not None]
    inside = [line for line in ranked if line.selected]
    outside = [line for line in ranked if not line.selected]
    moved = [line for line in ranked if line.entrant_id in result.differing]
    return Findings(
        selected=len(inside),
        last_in=inside[-1] if inside else None,
        first_out=outside[0] if outside else None,
        gained=tuple(line for line in moved if line.selected),
        lost=tuple(line for line in moved if not line.selected),
    )


def is_moving(result: RoundStandings) -> bool:
    """True if the round is big and still being marked.

    Each change makes its standing again; what takes as long as ranking waits for the end.
    """
    return result.round["state"] == "open" and len(result.lines) > MANY
