"""What the assignment of a round promises: for the organizer, before it is opened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, entrants, panel
from db.shapes import Assignment, Place, SeatedJudge
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
    known_unrecused : float
        `known_to` if the recused judges marked these entrants too.
    absent : int
        Sheets of absent judges that no other judge has taken.
    orders : dict
        Seat number to the entrants of its judge, in the order to read them: by number where
        all have one and are presented, else balanced over the judges. A sheet taken over from
        an absent judge comes last; the order of the others stays as it was printed.
    """

    strength: Strength
    known_to: float
    recused: int
    known_unrecused: float
    absent: int
    orders: dict[int, tuple[Place, ...]]


def plan(store: Store, who: Visitor, round_id: str) -> Plan | None:
    """The plan of a round; None where no judge has an entrant yet."""
    with store.reading() as tx:
        require_read(tx, who, "people", round_id)
        places = {place["id"]: place for place in entrants.in_round(tx, round_id)}
        seats = {seat["person_id"]: seat for seat in panel.seats(tx, round_id)}
        pairs = [
            pair
            for pair in panel.assignments(tx, round_id)
            if pair["stands_for"] or not seats[pair["person_id"]]["reserve"]
        ]
    expected = of_state(pairs, "expected")
    if not expected:
        return None
    facts, recused = strength(expected), of_state(pairs, "recused")
    stood_for = {(pair["entrant_id"], pair["stands_for"]) for pair in pairs}
    return Plan(
        strength=facts,
        known_to=known_to(facts),
        recused=len(recused),
        known_unrecused=known_to(strength(expected + recused)) if recused else known_to(facts),
        absent=len(set(of_state(pairs, "absent")) - stood_for),
        orders=_orders(pairs, places, seats),
    )


def of_state(pairs: Iterable[Assignment], state: str) -> list[tuple[str, str]]:
    """Entrant and judge of the assignments in one state."""
    return [(pair["entrant_id"], pair["person_id"]) for pair in pairs if pair["state"] == state]


def known_to(facts: Strength) -> float:
    """Half the width of the 95 % interval of a difference, in points of 100."""
    return SURE * facts.sed * SHEET_SD


def _orders(
    pairs: Sequence[Assignment], places: dict[str, Place], seats: dict[str, SeatedJudge]
) -> dict[int, tuple[Place, ...]]:
    """On stage all judges hear one order; at desks each judge reads in another."""

    def by_number(entrant: str) -> tuple[int, str]:
        return places[entrant]["number"] or 0, entrant

    is_expected = set(of_state(pairs, "expected"))
    on_stage = any(places[entrant]["session_id"] for entrant, _ in is_expected)
    first = reading_orders(
        [(pair["entrant_id"], pair["person_id"]) for pair in pairs if not pair["stands_for"]]
    )
    orders: dict[int, tuple[Place, ...]] = {}
    for judge, seat in seats.items():
        own = [entrant for entrant in first.get(judge, ()) if (entrant, judge) in is_expected]
        more = sorted({e for e, j in is_expected if j == judge} - set(own), key=by_number)
        order = sorted(own + more, key=by_number) if on_stage else own + more
        if order:
            orders[seat["number"]] = tuple(places[entrant] for entrant in order)
    return orders
