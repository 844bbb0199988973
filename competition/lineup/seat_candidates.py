"""The present holder of each seat of the panel, and the judges who may take it over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from competition.lineup.panel import derived_recusal
from competition.lineup.substituting import seat_of, unsubmitted
from competition.rights import require_read
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store, Transaction, entrants, panel, releases
from db.shapes import Place


@dataclass(frozen=True)
class Taker:
    """A judge who may take over a seat.

    Attributes
    ----------
    recused : tuple of int
        Numbers of the entrants, of those in question, for which the seat stays empty.
    """

    person_id: str
    number: int
    recused: tuple[int, ...]


@dataclass(frozen=True)
class Holder:
    """The present holder of a seat of the panel, and the judges who may take it over.

    Attributes
    ----------
    number, seat : int
        Of the judge, and of the seat: another one for a judge in reserve.
    takers : tuple of Taker
        Judges in reserve without a seat, and the seat's own judge.
    firsts : tuple of int
        Entrants' numbers from which on it can be taken over.
    at_hand : int or None
        Of these the one on stage, otherwise the next after it; without one on stage, the first.
    """

    person_id: str
    number: int
    seat: int
    takers: tuple[Taker, ...]
    firsts: tuple[int, ...]
    at_hand: int | None


def seat_holders(store: Store, who: Visitor, round_id: str) -> tuple[Holder, ...]:
    """The holders of every seat with sheets still to submit."""
    with store.reading() as tx:
        row = require_read(tx, who, "progress", round_id)
        level = RoundRules.from_json(row["rules"]).recusal_level
        seats = {seat["person_id"]: seat for seat in panel.seats(tx, round_id)}
        left = {person_id: unsubmitted(tx, round_id, person_id) for person_id in seats}
        released = {release["entrant_id"] for release in releases.latest(tx, round_id)}
        held = {p: seat_of(unmarked[0][1]) for p, unmarked in left.items() if unmarked}
        places = {p: _after(released, [place for place, _ in left[p]]) for p in held}
        on_stage = entrants.on_stage(tx, round_id)
        since = on_stage["number"] if on_stage else 0
        return tuple(
            Holder(
                person_id=person_id,
                number=seats[person_id]["number"],
                seat=owner["number"],
                takers=tuple(
                    Taker(
                        one["person_id"],
                        one["number"],
                        _recused(tx, round_id, one, places[person_id], level),
                    )
                    for one in seats.values()
                    if one["person_id"] != person_id
                    and (one is owner or _may_sit(one, held, owner["person_id"]))
                ),
                firsts=firsts,
                at_hand=next((n for n in firsts if n >= since), next(iter(firsts), None)),
            )
            for person_id, whose in held.items()
            for owner in [seats[whose]]
            for firsts in [tuple(place["number"] for place in places[person_id])]
        )


def _may_sit(seat: Mapping[str, Any], held: dict[str, str], owner: str) -> bool:
    """True if a judge in reserve has no seat, or has this seat for other entrants."""
    return bool(seat["reserve"]) and held.get(seat["person_id"], owner) == owner


def _after(released: set[str], places: list[Place]) -> list[Place]:
    """The entrants after the last one whose score has been announced."""
    last = max((place["number"] for place in places if place["id"] in released), default=0)
    return [place for place in places if place["number"] > last]


def _recused(
    tx: Transaction, round_id: str, seat: Mapping[str, Any], places: list[Place], level: str
) -> tuple[int, ...]:
    """The entrants for which a person is recused, or would be by county, township or unit."""
    return tuple(
        place["number"]
        for place in places
        if panel.recusal(tx, round_id, place["id"], seat["person_id"])
        or derived_recusal(place, seat, level) is not None
    )
