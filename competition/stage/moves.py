"""The running order, and an entrant's moves from one state of the stage to the next."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict

from competition import fields
from competition.acting import acting, changed
from competition.blind import seen_by
from competition.errors import WrongState
from competition.lineup.entrants import require_place
from competition.rights import require_read
from competition.stage.adjourning import require_going
from competition.stage.clocks import clocks_follow
from competition.stage.errors import MovedOn
from competition.stage.screens import follow_stage
from competition.states import ON_STAGE, STAGE, allows
from competition.visitor import Visitor
from db import Store, Transaction
from db import entrants as rows
from db.shapes import Place


def move_stage(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    stage: str,
    *,
    at: datetime,
    reason: str = "",
    seen: str | None = None,
) -> None:
    """Move an entrant to another state of the stage.

    Calling one to the stage ends the marking of the one before; a withdrawal and a fault
    want a reason.

    Parameters
    ----------
    seen : str or None
        The entrant's stage state as the button showed it.

    Raises
    ------
    Adjourned
        If the round is adjourned.
    MovedOn
        If the entrant is in another state than the button showed.
    WrongState
        If that move is not allowed from where the entrant is, or another is on stage.
    """
    with acting(store, who, "move_stage", round_id, at=at) as (act, tx):
        place = require_place(tx, round_id, entrant_id)
        require_going(tx, round_id)
        require_seen(place, seen)
        why = fields.reason(reason) if stage in ("withdrawn", "fault") else None
        refused = why_not(rows.in_round(tx, round_id), place, entrant_id, stage)
        if refused is not None:
            raise refused
        if stage in ON_STAGE:
            _leave_stage(tx, round_id, entrant_id)
        if stage == "presenting":
            follow_stage(tx, round_id)
        tx.put("round_entrants", changed(place, stage=stage))
        act.record(f"stage_{stage}", entrant_id, reason=why)
        clocks_follow(act, tx, store, entrant_id, stage)


def why_not(
    order: Sequence[Mapping[str, Any]], place: Mapping[str, Any], entrant_id: str, stage: str
) -> WrongState | None:
    """Why an entrant may not be moved to a stage state; None where it may."""
    if stage not in STAGE or not allows(STAGE, place["stage"], stage):
        return WrongState(before=place["stage"], after=stage)
    if stage in ON_STAGE:
        for other in order:
            if other["id"] != entrant_id and other["stage"] in ("presenting", "answering"):
                return WrongState(before=other["stage"], after="done", number=other["number"])
    return None


def was_on_stage(order: Sequence[Mapping[str, Any]]) -> set[str]:
    """The ids of those who are or have been on stage.

    All of them in a round without use of the stage: there no entrant was ever called.
    """
    if all(place["stage"] in ("waiting", "withdrawn") for place in order):
        return {str(place["id"]) for place in order}
    reached = (*ON_STAGE, "done")
    return {str(place["id"]) for place in order if place["stage"] in reached}


def require_seen(place: Mapping[str, Any], seen: str | None) -> None:
    """Refuse an act whose button showed another stage state of the entrant than the present one."""
    if seen is not None and place["stage"] != seen:
        raise MovedOn(number=place["number"], before=seen, after=place["stage"])


def _leave_stage(tx: Transaction, round_id: str, entrant_id: str) -> None:
    """End the marking of the entrant on stage."""
    for other in rows.in_round(tx, round_id):
        if other["id"] != entrant_id and other["stage"] in ON_STAGE:
            place = require_place(tx, round_id, other["id"])
            tx.put("round_entrants", changed(place, stage="done"))


class StageView(TypedDict):
    """The entrant on stage, and the entrants in the running order."""

    current: Place | None
    order: list[Place]


def stage_view(store: Store, who: Visitor, round_id: str) -> StageView:
    """The running order and the entrant on stage, without any mark."""
    with store.reading() as tx:
        row = require_read(tx, who, "stage", round_id)
        current = rows.on_stage(tx, round_id)
        return {
            "current": seen_by(who, row, [current])[0] if current else None,
            "order": seen_by(who, row, rows.running(tx, round_id)),
        }
