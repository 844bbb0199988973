"""A row in each table of filings: for the event that has one in every table."""

from datetime import datetime, timedelta
from typing import Any

from competition.filing import attaching, handing_in, inviting, listing, terms, uploading
from competition.people import people
from competition.sign_ins import visitor_of
from competition.times import local, stamp
from tests.competition.registry.document_rows import PDF

HONGHE, YUANYANG = ("532529", "红河县"), ("532528", "元阳县")
MENGDIAN = listing.Line("532529100201", "迤萨镇", "勐甸村", "勐甸村规划", "李志华", "村支书")
OWN_PDF = PDF + b"county"
OPEN_FOR = timedelta(days=10)


def invite(event: Any, *, at: datetime) -> dict[str, str]:
    """Deadline, wanted documents and two counties; return each county's filing."""
    store, who = event.store, event.organizer
    until = local(stamp(at + OPEN_FOR), "Asia/Shanghai").strftime("%Y-%m-%d %H:%M")
    terms.set_filing_terms(store, who, closes_at=until, wanted="规划文本\n规划图", at=at)
    inviting.invite_counties(store, who, [HONGHE, YUANYANG], at=at)
    with store.reading() as tx:
        rows = tx.rows("SELECT * FROM filings WHERE county_code > '532527'")
        grants = tx.rows("SELECT * FROM grants WHERE role = 'county' AND county IS NOT NULL")
    for grant in grants:
        event.people[grant["county"]] = grant["person_id"]
    return {row["county_code"]: row["id"] for row in rows}


def county(event: Any, code: str = HONGHE[0]) -> Any:
    """The visitor of a county's link."""
    with event.store.reading() as tx:
        return visitor_of(tx, event.people[code])


def enter(event: Any, *, at: datetime) -> str:
    """红河县 has filed one entrant with a document, and uploads a workbook; the filing's id."""
    filing_id = invite(event, at=at)[HONGHE[0]]
    store, who = event.store, county(event)
    entrant_id = listing.put_filed_entrant(store, who, filing_id, MENGDIAN, at=at)
    attaching.add_filed_document(
        store, who, filing_id, entrant_id, "勐甸.pdf", OWN_PDF, kind="规划文本", at=at
    )
    handing_in.file_list(store, who, filing_id, at=at)
    uploading.keep_upload(store, who, filing_id, "红河县.xlsx", b"PK workbook", stops=2, at=at)
    return filing_id


def as_county(event: Any, *, at: datetime) -> None:
    """The person who plays the role may file for 红河县 as well."""
    people.grant_role(
        event.store, event.organizer, event.people["county"], "county", county=HONGHE[0], at=at
    )
