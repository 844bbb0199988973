"""Whose a filing is, and until when it may be changed: asked by every act and read of this room.

A county's visitor reaches only that county's filing: a grant names the county's code.
"""

from datetime import datetime
from typing import NamedTuple

from competition.errors import Missing
from competition.filing.errors import FilingAccepted, FilingEnded, FilingTermsNeeded
from competition.times import local, parse
from competition.visitor import Visitor
from db import Transaction, competitions, events
from db import filings as rows
from db.filing_shapes import FiledEntrant, Filing, FilingTerms


class Deadline(NamedTuple):
    """When a county's filing ends, and when that of all counties does."""

    own: str
    common: str


def require_terms(tx: Transaction, who: Visitor) -> FilingTerms:
    """The terms of the visitor's competition.

    Raises
    ------
    FilingTermsNeeded
        If the organizers have set no deadline.
    """
    terms = rows.terms(tx, str(who.competition_id))
    if terms is None:
        raise FilingTermsNeeded
    return terms


def require_filing(tx: Transaction, who: Visitor, filing_id: str) -> Filing:
    """A filing of the visitor's own competition, or `Missing`: for the organizers."""
    filing = rows.find(tx, filing_id)
    if filing is None or filing["competition_id"] != who.competition_id:
        raise Missing(what="filing")
    return filing


def counties_of(who: Visitor) -> frozenset[str]:
    """The codes of the counties for which a visitor may file."""
    codes = (grant.county for grant in who.grants if grant.role == "county")
    return frozenset(code for code in codes if code)


def require_own(tx: Transaction, who: Visitor, filing_id: str) -> Filing:
    """A filing of the visitor's own county, or `Missing`: another county's is not there."""
    filing = require_filing(tx, who, filing_id)
    if filing["county_code"] not in counties_of(who):
        raise Missing(what="filing")
    return filing


def require_open(tx: Transaction, who: Visitor, filing_id: str, at: datetime) -> Filing:
    """A filing of the visitor's own county that may be changed at this time.

    Raises
    ------
    FilingAccepted
        If the organizers have accepted it.
    FilingEnded
        If the county's deadline, or else the common one, has passed.
    """
    filing = require_own(tx, who, filing_id)
    if filing["state"] == "accepted":
        raise FilingAccepted
    own = deadline(tx, filing).own
    if at >= parse(own):
        raise FilingEnded(until=on_the_clock(tx, who, own))
    return filing


def deadline(tx: Transaction, filing: Filing) -> Deadline:
    """The deadline of a filing and the common one."""
    terms = rows.terms(tx, filing["competition_id"])
    common = terms["closes_at"] if terms else filing["closes_at"] or ""
    return Deadline(filing["closes_at"] or common, common)


def on_the_clock(tx: Transaction, who: Visitor, stamp: str) -> str:
    """A stored time on the competition's own clock, for a sentence."""
    zone = competitions.get(tx, str(who.competition_id))["timezone"]
    return local(stamp, zone).strftime("%Y-%m-%d %H:%M")


def require_entrant(tx: Transaction, filing: Filing, entrant_id: str) -> FiledEntrant:
    """An entrant of this filing, or `Missing`: an id of another county's opens nothing."""
    entrant = rows.entrant(tx, entrant_id)
    if entrant is None or entrant["filing_id"] != filing["id"]:
        raise Missing(what="entrant")
    return entrant


def is_on_record(tx: Transaction, stamp: str) -> bool:
    """Whether an event at or after a time is on record: no clock can go back before it."""
    last = events.last_time(tx)
    return last is not None and last >= stamp
