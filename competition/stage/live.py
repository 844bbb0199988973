"""What the page of the day shows: stage, next step, seats with their pads, announcements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from competition.marks.desk import Desk, desk
from competition.rights import may, require_read
from competition.rounds.rules import RoundRules
from competition.stage.adjourning import Pause, pause_of
from competition.stage.beats import Sign, signs, silence
from competition.stage.expected_end import ExpectedEnd, expected_end
from competition.stage.next_step import Steps, steps
from competition.stage.seat_faces import SeatFace, seat_face
from competition.stage.turns import Turns, turns
from competition.times import parse
from competition.visitor import Visitor
from db import Store, Transaction, entrants, events, rounds
from db.shapes import Place, Session


@dataclass(frozen=True)
class Live:
    """The day at one moment, as far as the visitor may see it.

    Attributes
    ----------
    faces : tuple of SeatFace or None
        The seats in number order; None for a role that does not see progress.
    turns : Turns or None
        Where scores are announced one by one, and the visitor may see the announcements.
    pause : Pause or None
        The adjournment.
    end : ExpectedEnd or None
    since : datetime or None
        When the entrant in the middle came to its stage state.
    session : tuple of int
        Of the entrant in the middle: its turn in its session, and how many are in it.
    """

    desk: Desk
    steps: Steps
    faces: tuple[SeatFace, ...] | None
    turns: Turns | None
    pause: Pause | None
    end: ExpectedEnd | None
    since: datetime | None
    session: tuple[int, int]
    sessions: tuple[Session, ...]


def live(store: Store, who: Visitor, round_id: str, *, at: datetime) -> Live:
    """The page of the day."""
    with store.reading() as tx:
        row = require_read(tx, who, "stage", round_id)
        shown = desk(store, who, round_id, at=at)
        announces = RoundRules.from_json(row["rules"]).releases and may(tx, who, "hall", round_id)
        subject = shown.subject
        session_id = subject["session_id"] if subject else None
        order = entrants.running(tx, round_id)
        return Live(
            desk=shown,
            steps=steps(store, who, round_id),
            faces=_faces(shown, _signs(store, round_id, shown, at)),
            turns=turns(store, who, round_id) if announces else None,
            pause=pause_of(tx, round_id),
            end=expected_end(tx, round_id, order, session_id, at=at),
            since=_since(tx, round_id, subject),
            session=_session(order, subject),
            sessions=tuple(rounds.sessions(tx, round_id)),
        )


def _signs(store: Store, round_id: str, shown: Desk, at: datetime) -> Mapping[str, Sign]:
    known = signs(store, round_id, at=at)
    silent = silence(store, round_id, at=at)
    return {seat.person_id: known.get(seat.person_id, silent) for seat in shown.seats or ()}


def _faces(shown: Desk, known: Mapping[str, Sign]) -> tuple[SeatFace, ...] | None:
    if shown.seats is None:
        return None
    numbers = {place["id"]: place["number"] for place in shown.order}
    subject_id = shown.subject["id"] if shown.subject else ""
    return tuple(
        seat_face(seat, known[seat.person_id], subject_id, numbers, of=shown.criteria)
        for seat in shown.seats
    )


def _since(tx: Transaction, round_id: str, subject: Place | None) -> datetime | None:
    if subject is None:
        return None
    moves = events.of_kinds(tx, round_id, (f"stage_{subject['stage']}",))
    times = [move["at"] for move in moves if move["subject"] == subject["id"]]
    return parse(times[-1]) if times else None


def _session(order: list[Place], subject: Place | None) -> tuple[int, int]:
    if subject is None:
        return 0, 0
    here = [one["id"] for one in order if one["session_id"] == subject["session_id"]]
    return here.index(subject["id"]) + 1, len(here)
