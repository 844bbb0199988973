"""Plan documents of a county's entrants: added and removed by the county, read by both sides."""

from datetime import datetime

from competition.acting import acting, changed
from competition.documents.keeping import checked, handed_out, keep
from competition.documents.materials import DocumentFile
from competition.errors import BadInput, Missing
from competition.filing.listing import touch
from competition.filing.scope import require_entrant, require_filing, require_open, require_own
from competition.filing.wanted import wanted_of
from competition.ids import mint
from competition.rights import may, require_read
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, document_files
from db import filings as rows


def add_filed_document(
    store: Store,
    who: Visitor,
    filing_id: str,
    entrant_id: str,
    name: str,
    content: bytes,
    *,
    kind: str = "",
    at: datetime,
) -> str:
    """Keep a document of an entrant on the county's list; return its id.

    Parameters
    ----------
    kind : str
        Which of the wanted documents it is; empty for a further one.

    Raises
    ------
    BadDocument
        If it is no PDF, JPEG, PNG or Word file by what is in it, empty, or too large.
    FilingEnded, FilingAccepted, Missing, TooManyDocuments, Duplicate
    """
    file, document_id = checked(name, content), mint()
    with acting(store, who, "add_filed_document", at=at) as (act, tx):
        filing = require_open(tx, who, filing_id, act.at)
        entrant = require_entrant(tx, filing, entrant_id)
        if kind and kind not in wanted_of(tx, filing["competition_id"]):
            raise BadInput(field="document", value=kind[:40])
        there = [one for one in rows.documents(tx, filing_id) if one["entrant_id"] == entrant_id]
        tx.put(
            "filed_documents",
            {
                "id": document_id,
                "competition_id": filing["competition_id"],
                "entrant_id": entrant_id,
                "kind": kind,
                **keep(tx, store, file, there),
                "added_at": stamp(act.at),
            },
        )
        tx.put("filed_entrants", changed(entrant, returned=0))
        touch(tx, filing, act.at)
        act.record("filed_document_added", filing_id)
    return document_id


def remove_filed_document(
    store: Store, who: Visitor, filing_id: str, document_id: str, *, at: datetime
) -> None:
    """Remove a document from the county's list; a version that was filed with it keeps it.

    Raises
    ------
    FilingEnded, FilingAccepted, Missing
    """
    with acting(store, who, "remove_filed_document", at=at) as (act, tx):
        filing = require_open(tx, who, filing_id, act.at)
        document = rows.document(tx, document_id)
        if document is None:
            raise Missing(what="document")
        require_entrant(tx, filing, document["entrant_id"])
        tx.remove("filed_documents", id=document_id)
        document_files.forget_unused(tx, store, document["sha256"])
        touch(tx, filing, act.at)
        act.record("filed_document_removed", filing_id)


def open_filed_document(
    store: Store, who: Visitor, filing_id: str, document_id: str
) -> DocumentFile:
    """A document of a filing, for its county and for the organizers.

    Raises
    ------
    Missing
        If it is no document of this filing, or the filing is another county's.
    DocumentGone
        If its file is missing.
    """
    with store.reading() as tx:
        is_staff = may(tx, who, "filings")
    read = staff_filed_document if is_staff else own_filed_document
    return read(store, who, filing_id, document_id)


def own_filed_document(
    store: Store, who: Visitor, filing_id: str, document_id: str
) -> DocumentFile:
    """A document of the visitor's own county."""
    with store.reading() as tx:
        require_read(tx, who, "own_filing")
        require_own(tx, who, filing_id)
        return _file(tx, store, filing_id, document_id)


def staff_filed_document(
    store: Store, who: Visitor, filing_id: str, document_id: str
) -> DocumentFile:
    """A document of any county, for the organizers."""
    with store.reading() as tx:
        require_read(tx, who, "filings")
        require_filing(tx, who, filing_id)
        return _file(tx, store, filing_id, document_id)


def _file(tx: Transaction, store: Store, filing_id: str, document_id: str) -> DocumentFile:
    files = [
        (one["sha256"], one["media_type"])
        for one in rows.documents(tx, filing_id)
        if one["id"] == document_id
    ]
    for version in rows.versions(tx, filing_id):
        files += [
            (one["sha256"], one["media_type"])
            for listed in rows.content(version)
            for one in listed["documents"]
            if one["id"] == document_id
        ]
    if not files:
        raise Missing(what="document")
    return handed_out(store, *files[0], "plan")
