"""Caps and floors of groups (counties), resolved for the entrants at hand."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.errors import InvalidRule
from scoring.input.rules import EVERY, Groups, Rules
from scoring.methods.tally import Tally


@dataclass(frozen=True)
class Quotas:
    """Groups of the entrants, with the fewest and most of each among the selected.

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
    group_of = {i: tally.entry(e).group for i, e in enumerate(tally.sheets.entrants)}
    able = zip(tally.eligible.tolist(), group_of.values(), strict=True)
    check_groups(tally.rules, {group for yes, group in able if yes and group is not None})
    return Quotas(tally.rules.groups, group_of)


def check_groups(rules: Rules, present: Collection[Any]) -> None:
    """Refuse quotas that cannot be met by the groups there are.

    Raises
    ------
    InvalidRule
    """
    groups = rules.groups
    named = set(groups.floors) - {EVERY} if isinstance(groups.floors, Mapping) else set()
    everyone = {*present, *named}
    for group in sorted(everyone, key=str):
        cap, floor = groups.cap(group), groups.floor(group)
        if cap is not None and floor > cap:
            raise InvalidRule(field="groups", value=f"{group}: {floor}", allowed=f"≤ {cap}")
    asked = sum(groups.floor(group) for group in everyone)
    if asked > rules.top:
        raise InvalidRule(field="groups", value=asked, allowed=f"≤ {rules.top}")
