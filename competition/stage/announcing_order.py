"""Whose scores are announced together, and when one may be: as the round's rules declare."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from competition.rounds.rules import RoundRules

Row = TypeVar("Row", bound=Mapping[str, Any])

HEARD = ("marking", "done")
GONE = ("withdrawn", "fault")


def held_with(order: Sequence[Row], rules: RoundRules, place: Row) -> list[Row]:
    """The entrants announced together with one: the held ones of its session, or it alone."""
    held = held_groups(order, rules).get(place["session_id"], [])
    return held if place in held else [place]


def held_groups(order: Sequence[Row], rules: RoundRules) -> dict[str | None, list[Row]]:
    """Of each session those announced together: the first ones, or all of it.

    Withdrawn entrants are not counted.
    """
    by_session: dict[str | None, list[Row]] = {}
    for one in order:
        held = by_session.setdefault(one["session_id"], [])
        holds = rules.announce == "end" or len(held) < rules.held_first
        if one["stage"] != "withdrawn" and holds:
            held.append(one)
    return by_session


def waits_for(order: Sequence[Row], rules: RoundRules, place: Row) -> Row | None:
    """The entrant that is heard before this one's score may be announced one behind.

    None where the rules ask for none: the first ones, which are held, and the last of a session
    wait for no other; nor does any where the stage is not used.
    """
    is_used = any(one["stage"] not in ("waiting", "withdrawn") for one in order)
    if rules.announce != "behind" or not is_used:
        return None
    if place in held_groups(order, rules)[place["session_id"]]:
        return None
    here = [one for one in order if one["session_id"] == place["session_id"]]
    after = here[here.index(place) + 1 :]
    following = next((one for one in after if one["stage"] not in GONE), None)
    return None if following is None or following["stage"] in HEARD else following
