"""People and their roles."""

from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import Act, acting
from competition.errors import Duplicate, Missing
from competition.generations import put_generation
from competition.ids import mint
from competition.people.errors import ForbiddenPair
from competition.rights import require_read
from competition.times import stamp
from competition.visitor import ROLES, Visitor, excluded_by
from db import Store, Transaction, panel, pins
from db import competitions as competition_rows
from db import people as rows
from db import rounds as round_rows
from db.shapes import Competition, Grant, LiveLink, Person


def begin_competition(
    store: Store,
    *,
    title: str,
    at: datetime,
    organizer: str,
    venue: str = "",
    starts_on: str = "",
    sample: bool = False,
    rehearsal: bool = False,
    timezone: str = "Asia/Shanghai",
) -> tuple[str, str]:
    """Begin a competition with its first organizer: the command's act, not a page's.

    Returns
    -------
    tuple of str
        The competition's id and the organizer's.
    """
    competition_id, person_id = mint(), mint()
    with store.writing() as tx:
        command = Visitor(competition_id=competition_id)
        tx.put(
            "competitions",
            {
                "id": competition_id,
                "title": fields.text(title, "title", required=True),
                "venue": fields.text(venue, "venue"),
                "starts_on": starts_on,
                "timezone": timezone,
                "sample": int(sample),
                "rehearsal": int(rehearsal),
                "created_at": stamp(at),
            },
        )
        tx.put("people", _person(person_id, competition_id, organizer))
        tx.put("grants", _grant(person_id, "organizer", None, None))
        put_generation(tx, competition_id, "created", at=at)
        Act(tx, command, "begin_competition", at).record("competition_begun", competition_id)
    return competition_id, person_id


def add_person(
    store: Store,
    who: Visitor,
    *,
    name: str,
    at: datetime,
    county: str = "",
    native_county: str = "",
    unit: str = "",
) -> str:
    """Add a person to the competition; return the id."""
    person_id = mint()
    with acting(store, who, "add_person", at=at) as (act, tx):
        row = _person(person_id, str(who.competition_id), name)
        row["county"] = fields.text(county, "county")
        row["native_county"] = fields.text(native_county, "native_county")
        row["unit"] = fields.text(unit, "unit")
        tx.put("people", row)
        act.record("person_added", person_id)
    return person_id


def grant_role(
    store: Store,
    who: Visitor,
    person_id: str,
    role: str,
    *,
    at: datetime,
    round_id: str | None = None,
    county: str | None = None,
) -> None:
    """Give a person a role in the competition, in one round or for one county.

    Raises
    ------
    ForbiddenPair
        If the person holds a role that excludes it, anywhere (see `db.pairs`).
    Duplicate
        If the person holds it already.
    Missing
        If person or round is not of this competition, or a judge has no seat in the round.
    """
    with acting(store, who, "grant_role", at=at) as (act, tx):
        require_person(tx, who, person_id)
        if round_id is not None:
            _require_round(tx, who, round_id)
            if role == "judge" and panel.seat(tx, round_id, person_id) is None:
                raise Missing(what="seat")
        put_grant(tx, person_id, role, round_id, county)
        act.record("role_granted", person_id, round_id=round_id)


def put_grant(
    tx: Transaction, person_id: str, role: str, round_id: str | None, county: str | None = None
) -> None:
    """Inside an act: write a grant; forbidden pairs and doubles are refused."""
    if role not in ROLES or role == "public":
        raise Missing(what="role")
    held = rows.grants(tx, person_id)
    for other in sorted({grant["role"] for grant in held} & excluded_by(role)):
        name = (rows.find(tx, person_id) or {"name": ""})["name"]
        raise ForbiddenPair(name=name, role=role, other=other)
    if any((g["role"], g["round_id"], g["county"]) == (role, round_id, county) for g in held):
        raise Duplicate(what=role)
    tx.put("grants", _grant(person_id, role, round_id, county))


def require_person(tx: Transaction, who: Visitor, person_id: str) -> Person:
    """A person of the visitor's own competition, or `Missing`."""
    row = rows.find(tx, person_id)
    if row is None or row["competition_id"] != who.competition_id:
        raise Missing(what="person")
    return row


def _require_round(tx: Transaction, who: Visitor, round_id: str) -> None:
    row = round_rows.find(tx, round_id)
    if row is None or row["competition_id"] != who.competition_id:
        raise Missing(what="round")


class PersonView(Person):
    """A person with roles, seats and live links.

    Attributes
    ----------
    numbers : dict
        A round's id to the number of the person's seat in it and whether it is one in reserve.
    devices : int
        How many browsers are signed in by the person's links.
    """

    roles: list[str]
    grants: list[Grant]
    numbers: dict[str, tuple[int, bool]]
    links: list[LiveLink]
    devices: int
    has_pin: bool


def all_people(store: Store, who: Visitor) -> list[PersonView]:
    """All people of the competition, those with a seat first, for the organizer."""
    with store.reading() as tx:
        require_read(tx, who, "people")
        competition_id = str(who.competition_id)
        holders = pins.holders(tx, competition_id)
        people: dict[str, PersonView] = {
            row["id"]: {
                **row,
                "roles": [],
                "grants": [],
                "numbers": {},
                "links": [],
                "devices": 0,
                "has_pin": row["id"] in holders,
            }
            for row in rows.of_competition(tx, competition_id)
        }
        for grant in rows.grants_in(tx, competition_id):
            people[grant["person_id"]]["grants"].append(grant)
            roles = people[grant["person_id"]]["roles"]
            if grant["role"] not in roles:
                roles.append(grant["role"])
        for link in rows.live_links_in(tx, competition_id):
            people[link["person_id"]]["links"].append(link)
            people[link["person_id"]]["devices"] += link["devices"]
        for round_id, person_id, number, reserve in panel.numbers(tx, competition_id):
            people[person_id]["numbers"][round_id] = (number, bool(reserve))
    return sorted(
        people.values(),
        key=lambda p: (min(p["numbers"].values(), default=(0, False)), p["name"], p["id"]),
    )


def current_competition(store: Store, who: Visitor) -> Competition:
    """The visitor's competition."""
    with store.reading() as tx:
        require_read(tx, who, "competition")
        row = competition_rows.find(tx, str(who.competition_id))
        if row is None:
            raise Missing(what="competition")
        return row


def _person(person_id: str, competition_id: str, name: str) -> dict[str, Any]:
    return {
        "id": person_id,
        "competition_id": competition_id,
        "name": fields.text(name, "name", required=True),
        "county": "",
        "native_county": "",
        "unit": "",
    }


def _grant(person_id: str, role: str, round_id: str | None, county: str | None) -> dict[str, Any]:
    return {
        "id": mint(),
        "person_id": person_id,
        "role": role,
        "round_id": round_id,
        "county": county,
    }
