"""Entrants: entered in the competition and in a round; led over the stage."""

from datetime import datetime
from typing import Any

from competition import fields
from competition.blind import seen_by
from competition.errors import BadCode, BadInput, Duplicate, Missing, WrongState
from competition.ids import mint
from competition.recording import changed, record
from competition.rights import require_act, require_read
from competition.rounds.rounds import own_session
from competition.states import ON_STAGE, STAGE, allows
from competition.visitor import Visitor
from db import Store, Transaction, panel
from db import entrants as rows


def add_entrant(
    store: Store,
    who: Visitor,
    *,
    code: str,
    county: str,
    at: datetime,
    township: str = "",
    village: str = "",
    title: str = "",
    presenter: str = "",
    post: str = "",
    unit: str = "",
) -> str:
    """An entrant of the competition; return its id.

    Parameters
    ----------
    code : str
        9 digits of a township or 12 of a village, as text: names repeat, codes do not.

    Raises
    ------
    BadCode, Blank, Duplicate
    """
    digits = fields.text(code, "code", required=True)
    if not (digits.isascii() and digits.isdigit() and len(digits) in (9, 12)):
        raise BadCode(code=digits)
    entrant_id = mint()
    with store.writing() as tx:
        require_act(tx, who, "add_entrant")
        row = {
            "id": entrant_id,
            "competition_id": who.competition_id,
            "code": digits,
            "county": fields.text(county, "county", required=True),
            "township": fields.text(township, "township"),
            "village": fields.text(village, "village"),
            "title": fields.text(title, "title"),
            "presenter": fields.text(presenter, "presenter"),
            "post": fields.text(post, "post"),
            "unit": fields.text(unit, "unit"),
        }
        if rows.by_code(tx, str(who.competition_id), digits, str(row["title"])):
            raise Duplicate(what=f"{digits} {row['village']}")
        tx.put("entrants", row)
        record(tx, who, "entrant_added", entrant_id, at=at)
    return entrant_id


def enter_entrant(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    *,
    at: datetime,
    number: int | None = None,
    session_id: str | None = None,
) -> None:
    """Enter an entrant in a round in draft, with its drawn number and session.

    Moved to another session, it has no judges until that session's panel is set again.
    """
    with store.writing() as tx:
        require_act(tx, who, "enter_entrant", round_id)
        if number is not None and not 0 < number < 10_000:
            raise BadInput(field="number", value=str(number)[:20])
        entrant = rows.find(tx, entrant_id)
        if entrant is None or entrant["competition_id"] != who.competition_id:
            raise Missing(what="entrant")
        if session_id is not None:
            own_session(tx, round_id, session_id)
        if number is not None and rows.by_number(tx, round_id, number) not in (None, entrant_id):
            raise Duplicate(what=str(number))
        before = rows.place(tx, round_id, entrant_id)
        if before is not None and before["session_id"] != session_id:
            for pair in panel.of_entrant(tx, round_id, entrant_id):
                key = {name: pair[name] for name in ("round_id", "entrant_id", "person_id")}
                tx.remove("assignments", **key)
        tx.put(
            "round_entrants",
            {
                "round_id": round_id,
                "entrant_id": entrant_id,
                "session_id": session_id,
                "number": number,
                "stage": "waiting",
            },
        )
        record(tx, who, "entrant_entered", entrant_id, at=at, round_id=round_id)


def move_stage(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    stage: str,
    *,
    at: datetime,
    reason: str = "",
) -> None:
    """Move an entrant to another state of the stage.

    Calling one to the stage ends the marking of the one before; a withdrawal and a fault
    want a reason.

    Raises
    ------
    WrongState
        If that move is not allowed from where the entrant is, or another is on stage.
    """
    with store.writing() as tx:
        require_act(tx, who, "move_stage", round_id)
        place = own_place(tx, round_id, entrant_id)
        why = fields.reason(reason) if stage in ("withdrawn", "fault") else None
        if stage not in STAGE or not allows(STAGE, place["stage"], stage):
            raise WrongState(before=place["stage"], after=stage)
        if stage in ON_STAGE:
            _leave_stage(tx, round_id, entrant_id)
        tx.put("round_entrants", changed(place, stage=stage))
        record(tx, who, f"stage_{stage}", entrant_id, at=at, round_id=round_id, reason=why)


def _leave_stage(tx: Transaction, round_id: str, entrant_id: str) -> None:
    """End the marking of whoever is on stage; refuse if they are still speaking."""
    for other in rows.in_round(tx, round_id):
        if other["id"] == entrant_id or other["stage"] not in ON_STAGE:
            continue
        if other["stage"] != "marking":
            raise WrongState(before=other["stage"], after="done", number=other["number"])
        place = own_place(tx, round_id, other["id"])
        tx.put("round_entrants", changed(place, stage="done"))


def own_place(tx: Transaction, round_id: str, entrant_id: str) -> dict[str, Any]:
    """An entrant's place in this round, or `Missing`."""
    found = rows.place(tx, round_id, entrant_id)
    if found is None:
        raise Missing(what="entrant")
    return found


def stage_view(store: Store, who: Visitor, round_id: str) -> dict[str, Any]:
    """The running order and who is on stage: no mark in it.

    Returns
    -------
    dict
        ``current`` (an entrant or None), ``order`` (the entrants by number).
    """
    with store.reading() as tx:
        row = require_read(tx, who, "stage", round_id)
        current = rows.on_stage(tx, round_id)
        return {
            "current": seen_by(who, row, [current])[0] if current else None,
            "order": seen_by(who, row, rows.in_round(tx, round_id)),
        }


def everyone(store: Store, who: Visitor) -> list[dict[str, Any]]:
    """Every entrant of the competition, in a round or not, by code."""
    with store.reading() as tx:
        require_read(tx, who, "entrants")
        return rows.of_competition(tx, str(who.competition_id))
