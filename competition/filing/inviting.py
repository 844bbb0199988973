"""Counties invited: each has a person with the role, its filing, and a link."""

from collections.abc import Sequence
from datetime import datetime

from competition import fields
from competition.acting import acting
from competition.filing.scope import require_terms
from competition.ids import mint
from competition.lineup.errors import BadCode
from competition.people.links import make_link, revoke_link
from competition.people.people import add_person, grant_role
from competition.visitor import Visitor
from db import Store, Transaction, people
from db import filings as rows
from words import LANGS, t


def invite_counties(
    store: Store, who: Visitor, counties: Sequence[tuple[str, str]], *, at: datetime
) -> dict[str, str]:
    """A new link for each county, by its code; its former links end.

    Parameters
    ----------
    counties : sequence of tuple
        Code of 6 digits, and name.

    Raises
    ------
    FilingTermsNeeded
        If no deadline is set.
    BadCode
        For a code that is none of a county.
    """
    made: dict[str, str] = {}
    with acting(store, who, "invite_counties", at=at) as (act, tx):
        require_terms(tx, who)
        there = {one["county_code"] for one in rows.of_competition(tx, str(who.competition_id))}
        for code, name in counties:
            if not (len(code) == 6 and code.isascii() and code.isdigit()):
                raise BadCode(code=code)
            if code not in there:
                _begin(tx, who, code, fields.text(name, "county", required=True))
            made[code] = _link(store, who, tx, code, name, act.at)
        act.record("counties_invited", str(who.competition_id))
    return made


def _begin(tx: Transaction, who: Visitor, code: str, name: str) -> None:
    tx.put(
        "filings",
        {
            "id": mint(),
            "competition_id": who.competition_id,
            "county_code": code,
            "county": name,
            "state": "draft",
            "version": 0,
            "filed_at": None,
            "changed_at": None,
            "returned_at": None,
            "returned_reason": None,
            "closes_at": None,
            "nudged_at": None,
            "nudges": 0,
            "import_id": None,
        },
    )


def _link(store: Store, who: Visitor, tx: Transaction, code: str, name: str, at: datetime) -> str:
    """A link for the person of a county, who is added at first; former links end."""
    grants = people.grants_in(tx, str(who.competition_id))
    holders = [
        one["person_id"] for one in grants if (one["role"], one["county"]) == ("county", code)
    ]
    if not holders:
        name = t("role.county_person", LANGS[0], county=name)
        holders = [add_person(store, who, name=name, at=at)]
        grant_role(store, who, holders[0], "county", county=code, at=at)
    for person_id in holders:
        for link in people.links(tx, person_id):
            if link["revoked_at"] is None:
                revoke_link(store, who, link["id"], at=at)
    return make_link(store, who, holders[0], at=at)
