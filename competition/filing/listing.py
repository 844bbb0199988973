"""A county's own list: entrants added, changed and removed, by form or from its workbook."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from competition import typed
from competition.acting import acting, changed
from competition.errors import BadFields, Duplicate, Missing
from competition.filing.errors import NotOwnCounty, TooManyEntrants
from competition.filing.scope import require_entrant, require_open
from competition.ids import mint
from competition.lineup.errors import BadCode
from competition.lineup.roster import is_code
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, document_files
from db import filings as rows
from db.filing_shapes import FiledEntrant, Filing

MOST_ENTRANTS = 600


@dataclass(frozen=True)
class Line:
    """One entrant as a county states it."""

    code: str
    township: str = ""
    village: str = ""
    title: str = ""
    presenter: str = ""
    post: str = ""
    unit: str = ""


def put_filed_entrant(
    store: Store, who: Visitor, filing_id: str, line: Line, *, entrant_id: str = "", at: datetime
) -> str:
    """Add an entrant to the county's list, or change one; return its id.

    Raises
    ------
    BadFields
        With `BadCode`, `NotOwnCounty` or `Duplicate` at the village, `Blank` at the title.
    FilingEnded, FilingAccepted, Missing, TooManyEntrants
    """
    with acting(store, who, "put_filed_entrant", at=at) as (act, tx):
        filing = require_open(tx, who, filing_id, act.at)
        before = require_entrant(tx, filing, entrant_id) if entrant_id else None
        row = _put(tx, filing, line, before)
        touch(tx, filing, act.at)
        act.record("filed_entrant_put", filing_id)
    return row["id"]


def remove_filed_entrant(
    store: Store, who: Visitor, filing_id: str, entrant_id: str, *, at: datetime
) -> None:
    """Remove an entrant and its documents from the county's list; what was filed stays on record.

    Raises
    ------
    FilingEnded, FilingAccepted, Missing
    """
    with acting(store, who, "remove_filed_entrant", at=at) as (act, tx):
        filing = require_open(tx, who, filing_id, act.at)
        entrant = require_entrant(tx, filing, entrant_id)
        for document in rows.documents(tx, filing_id):
            if document["entrant_id"] == entrant["id"]:
                tx.remove("filed_documents", id=document["id"])
                document_files.forget_unused(tx, store, document["sha256"])
        tx.remove("filed_entrants", id=entrant["id"])
        touch(tx, filing, act.at)
        act.record("filed_entrant_removed", filing_id)


def take_upload(
    store: Store, who: Visitor, filing_id: str, lines: Sequence[Line], *, at: datetime
) -> None:
    """Put the lines of the county's workbook into its list, all or none; the workbook is done.

    A line whose code is there already replaces what was said of it; its documents stay.

    Raises
    ------
    Missing
        If no workbook is there: a second press takes nothing twice.
    BadFields, FilingEnded, FilingAccepted, TooManyEntrants
    """
    with acting(store, who, "take_upload", at=at) as (act, tx):
        filing = require_open(tx, who, filing_id, act.at)
        drop_file(tx, store, filing_id)
        by_code = {row["code"]: row for row in rows.entrants(tx, filing_id)}
        seen: set[str] = set()
        for line in lines:
            if line.code in seen:
                raise Duplicate(field="code", what=line.code)
            seen.add(line.code)
            _put(tx, filing, line, by_code.get(line.code))
        touch(tx, filing, act.at)
        act.record("upload_taken", filing_id)


def drop_file(tx: Transaction, store: Store, filing_id: str) -> None:
    """Inside an act: remove the workbook that a county is putting right, or `Missing`."""
    upload = rows.upload(tx, filing_id)
    if upload is None:
        raise Missing(what="upload")
    tx.remove("filing_uploads", filing_id=filing_id)
    document_files.forget_unused(tx, store, upload["sha256"])


def _put(tx: Transaction, filing: Filing, line: Line, before: FiledEntrant | None) -> FiledEntrant:
    values = _checked(filing, line)
    listed = rows.entrants(tx, filing["id"])
    for other in listed:
        if other["code"] == values["code"] and (before is None or other["id"] != before["id"]):
            what = f"{other['village']} {other['code']}"
            raise BadFields({"code": Duplicate(field="code", what=what)})
    if before is None and len(listed) >= MOST_ENTRANTS:
        raise TooManyEntrants(count=MOST_ENTRANTS)
    row: FiledEntrant = {
        "id": before["id"] if before else mint(),
        "competition_id": filing["competition_id"],
        "filing_id": filing["id"],
        "position": before["position"] if before else _next_position(listed),
        "code": values["code"],
        "township": values["township"],
        "village": values["village"],
        "title": values["title"],
        "presenter": values["presenter"],
        "post": values["post"],
        "unit": values["unit"],
        "returned": 0,
    }
    tx.put("filed_entrants", row)
    return row


def _next_position(listed: Sequence[FiledEntrant]) -> int:
    return max((one["position"] for one in listed), default=0) + 1


def _checked(filing: Filing, line: Line) -> dict[str, str]:
    """The line's values; a code outside the county, or of no place, is refused at its field."""
    form = typed.Typed(asdict(line))
    values = {
        name: form.read(name, typed.line(required=name in ("code", "title")), "")
        for name in asdict(line)
    }
    if values["code"] and not is_code(values["code"]):
        form.refuse("code", BadCode(field="code", code=values["code"]))
    elif values["code"] and not values["code"].startswith(filing["county_code"]):
        wrong = NotOwnCounty(field="code", value=values["code"], county=filing["county"])
        form.refuse("code", wrong)
    form.done()
    return values


def touch(tx: Transaction, filing: Filing, at: datetime) -> None:
    """Note that the list differs from what was filed last."""
    tx.put("filings", changed(filing, changed_at=stamp(at)))
