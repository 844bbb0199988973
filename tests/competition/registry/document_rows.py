"""Documents and shelf marks: for the event that has a row in every table."""

from datetime import datetime
from typing import Any

from competition.documents import documents

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def enter(event: Any, *, at: datetime) -> str:
    """Entrant 1 has a document and a place on a shelf; return the document's id."""
    who, entrant_id = event.organizer, event.entrants[1]
    documents.set_shelf_mark(event.store, who, entrant_id, "A-07 号柜 3 层", at=at)
    return documents.add_document(event.store, who, entrant_id, "规划1 龙潭村.pdf", PDF, at=at)
