"""Photos and documents by which a village shows a step or a plan; kept as files by their hash."""

from datetime import datetime

from competition.acting import acting
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
from competition.ids import mint
from competition.programme.reporting import PLANS
from competition.programme.scope import require_village, today
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, document_files
from db import programmes as rows


def add_evidence(
    store: Store,
    who: Visitor,
    programme_id: str,
    code: str,
    about: str,
    name: str,
    content: bytes,
    *,
    at: datetime,
) -> str:
    """Keep a photo or document of a village; return its id.

    Parameters
    ----------
    about : str
        A step's number or a plan's kind.

    Raises
    ------
    BadDocument
        If it is no PDF, JPEG, PNG or Word file by what is in it, empty, or too large.
    Missing, TooManyDocuments, Duplicate
    """
    media_type = kind_of(content)
    if media_type is None or len(content) > MOST_MEGABYTES * 10**6:
        raise BadDocument(field="document", name=plain_name(name), megabytes=MOST_MEGABYTES)
    evidence_id = mint()
    with acting(store, who, "add_evidence", at=at) as (act, tx):
        require_village(tx, who, programme_id, code)
        numbers = {str(step["number"]) for step in rows.steps(tx, programme_id)}
        if about not in numbers | set(PLANS):
            raise BadInput(field="document", value=about[:40])
        there = [one for one in rows.evidence(tx, programme_id, code) if one["about"] == about]
        if len(there) >= MOST_FILES:
            raise TooManyDocuments(field="document", count=MOST_FILES)
        sha256 = document_files.keep(store, content)
        if sha256 in [one["sha256"] for one in there]:
            raise Duplicate(field="document", what=plain_name(name))
        tx.put(
            "evidence",
            {
                "id": evidence_id,
                "competition_id": who.competition_id,
                "programme_id": programme_id,
                "code": code,
                "about": about,
                "name": plain_name(name),
                "media_type": media_type,
                "size": len(content),
                "sha256": sha256,
                "said_on": today(tx, who, act.at),
                "said_by": str(who.person_id),
            },
        )
        act.record("evidence_added", programme_id)
    return evidence_id


def remove_evidence(store: Store, who: Visitor, evidence_id: str, *, at: datetime) -> None:
    """Remove a photo or document of a village, or `Missing`."""
    with acting(store, who, "remove_evidence", at=at) as (act, tx):
        row = rows.one_evidence(tx, evidence_id)
        if row is None:
            raise Missing(what="document")
        require_village(tx, who, row["programme_id"], row["code"])
        tx.remove("evidence", id=evidence_id)
        document_files.forget_unused(tx, store, row["sha256"])
        act.record("evidence_removed", row["programme_id"])


def open_evidence(store: Store, who: Visitor, evidence_id: str) -> DocumentFile:
    """A photo or document of a village that the visitor reaches.

    Raises
    ------
    Missing, DocumentGone
    """
    with store.reading() as tx:
        require_read(tx, who, "programme")
        row = rows.one_evidence(tx, evidence_id)
        if row is None:
            raise Missing(what="document")
        require_village(tx, who, row["programme_id"], row["code"])
    path = document_files.path_of(store.path, row["sha256"])
    if not path.is_file():
        raise DocumentGone
    media_type = row["media_type"]
    return DocumentFile(path, media_type, f"proof-{row['sha256'][:8]}.{ENDINGS[media_type]}")
