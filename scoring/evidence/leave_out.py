"""Leave one judge out, or change a rule: who would be in then. Read only, decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from scoring.errors import DisconnectedPanel
from scoring.input.rules import Rules
from scoring.input.rulings import Rulings
from scoring.methods.deductions import net_units
from scoring.methods.least_squares import fitted_sheets
from scoring.methods.registry import official_scores
from scoring.methods.tally import Tally
from scoring.rank.keys import Case
from scoring.rank.quotas import read_quotas
from scoring.rank.ranking import Ranking, half_width
from scoring.rank.selection import select

MOST_WORK = 3_000_000
"""Above so many sheets × judges the judges are not left out one by one."""


@dataclass(frozen=True)
class Change:
    """Seats that change when one judge is left out.

    Attributes
    ----------
    judge
        The judge left out.
    lost, gained
        Ids no longer in, and in instead.
    reason
        Why nothing can be compared, "" where it can: "disconnected" (the panel falls apart
        without this judge), "too_few_to_trim" (an entrant's trimmed mean would become a plain one).
    """

    judge: Any
    lost: tuple[Any, ...] = ()
    gained: tuple[Any, ...] = ()
    reason: str = ""

    @property
    def comparable(self) -> bool:
        """Whether there are two rankings of one kind to compare."""
        return not self.reason

    @property
    def seats(self) -> int:
        """Number of seats that change hands."""
        return max(len(self.lost), len(self.gained))


def without_judges(tally: Tally, judges: Sequence[Any]) -> Tally:
    """The tally without some judges' sheets."""
    gone = {place for place, judge in enumerate(tally.counted.judges) if judge in set(judges)}
    kept = [sheets.keep(~_among(sheets.judge, gone)) for sheets in (tally.counted, tally.sheets)]
    return replace(tally, counted=kept[0], sheets=kept[1], fitted=fitted_sheets(kept[1]))


def _among(indices: Any, wanted: set[int]) -> Any:
    mask = indices < 0
    for place in wanted:
        mask |= indices == place
    return mask


def with_rules(tally: Tally, rules: Rules) -> Tally:
    """The same sheets under other rules; totals stay as they were rounded."""
    return replace(tally, rules=rules)


def selected_under(tally: Tally, rulings: Rulings) -> frozenset[int]:
    """Members selected under the rules, without what is only shown.

    Raises
    ------
    DisconnectedPanel
        Where there is no common ranking.
    """
    official = official_scores(tally)
    sed = tally.fit.sed() if tally.fit is not None else float("nan")
    half, _ = half_width(tally, sed)
    case = Case(tally, official, rulings)
    units = net_units(tally, official)
    return select(case, units, read_quotas(tally), half=half, sed=sed).selected


def leave_one_out(tally: Tally, rulings: Rulings, ranking: Ranking) -> tuple[Change, ...]:
    """Seats lost and gained without each judge in turn; empty where there are too many."""
    ids, judges = tally.sheets.entrants, tally.sheets.judges
    if len(tally.sheets.entrant) * len(judges) > MOST_WORK:
        return ()
    now = ranking.selection.selected
    changes = []
    for judge in judges:
        fewer = without_judges(tally, [judge])
        if _stops_trimming(tally, fewer):
            changes.append(Change(judge, reason="too_few_to_trim"))
            continue
        try:
            then = selected_under(fewer, rulings)
        except DisconnectedPanel:
            changes.append(Change(judge, reason="disconnected"))
            continue
        lost = tuple(ids[member] for member in sorted(now - then))
        gained = tuple(ids[member] for member in sorted(then - now))
        changes.append(Change(judge, lost, gained))
    return tuple(changes)


def _stops_trimming(tally: Tally, fewer: Tally) -> bool:
    """Whether an entrant's official trimmed mean would become a plain mean with fewer judges."""
    if tally.rules.official != "trimmed":
        return False
    before, after = tally.sheets.per_entrant(), fewer.sheets.per_entrant()
    needs = tally.rules.trim_needs
    return bool(((before >= needs) & (after < needs)).any())
