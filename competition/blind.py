"""Blind review: until the round is certified its judges see entrants' numbers without names.

The rule is one of the round's, fixed with the others when it is opened; no score depends on it.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from competition.states import AFTER_CERTIFYING
from competition.visitor import Visitor
from db.shapes import RoundRow

Row = TypeVar("Row", bound=Mapping[str, Any])

IDENTIFYING = ("code", "county", "township", "village", "title", "presenter", "post", "unit")
"""Columns of an entrant that identify it."""

NAMED_FOR = frozenset(
    {"organizer", "scorekeeper", "checker", "timekeeper", "supervisor", "host", "leader"}
)
"""Staff roles, which see the names in every round."""


def is_blind(row: RoundRow) -> bool:
    """True if a round's judges see numbers only in its present state."""
    rules = json.loads(row["rules"])
    return rules.get("blind") is True and row["state"] not in AFTER_CERTIFYING


def hides_from(who: Visitor, row: RoundRow) -> bool:
    """True if a round hides the names from this visitor: a judge or chair without a staff role."""
    return is_blind(row) and not who.roles_in(row["id"]) & NAMED_FOR


def unnamed(entrant: Row) -> Row:
    """An entrant, or a judge's work on it, with its number and without identifying columns.

    The reason of a recusal is hidden too: it names the county, the unit or the relative.
    """
    hidden = dict.fromkeys((*IDENTIFYING, "reason"), "")
    return cast("Row", {name: hidden.get(name, value) for name, value in entrant.items()})


def shown_reason(row: RoundRow, pair: Mapping[str, Any]) -> str:
    """The reason of a recusal or absence as its judge may read it; empty in a blind round."""
    return "" if is_blind(row) else str(pair["reason"])


def seen_by(who: Visitor, row: RoundRow, entrants: Sequence[Row]) -> list[Row]:
    """The entrants of a round as this visitor may see them."""
    return [unnamed(one) for one in entrants] if hides_from(who, row) else list(entrants)
