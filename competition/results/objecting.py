"""公示异议: what was objected to a public notice, and its written answer by another person."""

from dataclasses import dataclass
from datetime import datetime

from competition import fields, typed
from competition.acting import acting, acting_on, changed
from competition.errors import BadInput, Blank, SecondPersonNeeded, WrongState
from competition.ids import mint
from competition.results.errors import NotYet
from competition.rights import require_read
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, people, publications
from db.publications import ObjectionRow

FINDINGS = ("dismissed", "upheld")


@dataclass(frozen=True)
class Objection:
    """An objection with its answer.

    Attributes
    ----------
    is_late : bool
        Whether it came after the notice's last day.
    finding : str
        dismissed or upheld; empty while it waits.
    """

    id: str
    raised_by: str
    claim: str
    received_on: str
    is_late: bool
    entered_by: str
    entered_by_id: str
    finding: str
    answer: str
    answered_by: str
    answered_at: str


def enter_objection(
    store: Store,
    who: Visitor,
    round_id: str,
    *,
    raised_by: str,
    claim: str,
    received_on: str,
    at: datetime,
) -> str:
    """Enter a written objection to the notice of the newest certificate that has one.

    Raises
    ------
    NotYet
        If no notice was posted.
    Blank, BadDay
    """
    with acting(store, who, "enter_objection", round_id, at=at) as (act, tx):
        noticed = _noticed(tx, round_id)
        if noticed is None:
            raise NotYet(kind="objected", needs="noticed", clears="post_notice")
        day = typed.day(received_on, "received_on")
        if not day:
            raise Blank(field="received_on")
        row: ObjectionRow = {
            "id": mint(),
            "round_id": round_id,
            "snapshot_id": noticed["snapshot_id"],
            "raised_by": fields.text(raised_by, "raised_by", required=True),
            "claim": fields.text(claim, "claim", required=True, longest=500),
            "received_on": day,
            "entered_by": str(who.person_id),
            "entered_at": stamp(act.at),
            "finding": None,
            "answer": "",
            "answered_by": None,
            "answered_at": None,
        }
        tx.put("objections", row)
        act.record("objection_entered", round_id)
    return row["id"]


def _noticed(tx: Transaction, round_id: str) -> publications.PublicationRow | None:
    """The notice of the newest certificate that has one."""
    for snapshot in publications.published(tx, round_id):
        notice = publications.of_snapshot(tx, snapshot["id"]).get("noticed")
        if notice is not None:
            return notice
    return None


def answer_objection(
    store: Store, who: Visitor, objection_id: str, *, finding: str, answer: str, at: datetime
) -> None:
    """Answer an objection that another person entered, as the written answer says.

    Raises
    ------
    SecondPersonNeeded, WrongState, BadInput, Blank
    """
    if finding not in FINDINGS:
        raise BadInput(field="finding", value=finding[:20])
    with acting_on(
        store,
        who,
        "answer_objection",
        publications.objection,
        objection_id,
        what="objection",
        at=at,
    ) as (act, tx, row):
        if row["entered_by"] == who.person_id:
            raise SecondPersonNeeded
        if row["finding"] is not None:
            raise WrongState(before="answered", after="answered")
        said = fields.text(answer, "answer", required=True, longest=500)
        given = {"answered_by": who.person_id, "answered_at": stamp(act.at)}
        tx.put("objections", changed(row, finding=finding, answer=said, **given))
        act.record("objection_answered", row["round_id"], reason=said)


def objections_of(store: Store, who: Visitor, round_id: str) -> list[Objection]:
    """The objections of a round, those without an answer first."""
    with store.reading() as tx:
        require_read(tx, who, "objections", round_id)
        notice = _noticed(tx, round_id)
        ends = "" if notice is None else _ends(notice)
        return [_view(tx, row, ends) for row in publications.objections(tx, round_id)]


def _ends(notice: publications.PublicationRow) -> str:
    return str(publications.details(notice)["ends"])


def _view(tx: Transaction, row: ObjectionRow, ends: str) -> Objection:
    return Objection(
        id=row["id"],
        raised_by=row["raised_by"],
        claim=row["claim"],
        received_on=row["received_on"],
        is_late=row["received_on"] > ends,
        entered_by=people.name_of(tx, row["entered_by"]),
        entered_by_id=row["entered_by"],
        finding=row["finding"] or "",
        answer=row["answer"],
        answered_by=people.name_of(tx, row["answered_by"]),
        answered_at=row["answered_at"] or "",
    )
