"""Caps and floors of groups (counties), resolved for the entrants at hand."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.errors import InvalidRule
from scoring.rules import Groups
from scoring.tally import Tally


@dataclass(frozen=True)
class Quotas:
    """Who belongs where, and how many of each may or must be in.

    Attributes
    ----------
    groups : Groups
    group_of : dict
        Entrant's index -> group, None without one.
    """

    groups: Groups
    group_of: Mapping[int, Any]

    def __bool__(self) -> bool:
        return bool(self.groups)

    def cap(self, group: Any) -> int | None:
        """At most so many; no limit for entrants without a group."""
        return None if group is None else self.groups.cap(group)

    def floor(self, group: Any) -> int:
        """At least so many; none for entrants without a group."""
        return 0 if group is None else self.groups.floor(group)


def read_quotas(tally: Tally) -> Quotas:
    """The quotas of a tally.

    Raises
    ------
    InvalidRule
        Where floors ask for more seats than there are, or a floor exceeds its cap.
    """
    groups, top = tally.rules.groups, tally.rules.top
    group_of = {i: tally.entry(e).group for i, e in enumerate(tally.sheets.entrants)}
    quotas = Quotas(groups, group_of)
    if not quotas:
        return quotas
    sizes = Counter(
        group_of[i] for i, able in enumerate(tally.eligible.tolist()) if able and group_of[i]
    )
    for group in sizes:
        cap = quotas.cap(group)
        if cap is not None and quotas.floor(group) > cap:
            raise InvalidRule(field="groups", value=f"{group}: {quotas.floor(group)}", allowed=cap)
    asked = sum(quotas.floor(group) for group in sizes)
    if asked > top:
        raise InvalidRule(field="groups", value=asked, allowed=f"≤ {top}")
    return quotas
