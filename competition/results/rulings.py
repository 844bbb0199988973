"""Rulings of the panel on ties and on entrants marked by too few: entered, signed, withdrawn."""

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from competition import fields
from competition.acting import acting, acting_on
from competition.countersigning import confirmed, confirmed_by, in_force, withdrawn
from competition.errors import BadInput, WrongState
from competition.ids import mint
from competition.lineup.entrants import require_place
from competition.visitor import Visitor
from db import Store, Transaction, readings
from db import decisions as rows


def enter_ruling(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_ids: Sequence[str],
    *,
    reason: str,
    at: datetime,
    kind: str = "order",
) -> str:
    """Enter what the panel ruled: the order of entrants that are tied at the cut.

    Parameters
    ----------
    entrant_ids : sequence of str
        The tied entrants, the first in place first; for kind "comparable" those whose
        score is let stand though too few judges marked them.
    """
    with acting(store, who, "enter_ruling", round_id, at=at) as (act, tx):
        if kind not in ("order", "comparable") or not entrant_ids:
            raise BadInput(field="ruling", value=kind)
        if len(set(entrant_ids)) != len(entrant_ids):
            raise BadInput(field="ruling", value="")
        for entrant_id in entrant_ids:
            require_place(tx, round_id, entrant_id)
        row = {
            "id": mint(),
            "round_id": round_id,
            "kind": kind,
            "entrants": json.dumps(list(entrant_ids)),
            "reason": fields.reason(reason),
            "entered_by": who.person_id,
        }
        tx.put("rulings", row)
        act.record("ruling_entered", str(row["id"]), reason=str(row["reason"]))
    return str(row["id"])


def confirm_ruling(store: Store, who: Visitor, ruling_id: str, *, at: datetime) -> None:
    """Sign a ruling that another person entered.

    Raises
    ------
    WrongState
        If another ruling of this kind on one of its entrants is in force.
    """
    with acting_on(store, who, "confirm_ruling", rows.ruling, ruling_id, what="ruling", at=at) as (
        act,
        tx,
        row,
    ):
        if confirmed_by(row, who):
            return act.unchanged()
        named = set(json.loads(row["entrants"]))
        for other in in_force(rows.rulings(tx, row["round_id"])):
            if other["kind"] == row["kind"] and named & set(json.loads(other["entrants"])):
                raise WrongState(before="confirmed", after="confirmed", clears="withdraw_ruling")
        tx.put("rulings", confirmed(row, who))
        act.record("ruling_confirmed", ruling_id)


def withdraw_ruling(
    store: Store, who: Visitor, ruling_id: str, *, reason: str, at: datetime
) -> None:
    """Withdraw a ruling, with a reason; the row stays."""
    with acting_on(store, who, "withdraw_ruling", rows.ruling, ruling_id, what="ruling", at=at) as (
        act,
        tx,
        row,
    ):
        tx.put("rulings", withdrawn(row, reason))
        act.record("ruling_withdrawn", ruling_id, reason=fields.reason(reason))


KINDS = {"ruling": "ruling", "lots": "lot"}
"""Kind of an entered order, by the first of these keys that the round declares."""


def rulings_frame(tx: Transaction, round_id: str, keys: Sequence[str]) -> pd.DataFrame | None:
    """The orders and second readings in force, as scoring reads them.

    ``value`` is the place in the order, 1 for the first; of a reading (``judge``, ``criterion``)
    the mark. Where the round's ``keys`` come to lots before a ruling, the order is the one drawn.
    """
    kind = next((KINDS[key] for key in keys if key in KINDS), "ruling")
    ordered: list[dict[str, Any]] = [
        {"kind": kind, "entrant": entrant, "value": place}
        for row in in_force(rows.rulings(tx, round_id))
        if row["kind"] == "order"
        for place, entrant in enumerate(json.loads(row["entrants"]), start=1)
    ]
    read = [
        {**mark, "kind": "reading", "value": Decimal(mark["value"]) / fields.THOUSAND}
        for mark in readings.counted_marks(tx, round_id)
    ]
    return pd.DataFrame(ordered + read) if ordered or read else None


def let_stand(tx: Transaction, round_id: str) -> frozenset[str]:
    """Entrants ruled comparable though too few judges marked them."""
    return frozenset(
        entrant
        for row in in_force(rows.rulings(tx, round_id))
        if row["kind"] == "comparable"
        for entrant in json.loads(row["entrants"])
    )
