"""The acts and reads of documents, called with arguments that are valid."""

from typing import Any

from competition.documents import documents, materials
from tests.competition.event import later
from tests.competition.registry import document_rows

AT = later(3600)
OTHER = document_rows.PDF + b"other"


def begin(p: Any) -> None:
    """Entrant 1 has a document that will be read; the entrant in no round one that will not."""
    p.ids["document"] = document_rows.enter(p.event, at=later(0))
    p.ids["unread"] = documents.add_document(
        p.event.store, p.event.organizer, p.ids["loose"], "未读.pdf", OTHER, at=AT
    )


ACTS = {
    "set_shelf_mark": lambda p, w: documents.set_shelf_mark(
        p.event.store, w, p.event.entrants[1], "B-01", at=AT
    ),
    "add_document": lambda p, w: documents.add_document(
        p.event.store, w, p.ids["loose"], "新.pdf", document_rows.PDF, at=AT
    ),
    "remove_document": lambda p, w: documents.remove_document(
        p.event.store, w, p.ids["unread"], at=AT
    ),
}

READS = {
    "documents": (
        lambda p, w: materials.materials(p.event.store, w, p.round_id),
        lambda p, w: materials.staff_document(p.event.store, w, p.round_id, p.ids["document"]),
    ),
}

OWN = (lambda p, w: materials.own_document(p.event.store, w, p.round_id, p.ids["document"]),)
