"""What people decide beside the marks: deductions for overtime, rulings on ties.

Each takes two different people: one enters, another confirms.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from competition import fields
from competition.errors import BadInput, Missing, SecondPersonNeeded, WrongState
from competition.ids import mint
from competition.lineup.entrants import own_place
from competition.recording import changed, record
from competition.rights import require_act
from competition.visitor import Visitor
from db import Store, Transaction
from db import decisions as rows


def deduct(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    amount: str,
    *,
    reason: str,
    at: datetime,
) -> str:
    """Enter a deduction from an entrant's score; it counts once a supervisor confirms.

    Parameters
    ----------
    amount : str
        Points of the printed scale, a positive decimal of at most three places.
    """
    typed = fields.amount(amount)
    value = None if typed is None else fields.thousandths(typed)
    if value is None or not 0 < value <= 100 * fields.THOUSAND:
        raise BadInput(field="amount", value=amount[:20])
    row = {
        "id": mint(),
        "round_id": round_id,
        "entrant_id": entrant_id,
        "amount": value,
        "reason": fields.reason(reason),
        "entered_by": who.person_id,
    }
    with store.writing() as tx:
        require_act(tx, who, "deduct", round_id)
        own_place(tx, round_id, entrant_id)
        tx.put("deductions", row)
        record(
            tx,
            who,
            "deduction_entered",
            entrant_id,
            at=at,
            round_id=round_id,
            reason=str(row["reason"]),
        )
    return str(row["id"])


def confirm_deduction(store: Store, who: Visitor, deduction_id: str, *, at: datetime) -> None:
    """Confirm a deduction that somebody else entered."""
    with store.writing() as tx:
        row = _found(rows.deduction(tx, deduction_id), "deduction")
        require_act(tx, who, "confirm_deduction", row["round_id"])
        tx.put("deductions", _confirmed(row, who))
        record(tx, who, "deduction_confirmed", row["entrant_id"], at=at, round_id=row["round_id"])


def withdraw_deduction(
    store: Store, who: Visitor, deduction_id: str, *, reason: str, at: datetime
) -> None:
    """Withdraw a deduction, with a reason; the row stays."""
    with store.writing() as tx:
        row = _found(rows.deduction(tx, deduction_id), "deduction")
        require_act(tx, who, "withdraw_deduction", row["round_id"])
        tx.put("deductions", _withdrawn(row, reason))
        record(
            tx,
            who,
            "deduction_withdrawn",
            row["entrant_id"],
            at=at,
            round_id=row["round_id"],
            reason=fields.reason(reason),
        )


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
    with store.writing() as tx:
        require_act(tx, who, "enter_ruling", round_id)
        if kind not in ("order", "comparable") or not entrant_ids:
            raise BadInput(field="ruling", value=kind)
        if len(set(entrant_ids)) != len(entrant_ids):
            raise BadInput(field="ruling", value="")
        for entrant_id in entrant_ids:
            own_place(tx, round_id, entrant_id)
        row = {
            "id": mint(),
            "round_id": round_id,
            "kind": kind,
            "entrants": json.dumps(list(entrant_ids)),
            "reason": fields.reason(reason),
            "entered_by": who.person_id,
        }
        tx.put("rulings", row)
        record(
            tx,
            who,
            "ruling_entered",
            str(row["id"]),
            at=at,
            round_id=round_id,
            reason=str(row["reason"]),
        )
    return str(row["id"])


def confirm_ruling(store: Store, who: Visitor, ruling_id: str, *, at: datetime) -> None:
    """Sign a ruling that somebody else entered.

    Raises
    ------
    WrongState
        If another ruling of this kind on one of its entrants is in force.
    """
    with store.writing() as tx:
        row = _found(rows.ruling(tx, ruling_id), "ruling")
        require_act(tx, who, "confirm_ruling", row["round_id"])
        named = set(json.loads(row["entrants"]))
        for other in in_force(rows.rulings(tx, row["round_id"])):
            if other["kind"] == row["kind"] and named & set(json.loads(other["entrants"])):
                raise WrongState(before="confirmed", after="confirmed", clears="withdraw_ruling")
        tx.put("rulings", _confirmed(row, who))
        record(tx, who, "ruling_confirmed", ruling_id, at=at, round_id=row["round_id"])


def withdraw_ruling(
    store: Store, who: Visitor, ruling_id: str, *, reason: str, at: datetime
) -> None:
    """Withdraw a ruling, with a reason; the row stays."""
    with store.writing() as tx:
        row = _found(rows.ruling(tx, ruling_id), "ruling")
        require_act(tx, who, "withdraw_ruling", row["round_id"])
        tx.put("rulings", _withdrawn(row, reason))
        record(
            tx,
            who,
            "ruling_withdrawn",
            ruling_id,
            at=at,
            round_id=row["round_id"],
            reason=fields.reason(reason),
        )


def in_force(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The decisions that count: confirmed by a second person and not withdrawn."""
    return [row for row in found if row["confirmed_by"] and not row["withdrawn_reason"]]


def deductions_of(tx: Transaction, round_id: str) -> dict[str, int]:
    """Points to subtract for each entrant, in thousandths."""
    total: dict[str, int] = {}
    for row in in_force(rows.deductions(tx, round_id)):
        total[row["entrant_id"]] = total.get(row["entrant_id"], 0) + row["amount"]
    return total


def rulings_frame(tx: Transaction, round_id: str) -> pd.DataFrame | None:
    """The orders ruled and in force, as scoring reads them: kind, entrant, value.

    ``value`` is the place in the order ruled, 1 for the first.
    """
    ordered = [row for row in in_force(rows.rulings(tx, round_id)) if row["kind"] == "order"]
    if not ordered:
        return None
    pairs = [
        (entrant, place)
        for row in ordered
        for place, entrant in enumerate(json.loads(row["entrants"]), start=1)
    ]
    return pd.DataFrame(
        {"kind": "ruling", "entrant": [e for e, _ in pairs], "value": [p for _, p in pairs]}
    )


def let_stand(tx: Transaction, round_id: str) -> frozenset[str]:
    """Entrants ruled comparable though too few judges marked them."""
    return frozenset(
        entrant
        for row in in_force(rows.rulings(tx, round_id))
        if row["kind"] == "comparable"
        for entrant in json.loads(row["entrants"])
    )


def _found(row: dict[str, Any] | None, what: str) -> dict[str, Any]:
    if row is None:
        raise Missing(what=what)
    return row


def _confirmed(row: dict[str, Any], who: Visitor) -> dict[str, Any]:
    if row["withdrawn_reason"] or row["confirmed_by"]:
        raise WrongState(before="confirmed", after="confirmed")
    if row["entered_by"] == who.person_id:
        raise SecondPersonNeeded
    return changed(row, confirmed_by=who.person_id)


def _withdrawn(row: dict[str, Any], reason: str) -> dict[str, Any]:
    if row["withdrawn_reason"]:
        raise WrongState(before="withdrawn", after="withdrawn")
    return changed(row, withdrawn_reason=fields.reason(reason))
