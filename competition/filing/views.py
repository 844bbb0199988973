"""What a county sees of its filing, and what the organizers see of all thirteen."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from competition.errors import Missing
from competition.filing.scope import counties_of, deadline, require_filing, require_own
from competition.filing.shapes import FilingLine, FilingView, Happened, Listed, Paper, Upload
from competition.filing.wanted import missing, wanted_of
from competition.lineup.learnt import PLACE
from competition.rights import require_read
from competition.times import parse
from competition.visitor import Visitor
from db import Store, Transaction, imports
from db import filings as rows
from db.filing_shapes import Filing


def own_filings(store: Store, who: Visitor) -> list[Filing]:
    """The filings of the visitor's counties; of each its state and nothing of another county."""
    with store.reading() as tx:
        require_read(tx, who, "own_filing")
        mine = counties_of(who)
        all_ = rows.of_competition(tx, str(who.competition_id))
    return [one for one in all_ if one["county_code"] in mine]


def own_filing(store: Store, who: Visitor, filing_id: str, *, at: datetime) -> FilingView:
    """The filing of the visitor's own county, or `Missing`."""
    with store.reading() as tx:
        require_read(tx, who, "own_filing")
        return _view(tx, require_own(tx, who, filing_id), at)


def filing(store: Store, who: Visitor, filing_id: str, *, at: datetime) -> FilingView:
    """Any county's filing, for the organizers; what is only on its list is shown too."""
    with store.reading() as tx:
        require_read(tx, who, "filings")
        return _view(tx, require_filing(tx, who, filing_id), at)


def filings(store: Store, who: Visitor, *, at: datetime) -> list[FilingLine]:
    """One line for each county that was invited, by its code."""
    with store.reading() as tx:
        require_read(tx, who, "filings")
        competition_id = str(who.competition_id)
        wanted = wanted_of(tx, competition_id)
        return [_line(tx, row, wanted, at) for row in rows.of_competition(tx, competition_id)]


def _line(tx: Transaction, row: Filing, wanted: Sequence[str], at: datetime) -> FilingLine:
    own, common = deadline(tx, row)
    upload = rows.upload(tx, row["id"])
    stops = upload["stops"] if upload else 0
    filed = _filed(tx, row, wanted)
    return FilingLine(
        row=row,
        state="faulty" if stops and row["state"] == "draft" else row["state"],
        count=len(filed) if row["version"] else len(rows.entrants(tx, row["id"])),
        stops=stops,
        closes_at=own,
        is_overdue=not row["version"] and at >= parse(own),
        is_late=(row["filed_at"] or "") >= common,
        is_changed=row["version"] > 0 and row["changed_at"] is not None,
        incomplete=sum(bool(one.missing) for one in filed),
    )


def _view(tx: Transaction, row: Filing, at: datetime) -> FilingView:
    own, common = deadline(tx, row)
    wanted = wanted_of(tx, row["competition_id"])
    upload = rows.upload(tx, row["id"])
    papers: dict[str, list[Mapping[str, Any]]] = {}
    for document in rows.documents(tx, row["id"]):
        papers.setdefault(document["entrant_id"], []).append(document)
    listed = [
        _listed({**one, "documents": papers.get(one["id"], [])}, wanted)
        for one in rows.entrants(tx, row["id"])
    ]
    edits = json.loads(upload["edits"]) if upload else []
    return FilingView(
        row=row,
        closes_at=own,
        common_closes_at=common,
        is_open=row["state"] != "accepted" and at < parse(own),
        listed=tuple(sorted(listed, key=lambda one: not one.is_returned)),
        filed=_filed(tx, row, wanted),
        wanted=wanted,
        upload=upload
        and Upload(
            upload["name"],
            tuple((str(a), str(b), str(c), str(d)) for a, b, c, d in edits),
            upload["stops"],
            upload["added_at"],
        ),
        history=tuple(
            Happened(one["at"], one["kind"], json.loads(one["payload"]).get("reason", ""))
            for one in rows.events_of(tx, row["id"], HISTORY)
        ),
    )


HISTORY = ("list_filed", "filing_returned", "filing_accepted", "county_nudged")
"""Kinds of event that a county's history shows."""


def _filed(tx: Transaction, row: Filing, wanted: Sequence[str]) -> tuple[Listed, ...]:
    version = rows.version(tx, row["id"], row["version"])
    return tuple(_listed(one, wanted) for one in rows.content(version)) if version else ()


def _listed(one: Mapping[str, Any], wanted: Sequence[str]) -> Listed:
    order = {kind: at for at, kind in enumerate(wanted)}
    papers = tuple(
        Paper(d["id"], d["kind"], d["name"], d["media_type"], d["size"])
        for d in sorted(one["documents"], key=lambda d: order.get(d["kind"], len(order)))
    )
    names = ("id", "code", "township", "village", "title", "presenter", "post", "unit")
    return Listed(
        **{name: one[name] for name in names},
        papers=papers,
        missing=missing(wanted, [paper.kind for paper in papers]),
        is_returned=bool(one.get("returned")),
    )


def there_of(listed: Sequence[Listed], wanted: Sequence[str]) -> dict[str, int]:
    """How many entrants have each wanted document."""
    counts = Counter(name for one in listed for name in wanted if name not in one.missing)
    return {name: counts[name] for name in wanted}


def filed_content(store: Store, who: Visitor, filing_id: str, version: int) -> list[dict[str, Any]]:
    """What was filed as one version, for entering it."""
    with store.reading() as tx:
        require_read(tx, who, "filings")
        require_filing(tx, who, filing_id)
        row = rows.version(tx, filing_id, version)
        if row is None:
            raise Missing(what="filing")
        return rows.content(row)


def further_places(store: Store, who: Visitor, filing_id: str) -> tuple[tuple[str, ...], ...]:
    """The places of the visitor's county that were put beside the built-in ones."""
    with store.reading() as tx:
        require_read(tx, who, "own_filing")
        own = require_own(tx, who, filing_id)["county_code"]
        stored = imports.places(tx, str(who.competition_id))
    return tuple(tuple(row[key] for key in PLACE) for row in stored if row["county_code"] == own)
