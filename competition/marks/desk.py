"""The stage for the page of the day: running order, entrant on stage, seats, open requests.

No mark is in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from competition.blind import seen_by
from competition.marks.pending import Decision, waiting_deductions
from competition.marks.progress import cell_state
from competition.rights import may, require_read
from competition.visitor import Visitor
from db import Store, Transaction, entrants, panel, people
from db import rounds as round_rows
from db import sheets as rows
from db.shapes import Place, RoundRow


@dataclass(frozen=True)
class DeskSeat:
    """One judge's seat, as far as the desk may know it.

    Attributes
    ----------
    state : str
        Of the sheet, as in `competition.marks.progress.Cell`; empty where the judge does not mark
        this entrant.
    holds_seat : bool
        Whether the sheet counts: not one in reserve, nor of a seat another has taken over.
    stands_for : int or None
        The seat taken over, for this entrant.
    presence : str
        not_arrived, present or away.
    at : str or None
        When the sheet was submitted, or last saved.
    """

    person_id: str
    number: int
    reserve: bool
    holds_seat: bool
    stands_for: int | None
    presence: str
    state: str
    marked: int
    reason: str
    at: str | None


@dataclass(frozen=True)
class Request:
    """An unanswered request to reopen a sheet."""

    id: str
    number: int | None
    seat: int
    reason: str
    asked_by: str
    asked_by_id: str
    asked_at: str


@dataclass(frozen=True)
class Desk:
    """What the desk shows.

    Attributes
    ----------
    order : sequence of Place
        The entrants in the running order.
    current, following : Place or None
        Who is on stage, and who comes after.
    subject : Place or None
        The entrant in the middle of the page: current, else following.
    seats : tuple of DeskSeat or None
        None for a role that does not see progress.
    criteria : int
        How many marks make a complete sheet.
    requests, deductions
        What waits for a second person.
    """

    state: str
    order: Sequence[Place]
    current: Place | None
    following: Place | None
    subject: Place | None
    seats: tuple[DeskSeat, ...] | None
    criteria: int
    requests: tuple[Request, ...]
    deductions: tuple[Decision, ...]

    @property
    def submitted(self) -> int:
        """Seats whose sheet of the subject is in."""
        done = ("submitted", "locked")
        return sum(seat.state in done and seat.holds_seat for seat in self.seats or ())

    @property
    def counted(self) -> tuple[int, int]:
        """How many judges' sheets of the subject count, of how many that hold its seats."""
        held = [seat for seat in self.seats or () if seat.state and seat.holds_seat]
        out = ("recused", "absent")
        return sum(seat.state not in out for seat in held), len(held)

    @property
    def missing(self) -> tuple[DeskSeat, ...]:
        """Seats whose sheet of the subject is still to come."""
        owed = ("not_begun", "marking", "reopened")
        return tuple(s for s in self.seats or () if s.state in owed and s.holds_seat)

    @property
    def expected(self) -> int:
        """Sheets of the subject that are in or still to come."""
        return self.submitted + len(self.missing)


def desk(store: Store, who: Visitor, round_id: str, *, at: datetime) -> Desk:
    """The stage of a round, looking at the entrant on stage, or at the next one."""
    with store.reading() as tx:
        row = require_read(tx, who, "stage", round_id)
        order = seen_by(who, row, entrants.running(tx, round_id))
        on_stage = entrants.on_stage(tx, round_id)
        current = seen_by(who, row, [on_stage])[0] if on_stage else None
        following = next_to_come(order)
        subject = current or following
        sees = may(tx, who, "progress", round_id)
        return Desk(
            state=row["state"],
            order=order,
            current=current,
            following=following,
            subject=subject,
            seats=_seats(tx, row, subject, at) if sees else None,
            criteria=len(round_rows.criteria(tx, round_id)),
            requests=_requests(tx, round_id) if sees else (),
            deductions=waiting_deductions(tx, round_id)
            if may(tx, who, "deductions", round_id)
            else (),
        )


def next_to_come(order: Sequence[Place]) -> Place | None:
    """The next to come in the running order."""
    return next((place for place in order if place["stage"] in ("called", "waiting")), None)


def _seats(
    tx: Transaction, row: RoundRow, subject: Place | None, at: datetime
) -> tuple[DeskSeat, ...]:
    pairs = {
        pair["person_id"]: pair
        for pair in (rows.progress(tx, row["id"], subject["id"]) if subject else ())
    }
    seats = panel.seats(tx, row["id"])
    numbers = {seat["person_id"]: seat["number"] for seat in seats}
    return tuple(
        DeskSeat(
            person_id=seat["person_id"],
            number=seat["number"],
            reserve=bool(seat["reserve"]),
            holds_seat=bool(pair["holds_seat"]) if pair else not seat["reserve"],
            stands_for=numbers.get(pair["stands_for"]) if pair else None,
            presence=seat["presence"],
            state=cell_state(pair, row["state"], at) if pair else "",
            marked=pair["marked"] if pair else 0,
            reason=pair["reason"] if pair else "",
            at=(pair["submitted_at"] or pair["saved_at"]) if pair else None,
        )
        for seat in seats
        for pair in [pairs.get(seat["person_id"])]
    )


def _requests(tx: Transaction, round_id: str) -> tuple[Request, ...]:
    numbers = {place["id"]: place["number"] for place in entrants.in_round(tx, round_id)}
    seats = {seat["person_id"]: seat["number"] for seat in panel.seats(tx, round_id)}
    requests = []
    for one in rows.reopenings(tx, round_id):
        if one["state"] == "asked":
            asker = people.find(tx, one["asked_by"])
            requests.append(
                Request(
                    id=one["id"],
                    number=numbers[one["entrant_id"]],
                    seat=seats[one["person_id"]],
                    reason=one["reason"],
                    asked_by=asker["name"] if asker else "",
                    asked_by_id=one["asked_by"],
                    asked_at=one["asked_at"],
                )
            )
    return tuple(reversed(requests))
