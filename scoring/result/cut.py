"""The cut of a round as the result shows it: H, the zone, each decision, and how firm it is."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from scoring.evidence.leave_out import Change
from scoring.evidence.simultaneous import NO_SEAL, Sealed, sealed
from scoring.rank.decisions import Decision
from scoring.result.plain import plain

if TYPE_CHECKING:
    from scoring.result.standings import Standings


@dataclass(frozen=True)
class Cut:
    """The cut: how the last seats were given.

    Attributes
    ----------
    H, width
        Half-width of the open zone in units of the last decimal; 2H in points.
    sed
        Standard error of a difference between two entrants; NaN where unknown.
    zone
        Ids of the open entrants, by place.
    decisions
        Each cut in turn: caps and floors of groups, then the round's.
    waiting
        Ids that block certifying until a ruling, a draw or a reading is entered.
    seal
        Whether the selected as a set are certain; nothing while a seat waits, or with quotas.
    robustness
        What leaving out each judge would change; empty where there are too many to try.
    belonging
        How many of the selected are truly among the N best, by the model; NaN where unknown and
        while a seat waits.
    """

    H: int
    width: Decimal
    sed: float
    zone: tuple[Any, ...]
    decisions: tuple[Decision, ...]
    waiting: tuple[Any, ...]
    source: "Standings" = field(repr=False, compare=False)

    @cached_property
    def seal(self) -> Sealed:
        """Computed when asked for; none while a seat waits, nor of a set that quotas made."""
        if self.waiting or self.source.rules.groups:
            return NO_SEAL
        return sealed(self.source.tally, self.source.ranking.selection.selected)

    @property
    def robustness(self) -> tuple[Change, ...]:
        """Computed when asked for."""
        return self.source.robustness

    @property
    def belonging(self) -> float:
        """The sum of the selected's chances, computed when asked for; NaN while a seat waits."""
        if self.waiting:
            return float("nan")
        scores = self.source.scores
        chosen = scores.index[scores["selected"]]
        return float(self.source.p_top[chosen].sum(skipna=False)) if len(chosen) else float("nan")

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data."""
        names = ("H", "width", "sed", "zone", "waiting", "seal", "robustness", "belonging")
        decisions = [self._with_chances(decision) for decision in self.decisions]
        return {**{name: plain(getattr(self, name)) for name in names}, "decisions": decisions}

    def _with_chances(self, decision: Decision) -> dict[str, Any]:
        """A decision as plain data, its pair with the chances of both."""
        row: dict[str, Any] = plain(decision)
        if decision.pair is not None:
            pair = [decision.pair.first, decision.pair.second]
            row["pair"]["p_top"] = plain([self.source.p_top.get(e) for e in pair])
        return row
