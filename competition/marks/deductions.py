"""Deductions from a score, for overtime: entered, confirmed by a second person, withdrawn."""

from datetime import datetime

from competition import fields
from competition.countersigning import confirmed, in_force, require_found, withdrawn
from competition.errors import BadInput
from competition.ids import mint
from competition.lineup.entrants import own_place
from competition.recording import record
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
        row = require_found(rows.deduction(tx, deduction_id), "deduction")
        require_act(tx, who, "confirm_deduction", row["round_id"])
        tx.put("deductions", confirmed(row, who))
        record(tx, who, "deduction_confirmed", row["entrant_id"], at=at, round_id=row["round_id"])


def withdraw_deduction(
    store: Store, who: Visitor, deduction_id: str, *, reason: str, at: datetime
) -> None:
    """Withdraw a deduction, with a reason; the row stays."""
    with store.writing() as tx:
        row = require_found(rows.deduction(tx, deduction_id), "deduction")
        require_act(tx, who, "withdraw_deduction", row["round_id"])
        tx.put("deductions", withdrawn(row, reason))
        record(
            tx,
            who,
            "deduction_withdrawn",
            row["entrant_id"],
            at=at,
            round_id=row["round_id"],
            reason=fields.reason(reason),
        )


def deductions_of(tx: Transaction, round_id: str) -> dict[str, int]:
    """Points to subtract for each entrant, in thousandths."""
    total: dict[str, int] = {}
    for row in in_force(rows.deductions(tx, round_id)):
        total[row["entrant_id"]] = total.get(row["entrant_id"], 0) + row["amount"]
    return total
