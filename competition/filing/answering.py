"""What the organizers do with a filing: nudge the county, return the list, accept it."""

from collections.abc import Collection
from datetime import datetime

from competition import fields, typed
from competition.acting import acting, changed
from competition.errors import Missing
from competition.filing.errors import FiledAgain, FilingTimeNeeded, NotFiled
from competition.filing.scope import deadline, require_filing
from competition.filing.terms import zoned
from competition.states import FILING, allows
from competition.times import parse, stamp
from competition.visitor import Visitor
from db import Store, competitions, imports
from db import filings as rows
from db.filing_shapes import Filing


def nudge_county(store: Store, who: Visitor, filing_id: str, *, at: datetime) -> None:
    """Record that a county was reminded; the words themselves go by telephone or message."""
    with acting(store, who, "nudge_county", at=at) as (act, tx):
        filing = require_filing(tx, who, filing_id)
        row = changed(filing, nudged_at=stamp(act.at), nudges=filing["nudges"] + 1)
        tx.put("filings", row)
        act.record("county_nudged", filing_id)


def return_filing(
    store: Store,
    who: Visitor,
    filing_id: str,
    *,
    version: int,
    reason: str,
    entrant_ids: Collection[str] = (),
    until: str = "",
    at: datetime,
) -> None:
    """Return a county's list with a reason: it stands first on the county's page.

    Parameters
    ----------
    version : int
        The version that the organizer has looked at.
    entrant_ids : collection of str
        The entrants it is about; none for the list as a whole.
    until : str
        The county's own deadline, on the competition's clock; empty while the present one is
        still to come.

    Raises
    ------
    ReasonNeeded, NotFiled, FiledAgain, Missing
    FilingTimeNeeded
        If the county's deadline has passed and no later one is given.
    """
    with acting(store, who, "return_filing", at=at) as (act, tx):
        why = fields.reason(reason)
        filing = _looked_at(require_filing(tx, who, filing_id), version)
        zone = competitions.get(tx, filing["competition_id"])["timezone"]
        typed_until = typed.moment(until, "until")
        own = zoned(typed_until, zone) if typed_until else filing["closes_at"]
        row = changed(
            filing, state="returned", returned_at=stamp(act.at), returned_reason=why, closes_at=own
        )
        if parse(deadline(tx, row).own) <= act.at:
            raise FilingTimeNeeded(field="until")
        listed = {one["id"]: one for one in rows.entrants(tx, filing_id)}
        for entrant_id in entrant_ids:
            if entrant_id not in listed:
                raise Missing(what="entrant")
            tx.put("filed_entrants", changed(listed[entrant_id], returned=1))
        tx.put("filings", row)
        act.record("filing_returned", filing_id, reason=why)


def accept_filing(
    store: Store, who: Visitor, filing_id: str, import_id: str, *, version: int, at: datetime
) -> None:
    """Accept a county's list, whose entrants an import has just entered.

    Undoing that import opens the filing again.

    Raises
    ------
    NotFiled, FiledAgain, Missing
    """
    with acting(store, who, "accept_filing", at=at) as (act, tx):
        filing = _looked_at(require_filing(tx, who, filing_id), version)
        entered = imports.find(tx, import_id)
        if (
            entered is None
            or entered["competition_id"] != who.competition_id
            or entered["undone_at"] is not None
        ):
            raise Missing(what="import")
        tx.put("filings", changed(filing, state="accepted", import_id=import_id))
        act.record("filing_accepted", filing_id)


def _looked_at(filing: Filing, version: int) -> Filing:
    """A filing that waits for an answer, in the version that the organizer has seen."""
    if not allows(FILING, filing["state"], "accepted"):
        raise NotFiled(county=filing["county"])
    if filing["version"] != version:
        raise FiledAgain(county=filing["county"])
    return filing
