"""Photos and documents that show a village's step, plan or need; kept as files by their hash."""

from collections.abc import Callable, Sequence
from datetime import datetime

from competition import fields
from competition.acting import acting
from competition.documents.errors import BadDocument
from competition.documents.keeping import Checked, checked, handed_out, keep
from competition.documents.materials import DocumentFile
from competition.documents.photographs import BrokenPicture
from competition.documents.word_files import without_traces
from competition.errors import BadInput, Missing
from competition.ids import mint
from competition.programme.errors import EvidenceFull, StepConfirmed
from competition.programme.plans import PLANS
from competition.programme.scope import require_running, require_village, today
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction, document_files
from db import programme_work as work
from db import programmes as rows
from db.programme_shapes import Evidence

MOST_MEGABYTES = 20
"""Of one photo or document."""
BUDGET = 200
"""Megabytes of a village's photos and documents in a year."""


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

    A photograph is kept without its position and the rest of what a camera adds; a Word file
    without that of its pictures, its author and company. A PDF is kept as it came.

    Parameters
    ----------
    about : str
        A step's number, a plan's kind or the id of one of the village's needs.

    Raises
    ------
    BadDocument
        If it is no PDF, JPEG, PNG or Word file by what is in it, empty, or too large.
    EvidenceFull
        If the village's files would take more than `BUDGET`.
    Missing, YearClosed, TooManyDocuments, Duplicate
    """
    file, evidence_id = _checked(name, content), mint()
    with acting(store, who, "add_evidence", at=at) as (act, tx):
        require_running(tx, who, programme_id)
        require_village(tx, who, programme_id, code)
        known = {str(step["number"]) for step in rows.steps(tx, programme_id)} | set(PLANS)
        known |= {need["id"] for need in work.needs_of(tx, programme_id, code)}
        if about not in known:
            raise BadInput(field="document", value=about[:40])
        there = rows.evidence(tx, programme_id, code)
        day = today(tx, who, act.at)
        _put(tx, store, who, (evidence_id, programme_id, code, about, day), file, there)
        act.record("evidence_added", programme_id)
    return evidence_id


def report_shown(
    store: Store,
    who: Visitor,
    programme_id: str,
    code: str,
    file: tuple[str, bytes],
    report: Callable[[], str],
    *,
    at: datetime,
) -> None:
    """Report a step, plan or need together with the file that shows it: both, or neither.

    Parameters
    ----------
    file
        Its name and content.
    report
        Reports, and returns what the file is about.

    Raises
    ------
    Refused
        As `add_evidence`, and as the report; nothing of either is then kept.
    """
    with acting(store, who, "add_evidence", at=at):
        add_evidence(store, who, programme_id, code, report(), *file, at=at)


def replace_evidence(
    store: Store, who: Visitor, evidence_id: str, name: str, content: bytes, *, at: datetime
) -> str:
    """Put another photo or document in the place of one; return its id. The log keeps both hashes.

    Raises
    ------
    BadDocument, EvidenceFull, Missing, YearClosed
    StepConfirmed
        As `remove_evidence`.
    """
    file, new_id = _checked(name, content), mint()
    with acting(store, who, "replace_evidence", at=at) as (act, tx):
        row = _require_loose(tx, who, evidence_id)
        tx.remove("evidence", id=evidence_id)
        there = rows.evidence(tx, row["programme_id"], row["code"])
        place = (new_id, row["programme_id"], row["code"], row["about"], today(tx, who, act.at))
        _put(tx, store, who, place, file, there)
        document_files.forget_unused(tx, store, row["sha256"])  # once the new one has its row
        act.record("evidence_replaced", row["programme_id"])
    return new_id


def remove_evidence(
    store: Store, who: Visitor, evidence_id: str, *, reason: str, at: datetime
) -> None:
    """Remove a photo or document of a village with a reason; the log keeps hash and reason.

    Raises
    ------
    Missing, YearClosed, ReasonNeeded
    StepConfirmed
        If the office has confirmed the step by it: the step is returned first.
    """
    with acting(store, who, "remove_evidence", at=at) as (act, tx):
        row = _require_loose(tx, who, evidence_id)
        said = fields.reason(reason)
        tx.remove("evidence", id=evidence_id)
        document_files.forget_unused(tx, store, row["sha256"])
        act.record("evidence_removed", row["programme_id"], reason=said)


def open_evidence(store: Store, who: Visitor, evidence_id: str) -> DocumentFile:
    """A photo or document of a village that the visitor reaches.

    Raises
    ------
    Missing, DocumentGone
    """
    with store.reading() as tx:
        require_read(tx, who, "programme")
        row = _require(tx, who, evidence_id)
    return handed_out(store, row["sha256"], row["media_type"], "proof")


def _checked(name: str, content: bytes) -> Checked:
    file = checked(name, content, megabytes=MOST_MEGABYTES)
    try:
        kept = without_traces(content, file.media_type)
        return Checked(file.name, file.media_type, kept)
    except BrokenPicture as error:
        raise BadDocument(field="document", name=file.name, megabytes=MOST_MEGABYTES) from error


def _put(
    tx: Transaction,
    store: Store,
    who: Visitor,
    place: tuple[str, str, str, str, str],
    file: Checked,
    there: Sequence[Evidence],
) -> None:
    """Keep a file at its place: its id, the programme, the village, what it is about, the day."""
    evidence_id, programme_id, code, about, day = place
    if sum(one["size"] for one in there) + len(file.content) > BUDGET * 10**6:
        raise EvidenceFull(field="document", megabytes=BUDGET)
    kept = keep(tx, store, file, [one for one in there if one["about"] == about])
    tx.put(
        "evidence",
        {
            "id": evidence_id,
            "competition_id": who.competition_id,
            "programme_id": programme_id,
            "code": code,
            "about": about,
            **kept,
            "said_on": day,
            "said_by": str(who.person_id),
        },
    )


def _require(tx: Transaction, who: Visitor, evidence_id: str) -> Evidence:
    row = rows.one_evidence(tx, evidence_id)
    if row is None:
        raise Missing(what="document")
    require_village(tx, who, row["programme_id"], row["code"])
    return row


def _require_loose(tx: Transaction, who: Visitor, evidence_id: str) -> Evidence:
    """A photo or document that may go: nothing was confirmed by it."""
    row = _require(tx, who, evidence_id)
    require_running(tx, who, row["programme_id"])
    if row["about"].isdigit():
        number = int(row["about"])
        step = rows.village_step(tx, row["programme_id"], row["code"], number)
        if step is not None and step["confirmed_on"] is not None:
            raise StepConfirmed(number=number)
    return row
