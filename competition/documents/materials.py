"""What judges read of an entrant: the shelf mark of its paper, and its plan documents."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from competition.blind import is_blind, shown_reason
from competition.documents.document_kinds import DOCX, ENDINGS
from competition.documents.errors import DocumentGone
from competition.errors import Missing
from competition.lineup.entrants import require_place
from competition.lineup.errors import NotAssigned, Recused
from competition.rights import may, require_read
from competition.unnamed import named_in
from competition.visitor import Visitor
from db import Store, Transaction, document_files, panel
from db import documents as rows
from db.shapes import RoundRow


@dataclass(frozen=True)
class Document:
    """A document as it may be shown.

    Attributes
    ----------
    name : str
        What it was called when it was uploaded; empty where that is not shown.
    ending : str
        pdf, jpg, png or docx, by what is in it.
    """

    id: str
    name: str
    ending: str
    size: int

    @property
    def megabytes(self) -> str:
        """Its size, never less than 0.1."""
        return f"{max(self.size / 1e6, 0.1):.1f}"


@dataclass(frozen=True)
class Materials:
    """What there is to read of one entrant."""

    shelf_mark: str = ""
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True)
class DocumentFile:
    """A document to send: its path, file name and media type.

    Attributes
    ----------
    name : str
        Made of the entrant's number and the document's position; contains no typed text.
    is_shown : bool
        Whether a browser shows it; else it saves it.
    """

    path: Path
    media_type: str
    name: str

    @property
    def is_shown(self) -> bool:
        """True if a browser shows it; a Word file is only downloaded."""
        return self.media_type != DOCX


def materials(store: Store, who: Visitor, round_id: str) -> dict[str, Materials]:
    """What there is to read of each entrant of a round, by entrant."""
    with store.reading() as tx:
        require_read(tx, who, "documents", round_id)
        return in_round(tx, round_id)


def in_round(tx: Transaction, round_id: str, *, names: bool = True) -> dict[str, Materials]:
    """As `materials`, inside a read; without the files' names if they are not to be shown."""
    by_entrant: dict[str, list[Document]] = {}
    for row in rows.in_round(tx, round_id):
        by_entrant.setdefault(row["entrant_id"], []).append(_document(row, names=names))
    marks = rows.shelf_marks(tx, round_id)
    return {
        entrant_id: Materials(marks.get(entrant_id, ""), tuple(by_entrant.get(entrant_id, ())))
        for entrant_id in {*by_entrant, *marks}
    }


def of_judge(
    tx: Transaction, round_row: RoundRow, work: list[dict[str, Any]]
) -> dict[str, Materials]:
    """Inside a read: what a judge may read of their entrants; nothing of one they are recused for.

    A blind round hides file names, for they may name the village, and a shelf mark that does.
    """
    by_entrant = in_round(tx, round_row["id"], names=not is_blind(round_row))
    shown = {row["id"] for row in work if row["state"] != "recused"}
    return {key: _unnamed(tx, round_row, by_entrant.get(key, Materials())) for key in shown}


def _unnamed(tx: Transaction, round_row: RoundRow, materials: Materials) -> Materials:
    return (
        replace(materials, shelf_mark="")
        if named_in(tx, round_row, materials.shelf_mark)
        else materials
    )


def _document(row: Mapping[str, Any], *, names: bool) -> Document:
    return Document(
        id=row["id"],
        name=row["name"] if names else "",
        ending=ENDINGS[row["media_type"]],
        size=row["size"],
    )


def open_document(store: Store, who: Visitor, round_id: str, document_id: str) -> DocumentFile:
    """A document, for staff of the round and judges who mark the entrant.

    Raises
    ------
    Recused, NotAssigned
        The judge does not mark this entrant.
    DocumentGone
        If its file is missing.
    Missing
        If there is no such document in this round.
    """
    with store.reading() as tx:
        is_staff = may(tx, who, "documents", round_id)
    read = staff_document if is_staff else own_document
    return read(store, who, round_id, document_id)


def staff_document(store: Store, who: Visitor, round_id: str, document_id: str) -> DocumentFile:
    """A document, for staff of the round."""
    with store.reading() as tx:
        require_read(tx, who, "documents", round_id)
        return _file(tx, store, round_id, require_document(tx, who, document_id))


def own_document(store: Store, who: Visitor, round_id: str, document_id: str) -> DocumentFile:
    """A document, for a judge who marks the entrant."""
    with store.reading() as tx:
        round_row = require_read(tx, who, "own_sheets", round_id)
        row = require_document(tx, who, document_id)
        pair = panel.assignment(tx, round_id, row["entrant_id"], str(who.person_id))
        if pair is None:
            raise NotAssigned
        if pair["state"] == "recused":
            raise Recused(reason=shown_reason(round_row, pair))
        return _file(tx, store, round_id, row)


def _file(tx: Transaction, store: Store, round_id: str, row: Mapping[str, Any]) -> DocumentFile:
    place = require_place(tx, round_id, row["entrant_id"])
    path = document_files.there(tx, store, row["sha256"])
    if path is None:
        raise DocumentGone
    ids = [one["id"] for one in rows.of_entrant(tx, row["entrant_id"])]
    plan = "plan" if place["number"] is None else f"{place['number']:03d}"
    name = f"{plan}-{ids.index(row['id']) + 1}"
    ending = ENDINGS[row["media_type"]]
    return DocumentFile(path, row["media_type"], f"{name}.{ending}")


def require_document(tx: Transaction, who: Visitor, document_id: str) -> dict[str, Any]:
    """A document of the visitor's own competition, or `Missing`."""
    row = rows.find(tx, document_id)
    if row is None or row["competition_id"] != who.competition_id:
        raise Missing(what="document")
    return row
