"""Staff: somebody added together with the role they hold throughout the competition."""

from datetime import datetime

from competition.errors import Missing
from competition.people import add_person, grant_role
from competition.visitor import Visitor
from db import Store

STAFF_ROLES = ("supervisor", "scorekeeper", "host", "timekeeper", "checker", "organizer")
"""Roles of the whole competition, in the order of how soon they are missed."""


def add_staff(
    store: Store, who: Visitor, *, name: str, role: str, at: datetime, unit: str = ""
) -> str:
    """Add somebody with a role of the whole competition; return their id.

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
