"""What the assignment of a round promises: for the organizer, before it is opened."""

from dataclasses import dataclass

from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, entrants, panel
from db.shapes import Place, SeatedJudge
from scoring.assign.strength import Strength, reading_orders, strength

SHEET_SD = 3.0
"""Assumed standard deviation of one sheet's total, in points of 100, severity removed."""
SURE = 1.96


@dataclass(frozen=True)
class Plan:
    """Who marks whom, and how well that will tell entrants apart.

    Attributes
    ----------
    strength : Strength
        Of the sheets expected from judges who are not in reserve.
    known_to : float
        Half the width, in points of 100, of a 95 % interval for the difference between two
        entrants, if a sheet's standard deviation is `SHEET_SD`; NaN where there is none.
    recused : int
        Pairs of entrant and judge that do not meet.
    orders : dict
        Seat number to the entrants of its judge, in the order to read them: by number where
        all have one and are presented, else balanced over the judges.
    """

    strength: Strength
    known_to: float
    recused: int
    orders: dict[int, tuple[Place, ...]]


def plan(store: Store, who: Visitor, round_id: str) -> Plan | None:
    """The plan of a round; None where no judge has an entrant yet."""
    with store.reading() as tx:
        require_read(tx, who, "people", round_id)
        places = {place["id"]: place for place in entrants.in_round(tx, round_id)}
        seats = {seat["person_id"]: seat for seat in panel.seats(tx, round_id)}
        pairs = panel.assignments(tx, round_id)
    recused = sum(pair["state"] == "recused" for pair in pairs)
    expected = [
        (pair["entrant_id"], pair["person_id"])
        for pair in pairs
        if pair["state"] == "expected" and not seats[pair["person_id"]]["reserve"]
    ]
    if not expected:
        return None
    facts = strength(expected)
    known_to = SURE * facts.sed * SHEET_SD
    return Plan(facts, known_to, recused, _orders(expected, places, seats))


def _orders(
    pairs: list[tuple[str, str]], places: dict[str, Place], seats: dict[str, SeatedJudge]
) -> dict[int, tuple[Place, ...]]:
    """On stage all judges hear one order; at desks each judge reads in another."""
    on_stage = any(places[entrant]["session_id"] for entrant, _ in pairs)
    orders = reading_orders(pairs)
    if on_stage:
        orders = {
            judge: tuple(sorted(own, key=lambda one: (places[one]["number"] or 0, one)))
            for judge, own in orders.items()
        }
    by_seat = sorted(orders.items(), key=lambda item: seats[item[0]]["number"])
    return {seats[judge]["number"]: tuple(places[one] for one in own) for judge, own in by_seat}
