"""A county files its list: what it has at this moment is kept as a version."""

import json
from datetime import datetime
from typing import Any

from competition.acting import acting, changed
from competition.filing.errors import NothingToFile, UploadWaits
from competition.filing.scope import require_open
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction
from db import filings as rows

OF_ENTRANT = ("id", "code", "township", "village", "title", "presenter", "post", "unit")
OF_DOCUMENT = ("id", "kind", "name", "media_type", "size", "sha256")


def file_list(store: Store, who: Visitor, filing_id: str, *, at: datetime) -> int:
    """File the county's list as it is; return which version it is. The last one counts.

    Raises
    ------
    NothingToFile
        If the list is empty.
    UploadWaits
        If a workbook is there that was neither taken nor given up: its lines would be left out.
    FilingEnded, FilingAccepted, Missing
    """
    with acting(store, who, "file_list", at=at) as (act, tx):
        filing = require_open(tx, who, filing_id, act.at)
        upload = rows.upload(tx, filing_id)
        if upload is not None:
            raise UploadWaits(name=upload["name"])
        listed = _as_it_is(tx, filing_id)
        if not listed:
            raise NothingToFile
        number = filing["version"] + 1
        tx.put(
            "filing_versions",
            {
                "filing_id": filing_id,
                "version": number,
                "competition_id": filing["competition_id"],
                "at": stamp(act.at),
                "person_id": who.person_id,
                "entrants": len(listed),
                "content": json.dumps(listed, ensure_ascii=False),
            },
        )
        for entrant in rows.entrants(tx, filing_id):
            if entrant["returned"]:
                tx.put("filed_entrants", changed(entrant, returned=0))
        now = stamp(act.at)
        row = changed(filing, state="filed", version=number, filed_at=now, changed_at=None)
        tx.put("filings", row)
        act.record("list_filed", filing_id)
    return number


def _as_it_is(tx: Transaction, filing_id: str) -> list[dict[str, Any]]:
    documents = rows.documents(tx, filing_id)
    return [
        {
            **{name: entrant[name] for name in OF_ENTRANT},  # type: ignore[literal-required]
            "documents": [
                {name: one[name] for name in OF_DOCUMENT}  # type: ignore[literal-required]
                for one in documents
                if one["entrant_id"] == entrant["id"]
            ],
        }
        for entrant in rows.entrants(tx, filing_id)
    ]
