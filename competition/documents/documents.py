"""Plan documents and shelf marks, as the organizers enter them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from competition import fields
from competition.acting import acting
from competition.documents.document_kinds import kind_of
from competition.documents.errors import BadDocument, BeingMarked, DocumentRead, TooManyDocuments
from competition.documents.materials import require_document
from competition.errors import Duplicate
from competition.ids import mint
from competition.lineup.roster import require_entrant
from competition.rights import require_read
from competition.times import stamp
from competition.unnamed import require_unnamed
from competition.visitor import Visitor
from db import Store, Transaction, document_files, setup
from db import documents as rows
from db.shapes import RoundRow

MOST_MEGABYTES = 50
MOST_FILES = 8
LONGEST_MARK = 60
CODES = (9, 12)
BEGINNING = re.compile(r"\D{0,4}?(\d{1,12})(?!\d)")
"""A number at the beginning of a file's name, perhaps after a few signs: No.27, 第027号."""


def set_shelf_mark(store: Store, who: Visitor, entrant_id: str, mark: str, *, at: datetime) -> None:
    """Set where an entrant's paper is kept, in any state of the round; empty for nowhere.

    Raises
    ------
    NamesAnEntrant
        If it names an entrant of a blind round that is being marked: its judges read it.
    """
    with acting(store, who, "set_shelf_mark", at=at) as (act, tx):
        require_entrant(tx, who, entrant_id)
        text = fields.text(mark, "shelf_mark", longest=LONGEST_MARK)
        for row in setup.rounds_of_entrant(tx, entrant_id):
            require_unnamed(tx, cast("RoundRow", row), text, field="shelf_mark")
        before = rows.shelf_mark(tx, entrant_id) or {"mark": "", "rev": 0}
        if text == before["mark"]:
            return act.unchanged()
        tx.put("shelf_marks", {"entrant_id": entrant_id, "mark": text, "rev": before["rev"] + 1})
        act.record("shelf_mark_set", entrant_id)


def add_document(
    store: Store, who: Visitor, entrant_id: str, name: str, content: bytes, *, at: datetime
) -> str:
    """Keep a document of an entrant; return its id.

    All judges must read the same: none can be added while the entrant is being marked.

    Raises
    ------
    BadDocument
        If it is no PDF, JPEG, PNG or Word file by what is in it, empty, or too large.
    BeingMarked, TooManyDocuments, Duplicate, Missing
    """
    kind = kind_of(content)
    if kind is None or len(content) > MOST_MEGABYTES * 10**6:
        raise BadDocument(field="document", name=plain_name(name), megabytes=MOST_MEGABYTES)
    with acting(store, who, "add_document", at=at) as (_, tx):
        _require_room(tx, who, entrant_id)
        sha256 = document_files.keep(tx, store, content)
        return add_kept_document(
            store, who, entrant_id, name, kind=kind, size=len(content), sha256=sha256, at=at
        )


def add_kept_document(
    store: Store,
    who: Visitor,
    entrant_id: str,
    name: str,
    *,
    kind: str,
    size: int,
    sha256: str,
    at: datetime,
) -> str:
    """Add a document whose content is on the disk already; as `add_document`."""
    document_id = mint()
    with acting(store, who, "add_document", at=at) as (act, tx):
        there = _require_room(tx, who, entrant_id)
        if sha256 in [row["sha256"] for row in there]:
            raise Duplicate(what=plain_name(name))
        tx.put(
            "documents",
            {
                "id": document_id,
                "competition_id": who.competition_id,
                "entrant_id": entrant_id,
                "name": plain_name(name),
                "media_type": kind,
                "size": size,
                "sha256": sha256,
                "added_at": stamp(act.at),
            },
        )
        act.record("document_added", entrant_id)
    return document_id


def _require_room(tx: Transaction, who: Visitor, entrant_id: str) -> list[dict[str, Any]]:
    """The documents of an entrant that may have one more."""
    require_entrant(tx, who, entrant_id)
    marking = rows.being_marked(tx, entrant_id)
    if marking is not None:
        raise BeingMarked(round=marking)
    there = rows.of_entrant(tx, entrant_id)
    if len(there) >= MOST_FILES:
        raise TooManyDocuments(field="document", count=MOST_FILES)
    return there


def add_documents(
    store: Store,
    who: Visitor,
    files: Sequence[tuple[str, str, bytes]],
    *,
    at: datetime,
) -> None:
    """Keep many documents, each given as entrant's id, name and content: all of them, or none."""
    with acting(store, who, "add_document", at=at):
        for entrant_id, name, content in files:
            add_document(store, who, entrant_id, name, content, at=at)


def hashes_of(store: Store, who: Visitor, entrant_id: str) -> set[str]:
    """The hashes of an entrant's documents."""
    with store.reading() as tx:
        require_read(tx, who, "entrants")
        require_entrant(tx, who, entrant_id)
        return {row["sha256"] for row in rows.of_entrant(tx, entrant_id)}


def by_file_name(
    places: Sequence[Mapping[str, Any]], names: Sequence[str]
) -> dict[str, str | None]:
    """The entrant of each file, by the number or place code that begins its name.

    ``027.pdf`` and ``27-plan.pdf`` are of number 27; None where no entrant fits, or several.
    """
    matched: dict[str, str | None] = {}
    for name in names:
        digits = BEGINNING.match(unicodedata.normalize("NFKC", name))
        text = digits[1] if digits else ""
        column = "code" if len(text) in CODES else "number"
        wanted = text if column == "code" else text.lstrip("0")
        fits = [one["id"] for one in places if wanted and str(one[column]) == wanted]
        matched[name] = fits[0] if len(fits) == 1 else None
    return matched


def plain_name(name: str) -> str:
    """A file's name without folders, as one line."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return fields.text(last, "document", longest=120) or "?"


def remove_document(store: Store, who: Visitor, document_id: str, *, at: datetime) -> None:
    """Remove a document and its file, unless a judge has given a mark with it in view.

    Raises
    ------
    DocumentRead, Missing
    """
    with acting(store, who, "remove_document", at=at) as (act, tx):
        row = require_document(tx, who, document_id)
        if rows.marked_since(tx, row["entrant_id"], row["added_at"]):
            raise DocumentRead
        document_files.drop(tx, store, row)
        act.record("document_removed", row["entrant_id"])
