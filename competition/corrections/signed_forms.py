"""The paper form of a correction, signed by the second person, photographed and kept.

The photograph stands in the place of the second person's PIN; the supervisor sees each one.
"""

from datetime import datetime
from typing import cast

from competition.acting import acting_on
from competition.corrections.errors import BadPhotograph
from competition.corrections.kinds import KINDS
from competition.corrections.requests import confirm, require_second
from competition.documents.document_kinds import JPEG, PNG, kind_of
from competition.documents.documents import plain_name
from competition.errors import Missing, SecondPersonNeeded, WrongState
from competition.people.people import require_person
from competition.rights import require_act, require_read
from competition.sign_ins import visitor_of
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, document_files
from db import corrections as rows
from db.shapes import CorrectionRow

MOST_MEGABYTES = 20


def confirm_by_form(
    store: Store,
    who: Visitor,
    correction_id: str,
    signer_id: str,
    name: str,
    content: bytes,
    *,
    at: datetime,
) -> None:
    """Confirm a correction by the photograph of its form, signed by the second person.

    Raises
    ------
    BadPhotograph
        If it is no JPEG or PNG by what is in it, empty, or too large.
    Missing, Forbidden
        If the signer is no person of the competition, or may not confirm this.
    SecondPersonNeeded, ChairAndSupervisor
        If the signer asked for it, or photographed it.
    WrongState, GroundMoved
        As `requests.answer_correction`.
    """
    kind = kind_of(content)
    if kind not in (JPEG, PNG) or len(content) > MOST_MEGABYTES * 10**6:
        raise BadPhotograph(field="photo", name=plain_name(name), megabytes=MOST_MEGABYTES)
    with acting_on(
        store, who, "confirm_by_form", rows.find, correction_id, what="correction", at=at
    ) as (act, tx, request):
        row = cast("CorrectionRow", request)
        if not signer_id:
            raise Missing(what="person", field="signer")
        require_person(tx, who, signer_id)
        second = visitor_of(tx, signer_id)
        require_act(tx, second, KINDS[row["kind"]].answers, row["round_id"])
        if signer_id == who.person_id:
            raise SecondPersonNeeded(field="signer")
        require_second(tx, second, row)
        if row["state"] != "asked":
            raise WrongState(before=row["state"], after="confirmed")
        form = {
            "correction_id": row["id"],
            "signed_by": signer_id,
            "taken_by": who.person_id,
            "name": plain_name(name),
            "media_type": kind,
            "sha256": document_files.keep(tx, store, content),
            "at": stamp(act.at),
        }
        tx.put("signed_forms", form)
        confirm(act, store, row, signer_id)
        act.record("correction_confirmed_by_form", row["id"], reason=row["reason"])


def photograph(store: Store, who: Visitor, correction_id: str) -> bytes:
    """The photograph of a correction's signed form, for staff."""
    with store.reading() as tx:
        row, form = rows.find(tx, correction_id), rows.signed_form(tx, correction_id)
        if row is None or form is None:
            raise Missing(what="document")
        require_read(tx, who, "signed_forms", row["round_id"])
        content = document_files.content_of(tx, store.path, form["sha256"])
    if content is None:
        raise Missing(what="document")
    return content
