"""A locked sheet reopened: asked for with a reason, answered by a second person."""

from datetime import datetime

from competition import fields
from competition.errors import Missing, NotAssigned, SecondPersonNeeded, WrongState
from competition.ids import mint
from competition.marks.sheets import own_row
from competition.recording import changed, record
from competition.rights import require_act
from competition.states import sheet_state
from competition.times import stamp
from competition.visitor import Visitor
from db import Store
from db import sheets as rows


def ask_reopening(store: Store, who: Visitor, sheet_id: str, *, reason: str, at: datetime) -> str:
    """Ask for a locked sheet to be reopened; a judge only for an own one."""
    reopening_id = mint()
    with store.writing() as tx:
        sheet = own_row(tx, sheet_id)
        round_row = require_act(tx, who, "ask_reopening", sheet["round_id"])
        staff = who.roles_in(sheet["round_id"]) & {"organizer", "scorekeeper"}
        if not staff and sheet["person_id"] != who.person_id:
            raise NotAssigned
        why = fields.reason(reason)
        state = sheet_state(sheet, round_row["state"], at)
        if state != "locked" or rows.asked(tx, sheet_id):
            raise WrongState(before=state, after="reopened")
        tx.put(
            "reopenings",
            {
                "id": reopening_id,
                "sheet_id": sheet_id,
                "reason": why,
                "asked_by": who.person_id,
                "asked_at": stamp(at),
                "state": "asked",
            },
        )
        record(tx, who, "reopening_asked", sheet_id, at=at, round_id=sheet["round_id"], reason=why)
    return reopening_id


def answer_reopening(
    store: Store, who: Visitor, reopening_id: str, *, approve: bool, at: datetime
) -> None:
    """Approve or refuse a request; never the person who asked.

    Raises
    ------
    SecondPersonNeeded
        If the same person asked.
    """
    with store.writing() as tx:
        found = rows.reopening(tx, reopening_id)
        if found is None:
            raise Missing(what="request")
        sheet = own_row(tx, found["sheet_id"])
        require_act(tx, who, "answer_reopening", sheet["round_id"])
        if found["asked_by"] == who.person_id:
            raise SecondPersonNeeded
        if found["state"] != "asked":
            raise WrongState(before=found["state"], after="approved")
        answer = "approved" if approve else "refused"
        tx.put(
            "reopenings",
            changed(found, state=answer, answered_by=who.person_id, answered_at=stamp(at)),
        )
        if approve:
            tx.put("sheets", changed(sheet, state="reopened", submitted_at=None, locked_at=None))
        record(
            tx,
            who,
            f"reopening_{answer}",
            sheet["id"],
            at=at,
            round_id=sheet["round_id"],
            reason=found["reason"],
        )
