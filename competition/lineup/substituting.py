"""A judge in reserve takes over the seat of one who is absent or leaves, or gives it back.

Marks in reserve count in a vacated seat only, and only from the entrant named on. What the
one before submitted stays counted: no sheet that counted is ever taken out by a change of seat.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from competition.acting import Act, changed
from competition.errors import Missing
from competition.ids import mint
from competition.lineup.errors import AnnouncedAlready, HoldsSeat, NothingToTakeOver
from competition.lineup.panel import expect
from competition.people.people import require_person
from competition.rights import require_read
from competition.rounds.rules import RoundRules
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, entrants, panel, people, releases, sheets
from db.shapes import Place

Pair = Mapping[str, Any]


@dataclass(frozen=True)
class Substitution:
    """One change of a seat's holder.

    Attributes
    ----------
    seat, leaving, taking : int
        Numbers: of the seat, of who left it, of who has it now.
    first : int
        The first entrant for which it holds.
    by : str
        Who entered it.
    """

    seat: int
    leaving: int
    taking: int
    first: int
    reason: str
    at: str
    by: str

    @property
    def is_return(self) -> bool:
        """True if the seat's own judge returns to it."""
        return self.taking == self.seat


def to_take_over(
    tx: Transaction, round_id: str, leaving: str, taking: str, number: int
) -> tuple[str, list[tuple[Place, Pair]]]:
    """The judge whose seat it is, and the entrants for which it is taken over.

    These are the entrants from ``number`` on that ``leaving`` has not submitted; of each the sheet
    of ``taking`` counts instead, also one marked in reserve before.

    Raises
    ------
    Missing
        If one of both has no seat in the round.
    NothingToTakeOver
        If from there on ``leaving`` holds no seat with a sheet still to submit.
    AnnouncedAlready
        If the score of one of these entrants has been announced.
    HoldsSeat
        If ``taking`` sits in another seat, or is of the panel.
    """
    seats = {seat["person_id"]: seat for seat in panel.seats(tx, round_id)}
    if leaving not in seats or taking not in seats:
        raise Missing(what="seat")
    taken = [one for one in unsubmitted(tx, round_id, leaving) if one[0]["number"] >= number]
    if not taken:
        raise NothingToTakeOver(seat=seats[leaving]["number"], number=number)
    owner = seat_of(taken[0][1])
    taken = [one for one in taken if seat_of(one[1]) == owner]
    for place, _ in taken:
        if releases.of_entrant(tx, round_id, place["id"]):
            raise AnnouncedAlready(number=place["number"])
        if taking != owner:
            pair = panel.assignment(tx, round_id, place["id"], taking)
            if not seats[taking]["reserve"] or (pair is not None and pair["stands_for"]):
                raise HoldsSeat(seat=seats[taking]["number"])
    return owner, taken


def put_substitution(act: Act, leaving: str, taking: str, number: int, why: str) -> None:
    """Inside an act: the seat has its new holder, whose recusals are derived again.

    Raises as `to_take_over`.
    """
    tx, who, round_id = act.tx, act.who, act.round["id"]
    owner, taken = to_take_over(tx, round_id, leaving, taking, number)
    level = RoundRules.from_json(act.round["rules"]).recusal_level
    for place, pair in taken:
        leave(tx, pair, why, is_return=taking == owner)
        if taking == owner:
            _come_back(tx, round_id, place, taking)
        else:
            _stand_in(tx, round_id, place, require_person(tx, who, taking), owner, level)
    seats = {seat["person_id"]: seat for seat in panel.seats(tx, round_id)}
    _sit(tx, seats, leaving, taking, {place["session_id"] for place, _ in taken})
    tx.put(
        "substitutions",
        {
            "id": mint(),
            "round_id": round_id,
            "seat_of": owner,
            "leaving": leaving,
            "taking": taking,
            "first": taken[0][0]["number"],
            "reason": why,
            "at": stamp(act.at),
            "entered_by": who.person_id,
        },
    )


def unsubmitted(tx: Transaction, round_id: str, person_id: str) -> list[tuple[Place, Pair]]:
    """Entrants in stage order whose sheet a judge holds a seat for and has not submitted."""
    waiting: list[tuple[Place, Pair]] = []
    held = {
        pair["entrant_id"]: pair
        for pair in panel.of_seats(tx, round_id)
        if pair["person_id"] == person_id
    }
    for place in entrants.in_round(tx, round_id):
        sheet = sheets.of_pair(tx, round_id, place["id"], person_id)
        if place["id"] in held and (sheet is None or sheet["state"] != "submitted"):
            waiting.append((place, held[place["id"]]))
    return waiting


def seat_of(pair: Pair) -> str:
    """The judge whose seat an assignment fills."""
    return str(pair["stands_for"] or pair["person_id"])


def leave(tx: Transaction, pair: Pair, reason: str, *, is_return: bool) -> None:
    """Inside an act: end an assignment; a judge of the panel is absent, a reserve one again."""
    state = pair["state"]
    if state == "expected" and not (pair["stands_for"] and is_return):
        state = "absent"
    why = reason if state == "absent" and pair["state"] == "expected" else pair["reason"]
    tx.put("assignments", changed(pair, state=state, reason=why, stands_for=None))


def _come_back(tx: Transaction, round_id: str, place: Place, person_id: str) -> None:
    pair = panel.assignment(tx, round_id, place["id"], person_id)
    if pair is not None and pair["state"] == "absent":
        tx.put("assignments", changed(pair, state="expected", reason=""))


def _stand_in(
    tx: Transaction, round_id: str, place: Place, person: Mapping[str, Any], owner: str, level: str
) -> None:
    """Put a judge in reserve in a seat for one entrant, recused where that follows."""
    pair = panel.assignment(tx, round_id, place["id"], person["id"])
    if pair is None or pair["state"] == "expected":
        expect(tx, round_id, place, person, level)
        pair = panel.assignment(tx, round_id, place["id"], person["id"]) or {}
    tx.put("assignments", changed(pair, stands_for=owner))


def _sit(
    tx: Transaction, seats: dict[str, Any], leaving: str, taking: str, sessions: set[str | None]
) -> None:
    """Set the presence of both judges, and put the new holder in the sessions' panels."""
    for person_id, presence in ((leaving, "away"), (taking, "present")):
        row: Mapping[str, Any] = panel.seat(tx, seats[person_id]["round_id"], person_id) or {}
        if row["presence"] != presence:
            tx.put("seats", changed(row, presence=presence))
    for session_id in sorted(one for one in sessions if one):
        if taking not in {member["person_id"] for member in panel.members(tx, session_id)}:
            tx.put("panels", {"session_id": session_id, "person_id": taking})


def substitutions(store: Store, who: Visitor, round_id: str) -> tuple[Substitution, ...]:
    """The substitutions of a round with their reasons, oldest first."""
    with store.reading() as tx:
        require_read(tx, who, "progress", round_id)
        return substitutions_of(tx, round_id)


def substitutions_of(tx: Transaction, round_id: str) -> tuple[Substitution, ...]:
    """As `substitutions`, inside a transaction."""
    numbers = {seat["person_id"]: seat["number"] for seat in panel.seats(tx, round_id)}
    return tuple(
        Substitution(
            seat=numbers[row["seat_of"]],
            leaving=numbers[row["leaving"]],
            taking=numbers[row["taking"]],
            first=row["first"],
            reason=row["reason"],
            at=row["at"],
            by=(people.find(tx, row["entered_by"]) or {"name": ""})["name"],
        )
        for row in panel.substitutions(tx, round_id)
    )
