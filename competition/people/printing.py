"""Printed cards of the judges: their links, and whether the printed address is still right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competition.acting import acting
from competition.ids import digest
from competition.people.links import make_link, revoke_link
from competition.rights import require_read
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, pairings, panel, people
from db import competitions as competition_rows
from db import rounds as round_rows
from db.shapes import RoundRow, SeatedJudge


@dataclass(frozen=True)
class CardSession:
    """One session on a card: round, title, start and the entrants' numbers.

    Without a title it is a round without sessions, in which the judge has ``count`` entrants.
    """

    round: str
    title: str
    starts_at: str
    count: int
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Card:
    """A judge's card without its link.

    Attributes
    ----------
    numbers : tuple of int
        The judge's seats, each once.
    room : str
        Venue of the judge's first session; otherwise the competition's.
    sessions : tuple of CardSession
        In the order of the rounds; a round without sessions is one with its own title.
    """

    person_id: str
    name: str
    numbers: tuple[int, ...]
    reserve: bool
    room: str
    sessions: tuple[CardSession, ...]


@dataclass(frozen=True)
class Outdated:
    """A judge whose newest printed link carries another address than the one used now."""

    person_id: str
    name: str
    address: str


def cards(store: Store, who: Visitor) -> tuple[Card, ...]:
    """The cards of all judges with a seat, by room and then by number."""
    with store.reading() as tx:
        require_read(tx, who, "people")
        competition = competition_rows.get(tx, str(who.competition_id))
        names = {row["id"]: row["name"] for row in people.of_competition(tx, competition["id"])}
        seats_of: dict[str, list[tuple[RoundRow, SeatedJudge]]] = {}
        for row in round_rows.of_competition(tx, competition["id"]):
            if row["practice_of"] is not None:
                continue
            for seat in panel.seats(tx, row["id"]):
                seats_of.setdefault(seat["person_id"], []).append((row, seat))
        made = [
            _card(tx, person_id, names[person_id], seats, competition["venue"])
            for person_id, seats in seats_of.items()
        ]
    return tuple(sorted(made, key=lambda card: (card.room, card.numbers, card.name)))


def _card(
    tx: Transaction,
    person_id: str,
    name: str,
    seats: Sequence[tuple[RoundRow, SeatedJudge]],
    venue: str,
) -> Card:
    sessions, rooms = [], []
    for row, _ in seats:
        mine = panel.of_judge(tx, row["id"], person_id)
        for session in round_rows.sessions(tx, row["id"]):
            heard = [one["number"] for one in mine if one["session_id"] == session["id"]]
            if heard:
                sessions.append(_card_session(row, session, heard))
                rooms.append(session["venue"])
        if any(one["session_id"] is None for one in mine) or not mine:
            bare = {"title": "", "starts_at": ""}
            sessions.append(_card_session(row, bare, [one["number"] for one in mine]))
    return Card(
        person_id=person_id,
        name=name,
        numbers=tuple(dict.fromkeys(seat["number"] for _, seat in seats)),
        reserve=all(seat["reserve"] for _, seat in seats),
        room=next((room for room in rooms if room), venue),
        sessions=tuple(sessions),
    )


def _card_session(
    row: RoundRow, session: Mapping[str, Any], heard: Sequence[int | None]
) -> CardSession:
    numbers = [number for number in heard if number is not None]
    return CardSession(
        round=row["title"],
        title=session["title"],
        starts_at=session["starts_at"],
        count=len(heard),
        first=min(numbers, default=None),
        last=max(numbers, default=None),
    )


def print_links(
    store: Store,
    who: Visitor,
    person_ids: Sequence[str],
    *,
    address: str,
    at: datetime,
    replace: bool,
) -> dict[str, str]:
    """Make a new link for each person, to be printed; return the addresses by person.

    Parameters
    ----------
    address : str
        What the printed links begin with; it is remembered, so that a change is noticed.
    replace : bool
        Whether every former link ends; otherwise only unused printed ones.
    """
    made: dict[str, str] = {}
    with acting(store, who, "make_link", at=at) as (act, tx):
        former = people.live_links_in(tx, str(who.competition_id))
        idle = {row["id"] for row in pairings.printed(tx, str(who.competition_id))}
        for person_id in person_ids:
            secret = make_link(store, who, person_id, at=act.at)
            pairings.note_printed(tx, digest(secret), _plain(address), stamp(act.at))
            made[person_id] = f"{_plain(address)}/j/{secret}"
        for link in former:
            unused = link["id"] in idle and not link["devices"]
            if link["person_id"] in made and (replace or unused):
                revoke_link(store, who, link["id"], at=act.at)
        if not made:
            act.unchanged()
    return made


def outdated(store: Store, who: Visitor, address: str) -> tuple[Outdated, ...]:
    """Judges whose printed link leads to another address than the one used now."""
    with store.reading() as tx:
        require_read(tx, who, "people")
        names = {
            row["id"]: row["name"] for row in people.of_competition(tx, str(who.competition_id))
        }
        newest = {row["person_id"]: row for row in pairings.printed(tx, str(who.competition_id))}
    return tuple(
        Outdated(person_id, names[person_id], row["address"])
        for person_id, row in newest.items()
        if row["address"] != _plain(address)
    )


def _plain(address: str) -> str:
    return address.strip().rstrip("/")
