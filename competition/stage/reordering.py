"""The running order changed on the day: numbers stay, the turns of those still to come move."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import acting, changed
from competition.lineup.entrants import require_place
from competition.stage.errors import OrderChanged, OtherSession
from competition.visitor import Visitor
from db import Store, entrants

MOVABLE = ("waiting", "fault")
"""Stage states from which an entrant may still be given another turn."""


def reorder(
    store: Store,
    who: Visitor,
    round_id: str,
    order: Sequence[str],
    *,
    seen: Sequence[str],
    reason: str,
    at: datetime,
) -> None:
    """Put the entrants still to come in another order; their numbers stay.

    Parameters
    ----------
    order : sequence of str
        Ids of all that are still to come, in their new order.
    seen : sequence of str
        The same in the order that the page showed.

    Raises
    ------
    OrderChanged
        If the order is another than the page showed, or an entrant has been called since.
    OtherSession
        If an entrant would come into the turn of one of another session: another panel sits there.
    """
    with acting(store, who, "reorder", round_id, at=at) as (act, tx):
        why = fields.reason(reason)
        before = movable(entrants.running(tx, round_id))
        if list(seen) != [place["id"] for place in before] or sorted(order) != sorted(seen):
            raise OrderChanged
        if list(order) == list(seen):
            return act.unchanged()
        coming = {place["id"]: place for place in before}
        for slot, entrant_id in zip(before, order, strict=True):
            if slot["session_id"] != coming[entrant_id]["session_id"]:
                raise OtherSession(number=coming[entrant_id]["number"])
            if slot["id"] != entrant_id:
                place = require_place(tx, round_id, entrant_id)
                turn = turn_of(slot)
                own = turn == place["number"]
                tx.put("round_entrants", changed(place, turn=None if own else turn))
        act.record("order_changed", reason=why)


def movable(order: Sequence[Any]) -> list[Any]:
    """Those of a running order that may still be given another turn."""
    return [place for place in order if place["stage"] in MOVABLE]


def turn_of(place: Mapping[str, Any]) -> int:
    """The number in whose place an entrant appears: its own, unless the order was changed."""
    return int(place["turn"] or place["number"])
