"""A locked sheet reopened: asked for with a reason, answered by a second person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import acting, acting_on
from competition.countersigning import answered_by
from competition.errors import Missing, SecondPersonNeeded, WrongState
from competition.ids import mint
from competition.lineup.errors import NotAssigned
from competition.marks.echoes import Echo
from competition.marks.echoing import sheet_echo
from competition.rights import require_read
from competition.states import sheet_state
from competition.times import stamp
from competition.visitor import Visitor
from db import Store
from db import sheets as rows


def ask_reopening(store: Store, who: Visitor, sheet_id: str, *, reason: str, at: datetime) -> str:
    """Ask for a locked sheet to be reopened; a judge only for the sheet that is theirs."""
    reopening_id = mint()
    with acting_on(store, who, "ask_reopening", rows.find, sheet_id, what="sheet", at=at) as (
        act,
        tx,
        sheet,
    ):
        staff = who.roles_in(sheet["round_id"]) & {"organizer", "scorekeeper"}
        if not staff and sheet["person_id"] != who.person_id:
            raise NotAssigned
        why = fields.reason(reason)
        state = sheet_state(sheet, act.round["state"], act.at)
        if state != "locked" or rows.asked(tx, sheet_id):
            raise WrongState(before=state, after="reopened")
        tx.put(
            "reopenings",
            {
                "id": reopening_id,
                "sheet_id": sheet_id,
                "reason": why,
                "asked_by": who.person_id,
                "asked_at": stamp(act.at),
                "state": "asked",
            },
        )
        act.record("reopening_asked", sheet_id, reason=why)
    return reopening_id


def ask_for_own(
    store: Store, who: Visitor, *, round_id: str, entrant_id: str, reason: str, at: datetime
) -> Echo:
    """Ask for the judge's own locked sheet of an entrant to be reopened; return its echo.

    Asked again, because the answer was lost, it changes nothing.
    """
    with store.writing() as tx:
        round_row = require_read(tx, who, "own_sheets", round_id)
        seat = str(who.person_id)
        sheet = rows.of_pair(tx, round_id, entrant_id, seat)
        if sheet is None:
            raise Missing(what="sheet")
        if not rows.asked(tx, sheet["id"]):
            ask_reopening(store, who, sheet["id"], reason=reason, at=at)
        return sheet_echo(tx, round_row, entrant_id, seat, at)


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
        row = rows.reopening(tx, reopening_id)
        if row is None:
            raise Missing(what="request")
        sheet: Mapping[str, Any] = rows.find(tx, row["sheet_id"]) or {}
        with acting(store, who, "answer_reopening", sheet["round_id"], at=at) as (act, _):
            if row["asked_by"] == who.person_id:
                raise SecondPersonNeeded
            answer = "approved" if approve else "refused"
            if answered_by(row, who, answer):
                return act.unchanged()
            if row["state"] != "asked":
                raise WrongState(before=row["state"], after="approved")
            given = {"state": answer, "answered_by": who.person_id, "answered_at": stamp(act.at)}
            tx.put("reopenings", row | given)
            if approve:
                reopened = {"state": "reopened", "submitted_at": None, "locked_at": None}
                tx.put("sheets", {**sheet, **reopened})
            act.record(f"reopening_{answer}", sheet["id"], reason=row["reason"])
