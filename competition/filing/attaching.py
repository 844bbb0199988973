"""Plan documents of a county's entrants: added and removed by the county, read by both sides."""

from datetime import datetime

from competition.acting import acting, changed
from competition.documents.document_kinds import ENDINGS, kind_of
from competition.documents.documents import MOST_FILES, MOST_MEGABYTES, plain_name
from competition.documents.materials import DocumentFile
from competition.errors import (
    BadDocument,
    BadInput,
    DocumentGone,
    Duplicate,
    Missing,
    TooManyDocuments,
)
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
    media_type = kind_of(content)
    if media_type is None or len(content) > MOST_MEGABYTES * 10**6:
        raise BadDocument(field="document", name=plain_name(name), megabytes=MOST_MEGABYTES)
    document_id = mint()
    with acting(store, who, "add_filed_document", at=at) as (act, tx):
        filing = require_open(tx, who, filing_id, act.at)
        entrant = require_entrant(tx, filing, entrant_id)
        if kind and kind not in wanted_of(tx, filing["competition_id"]):
            raise BadInput(field="document", value=kind[:40])
        there = [one for one in rows.documents(tx, filing_id) if one["entrant_id"] == entrant_id]
        if len(there) >= MOST_FILES:
            raise TooManyDocuments(field="document", count=MOST_FILES)
        sha256 = document_files.keep(store, content)
        if sha256 in [one["sha256"] for one in there]:
            raise Duplicate(field="document", what=plain_name(name))
        tx.put(
            "filed_documents",
            {
                "id": document_id,
                "competition_id": filing["competition_id"],
                "entrant_id": entrant_id,
                "kind": kind,
                "name": plain_name(name),
                "media_type": media_type,
                "size": len(content),
                "sha256": sha256,
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
    found = [
        (one["sha256"], one["media_type"])
        for one in rows.documents(tx, filing_id)
        if one["id"] == document_id
    ]
    for version in rows.versions(tx, filing_id):
        found += [
            (one["sha256"], one["media_type"])
            for listed in rows.content(version)
            for one in listed["documents"]
            if one["id"] == document_id
        ]
    if not found:
        raise Missing(what="document")
    sha256, media_type = found[0]
    path = document_files.path_of(store.path, sha256)
    if not path.is_file():
        raise DocumentGone
    return DocumentFile(path, media_type, f"plan-{sha256[:8]}.{ENDINGS[media_type]}")
