"""The acts and reads of filings, called with arguments that are valid."""

from typing import Any

from competition.filing import (
    answering,
    attaching,
    handing_in,
    inviting,
    listing,
    terms,
    uploading,
    views,
)
from tests.competition.event import later
from tests.competition.registry import filing_rows
from tests.competition.registry.filing_rows import MENGDIAN, OPEN_FOR, YUANYANG

AT = later(3600)
OTHER = listing.Line("532529100202", "迤萨镇", "齐心寨村", "齐心寨村规划")


def begin(p: Any) -> None:
    """红河县 waits for an answer; it has an entrant, a document and a workbook."""
    p.ids["filing"] = filing_rows.enter(p.event, at=later(0))
    filing_rows.as_county(p.event, at=later(0))
    p.visitors["county"] = p.event.visitor("county")
    with p.event.store.reading() as tx:
        p.ids["filed"] = tx.value("SELECT id FROM filed_entrants")
        p.ids["paper"] = tx.value("SELECT id FROM filed_documents")


def _file(p: Any, who: Any) -> object:
    """Whoever may, gives the workbook up first."""
    if "county" in who.roles:
        uploading.drop_upload(p.event.store, who, p.ids["filing"], at=AT)
    return handing_in.file_list(p.event.store, who, p.ids["filing"], at=AT)


ACTS = {
    "set_filing_terms": lambda p, w: terms.set_filing_terms(
        p.event.store, w, closes_at="2022-04-30 18:00", wanted="规划文本", at=AT
    ),
    "note_filing_end": lambda p, w: terms.note_filing_end(
        p.event.store, w, at=later(0) + 2 * OPEN_FOR
    ),
    "invite_counties": lambda p, w: inviting.invite_counties(
        p.event.store, w, [("532523", "屏边县"), YUANYANG], at=AT
    ),
    "nudge_county": lambda p, w: answering.nudge_county(p.event.store, w, p.ids["filing"], at=AT),
    "return_filing": lambda p, w: answering.return_filing(
        p.event.store, w, p.ids["filing"], version=1, reason="缺规划图", at=AT
    ),
    "accept_filing": lambda p, w: answering.accept_filing(
        p.event.store, w, p.ids["filing"], p.ids["import"], version=1, at=AT
    ),
    "put_filed_entrant": lambda p, w: listing.put_filed_entrant(
        p.event.store, w, p.ids["filing"], OTHER, at=AT
    ),
    "remove_filed_entrant": lambda p, w: listing.remove_filed_entrant(
        p.event.store, w, p.ids["filing"], p.ids["filed"], at=AT
    ),
    "add_filed_document": lambda p, w: attaching.add_filed_document(
        p.event.store, w, p.ids["filing"], p.ids["filed"], "图.pdf", b"%PDF-1.4 map", at=AT
    ),
    "remove_filed_document": lambda p, w: attaching.remove_filed_document(
        p.event.store, w, p.ids["filing"], p.ids["paper"], at=AT
    ),
    "keep_upload": lambda p, w: uploading.keep_upload(
        p.event.store, w, p.ids["filing"], "又.xlsx", b"PK again", stops=0, at=AT
    ),
    "edit_upload": lambda p, w: uploading.edit_upload(
        p.event.store, w, p.ids["filing"], [("set", "名单", "D3", "勐甸村")], stops=1, at=AT
    ),
    "drop_upload": lambda p, w: uploading.drop_upload(p.event.store, w, p.ids["filing"], at=AT),
    "take_upload": lambda p, w: listing.take_upload(
        p.event.store, w, p.ids["filing"], [MENGDIAN, OTHER], at=AT
    ),
    "file_list": _file,
}

READS = {
    "filings": (
        lambda p, w: views.filings(p.event.store, w, at=AT),
        lambda p, w: views.filing(p.event.store, w, p.ids["filing"], at=AT),
        lambda p, w: views.filed_content(p.event.store, w, p.ids["filing"], 1),
        lambda p, w: attaching.staff_filed_document(
            p.event.store, w, p.ids["filing"], p.ids["paper"]
        ),
        lambda p, w: terms.terms_as_typed(p.event.store, w),
    ),
    "own_filing": (
        lambda p, w: views.own_filings(p.event.store, w),
        lambda p, w: views.own_filing(p.event.store, w, p.ids["filing"], at=AT),
        lambda p, w: attaching.own_filed_document(
            p.event.store, w, p.ids["filing"], p.ids["paper"]
        ),
        lambda p, w: uploading.upload_content(p.event.store, w, p.ids["filing"]),
    ),
}
