"""A county's workbook: kept with its corrections until it can be taken, or is given up."""

import json
from collections.abc import Sequence
from datetime import datetime

from competition import fields
from competition.acting import acting, changed
from competition.errors import BadInput, Missing
from competition.filing.listing import drop_file
from competition.filing.scope import require_open, require_own
from competition.rights import require_read
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, document_files
from db import filings as rows

MOST_BYTES = 20 * 10**6
LONGEST_EDITS = 200_000
Edits = Sequence[Sequence[str]]
"""Corrections laid over the workbook, each as kind, sheet, cell and value."""


def keep_upload(
    store: Store,
    who: Visitor,
    filing_id: str,
    name: str,
    content: bytes,
    *,
    stops: int,
    at: datetime,
) -> None:
    """Keep a county's workbook while it is put right; it replaces a former one.

    Parameters
    ----------
    stops : int
        How many faults it has, as it was read: the organizers see the number.

    Raises
    ------
    BadInput
        If it is empty or too large.
    FilingEnded, FilingAccepted, Missing
    """
    if not 0 < len(content) <= MOST_BYTES:
        raise BadInput(field="workbook", value=name[:40])
    with acting(store, who, "keep_upload", at=at) as (act, tx):
        filing = require_open(tx, who, filing_id, act.at)
        if rows.upload(tx, filing_id) is not None:
            drop_file(tx, store, filing_id)
        tx.put(
            "filing_uploads",
            {
                "filing_id": filing_id,
                "competition_id": filing["competition_id"],
                "name": fields.text(name, "workbook", longest=120) or "?",
                "sha256": document_files.keep(tx, store, content),
                "edits": "[]",
                "stops": stops,
                "added_at": stamp(act.at),
            },
        )
        act.record("upload_kept", filing_id)


def edit_upload(
    store: Store, who: Visitor, filing_id: str, edits: Edits, *, stops: int, at: datetime
) -> None:
    """Keep the corrections laid over the workbook, and how many faults are left."""
    text = json.dumps([list(edit) for edit in edits], ensure_ascii=False)
    with acting(store, who, "edit_upload", at=at) as (act, tx):
        require_open(tx, who, filing_id, act.at)
        upload = rows.upload(tx, filing_id)
        if upload is None:
            raise Missing(what="upload")
        if len(text) > LONGEST_EDITS:
            raise BadInput(field="workbook", value=upload["name"])
        row = changed(upload, edits=text, stops=stops)
        if row == upload:
            return act.unchanged()
        tx.put("filing_uploads", row)
        act.record("upload_edited", filing_id)


def drop_upload(store: Store, who: Visitor, filing_id: str, *, at: datetime) -> None:
    """Give the workbook up; the list stays as it is."""
    with acting(store, who, "drop_upload", at=at) as (act, tx):
        require_open(tx, who, filing_id, act.at)
        drop_file(tx, store, filing_id)
        act.record("upload_dropped", filing_id)


def upload_content(store: Store, who: Visitor, filing_id: str) -> bytes:
    """The content of the workbook that the visitor's county is putting right.

    Raises
    ------
    Missing
        If there is none, or its file is gone.
    """
    with store.reading() as tx:
        require_read(tx, who, "own_filing")
        require_own(tx, who, filing_id)
        upload = rows.upload(tx, filing_id)
        content = upload and document_files.content_of(tx, store.path, upload["sha256"])
    if content is None:
        raise Missing(what="upload")
    return content
