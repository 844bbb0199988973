"""Deductions from a score, for overtime: entered, confirmed by a second person, withdrawn."""

from datetime import datetime

from competition import fields
from competition.acting import acting, acting_on
from competition.countersigning import confirmed, confirmed_by, in_force, withdrawn
from competition.errors import BadInput
from competition.ids import mint
from competition.lineup.entrants import require_place
from competition.marks import overtime
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
    phase: str = "",
) -> str:
    """Enter a deduction from an entrant's score; it counts once a supervisor confirms.

    Parameters
    ----------
    amount : str
        Points of the printed scale, a positive decimal of at most three places.
    phase : str
        The phase whose overtime it is for, as the rules' table proposed it; else empty.

    Raises
    ------
    OvertimeDeducted
        If there is a deduction for that overtime already.
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
    with acting(store, who, "deduct", round_id, at=at) as (act, tx):
        require_place(tx, round_id, entrant_id)
        tx.put("deductions", {**row, **overtime.about(tx, act.round, entrant_id, phase)})
        act.record("deduction_entered", entrant_id, reason=str(row["reason"]))
    return str(row["id"])


def confirm_deduction(store: Store, who: Visitor, deduction_id: str, *, at: datetime) -> None:
    """Confirm a deduction that another person entered."""
    with acting_on(
        store, who, "confirm_deduction", rows.deduction, deduction_id, what="deduction", at=at
    ) as (act, tx, row):
        if confirmed_by(row, who):
            return act.unchanged()
        tx.put("deductions", confirmed(row, who))
        act.record("deduction_confirmed", row["entrant_id"])


def withdraw_deduction(
    store: Store, who: Visitor, deduction_id: str, *, reason: str, at: datetime
) -> None:
    """Withdraw a deduction, with a reason; the row stays."""
    with acting_on(
        store, who, "withdraw_deduction", rows.deduction, deduction_id, what="deduction", at=at
    ) as (act, tx, row):
        tx.put("deductions", withdrawn(row, reason))
        act.record("deduction_withdrawn", row["entrant_id"], reason=fields.reason(reason))


def with_reasons(tx: Transaction, round_id: str, entrant_id: str) -> list[tuple[int, str]]:
    """Each deduction in force from one entrant's score: thousandths and the reason."""
    return reasons_in_force(tx, round_id).get(entrant_id, [])


def reasons_in_force(tx: Transaction, round_id: str) -> dict[str, list[tuple[int, str]]]:
    """Entrant's id to each deduction in force: thousandths and the reason."""
    reasons: dict[str, list[tuple[int, str]]] = {}
    for row in in_force(rows.deductions(tx, round_id)):
        reasons.setdefault(row["entrant_id"], []).append((row["amount"], row["reason"]))
    return reasons


def deductions_of(tx: Transaction, round_id: str) -> dict[str, int]:
    """Points to subtract for each entrant, in thousandths."""
    total: dict[str, int] = {}
    for row in in_force(rows.deductions(tx, round_id)):
        total[row["entrant_id"]] = total.get(row["entrant_id"], 0) + row["amount"]
    return total
