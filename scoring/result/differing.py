"""Seats that move: between the official and the other score, by recusals, by trimming.

One definition for every page, sentence and table: who would be in by one score alone, as it is
printed, under the same N and group rules. Where scores are equal at its line, a holder keeps the
seat: a seat counts only where a score must move it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from scoring.exact import quantize
from scoring.methods.registry import METHODS
from scoring.rank.quotas import read_quotas
from scoring.rank.winners import winners

if TYPE_CHECKING:
    from scoring.result.standings import Standings


@dataclass(frozen=True)
class Moved:
    """Ids with a seat by the second score only (gained), and by the first only (lost)."""

    gained: tuple[Any, ...]
    lost: tuple[Any, ...]

    @property
    def seats(self) -> int:
        """Number of seats that change hands."""
        return max(len(self.gained), len(self.lost))


def other_score(official: str) -> str:
    """The column that stands beside the official score: adjusted, or announced by trimming."""
    return "adjusted" if METHODS[official].printed else "trimmed"


def seats_that_differ(standings: "Standings") -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Ids with a seat by the official score only, and by the other score only.

    An entrant that waits for a ruling has not lost a seat. Nothing differs where an entrant that
    is ranked lacks the other score.
    """
    ids, selection = standings.tally.sheets.entrants, standings.ranking.selection
    other = selected_by(standings, other_score(standings.rules.official))
    if other is None:
        return (), ()
    gained = selection.selected - other
    lost = other - selection.selected - selection.waiting
    return tuple(ids[one] for one in sorted(gained)), tuple(ids[one] for one in sorted(lost))


def moved_by_recusals(standings: "Standings") -> Moved | None:
    """Plain means against adjusted scores: what different judges for different entrants change.

    None where an entrant that is ranked lacks one of them.
    """
    return _between(standings, "mean", "adjusted")


def moved_by_trimming(standings: "Standings") -> Moved | None:
    """Plain means against trimmed ones, where those are official; else None."""
    if standings.rules.official != "trimmed":
        return None
    return _between(standings, "mean", "trimmed")


def _between(standings: "Standings", first: str, second: str) -> Moved | None:
    before, after = selected_by(standings, first), selected_by(standings, second)
    if before is None or after is None:
        return None
    ids = standings.tally.sheets.entrants
    gained, lost = (
        tuple(ids[member] for member in sorted(members))
        for members in (after - before, before - after)
    )
    return Moved(gained, lost)


def selected_by(standings: "Standings", column: str) -> frozenset[int] | None:
    """Members selected by one column's printed scores; None where a score is missing."""
    ids, ranking, rules = standings.tally.sheets.entrants, standings.ranking, standings.rules
    members = [member for member, unit in enumerate(ranking.units) if unit is not None]
    scores = standings.scores[column].reindex([ids[member] for member in members]).tolist()
    if not members or np.isnan(scores).any():
        return None
    values = np.array(
        [2 * quantize(score, rules.decimals, rules.rounding) for score in scores], dtype=float
    )
    if rules.at_cut != "extend":
        values += np.isin(members, list(ranking.selection.selected))
        values = values * len(members) - np.arange(len(members))
    quotas = read_quotas(standings.tally)
    groups: Sequence[Any] = [quotas.group_of[member] for member in members]
    inside = winners(values[None, :], rules.top, groups, quotas)[0]
    return frozenset(member for member, chosen in zip(members, inside, strict=True) if chosen)
