"""Staff: people are added with a role, get another role, or lose one."""

from datetime import datetime

from competition import fields
from competition.acting import acting
from competition.errors import Missing
from competition.people.errors import FollowsSeat, LastOrganizer, NotHeld
from competition.people.people import add_person, grant_role, require_person
from competition.visitor import Visitor
from db import Store, Transaction, people

STAFF_ROLES = ("supervisor", "scorekeeper", "host", "timekeeper", "checker", "organizer")
"""Roles of the whole competition, in the order of how soon they are missed."""


def add_staff(
    store: Store, who: Visitor, *, name: str, role: str, at: datetime, unit: str = ""
) -> str:
    """Add a person with a role of the whole competition; return the id.

    Raises
    ------
    Missing
        If it is no role of the staff: judges come by their seats.
    """
    if role not in STAFF_ROLES:
        raise Missing(what="role")
    with store.writing():
        person_id = add_person(store, who, name=name, unit=unit, at=at)
        grant_role(store, who, person_id, role, at=at)
    return person_id


def revoke_role(
    store: Store,
    who: Visitor,
    person_id: str,
    role: str,
    *,
    reason: str,
    at: datetime,
    round_id: str | None = None,
    county: str | None = None,
) -> None:
    """Remove a person's role; its rights end immediately on every device.

    What they entered, confirmed and signed stays theirs; their links open as long as they
    hold another role, and lead nowhere otherwise.

    Raises
    ------
    NotHeld
        If they do not hold it there.
    LastOrganizer
        If no other organizer would remain, or it is the organizer's own role: another
        organizer removes it.
    FollowsSeat
        If it is a judge's: that one comes and goes with the seat.
    """
    with acting(store, who, "revoke_role", at=at) as (act, tx):
        why = fields.reason(reason)
        require_person(tx, who, person_id)
        held = people.grants(tx, person_id)
        wanted = (role, round_id, county)
        taken = [g for g in held if (g["role"], g["round_id"], g["county"]) == wanted]
        if not taken:
            raise NotHeld(role=role)
        if role == "judge":
            raise FollowsSeat
        if role == "organizer":
            _require_another(tx, who, person_id)
        tx.remove("grants", id=taken[0]["id"])
        act.record("role_revoked", person_id, reason=why, round_id=round_id)


def _require_another(tx: Transaction, who: Visitor, person_id: str) -> None:
    """Refuse to remove the last organizer, or the visitor's own organizer's role."""
    others = {
        grant["person_id"]
        for grant in people.grants_in(tx, str(who.competition_id))
        if grant["role"] == "organizer" and grant["round_id"] is None
    } - {person_id}
    if person_id == who.person_id or not others:
        raise LastOrganizer
