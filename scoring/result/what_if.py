"""Standings under another rule or without some judges: read only, a hypothesis."""

from collections.abc import Sequence
from typing import Any

from scoring.evidence.leave_out import with_rules, without_judges
from scoring.input.rules import Rules
from scoring.rank.ranking import rank_tally
from scoring.result.entrants import entrant_frame
from scoring.result.standings import Standings


def what_if(
    standings: Standings, *, rules: Rules | None = None, without: Sequence[Any] = ()
) -> Standings:
    """The same sheets under other rules, or without some judges.

    Totals stay as they were rounded; for other weights or another `sheet_decimals` compute the
    standings again from the marks.

    Raises
    ------
    DisconnectedPanel
        Where no common ranking would be left.
    """
    tally = standings.tally if rules is None else with_rules(standings.tally, rules)
    tally = without_judges(tally, without) if without else tally
    ranking = rank_tally(tally, standings.rulings)
    return Standings(tally.rules, tally, standings.rulings, ranking, entrant_frame(tally, ranking))
