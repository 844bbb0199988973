"""Everything taken back that keeps the event from being certified, and its certificate."""

from typing import Any

from competition.marks import change_requests, deductions
from competition.results import readings, rulings
from tests.competition.event import later
from tests.competition.registry import correction_calls

AT = later(3600)


def settle(p: Any) -> None:
    """Take back all that waits for a second person."""
    correction_calls.settle(p)
    store, supervisor = p.event.store, p.visitors["supervisor"]
    with store.reading() as tx:
        waiting = {
            table: [
                row["id"]
                for row in tx.rows(f"SELECT * FROM {table}")
                if row["confirmed_by"] is None and row["withdrawn_reason"] is None
            ]
            for table in ("deductions", "rulings", "readings")
        }
        asked = [
            row["id"] for row in tx.rows("SELECT id FROM change_requests WHERE state = 'asked'")
        ]
    for one in waiting["deductions"]:
        deductions.withdraw_deduction(store, supervisor, one, reason="误记", at=AT)
    for one in waiting["rulings"]:
        rulings.withdraw_ruling(store, supervisor, one, reason="误记", at=AT)
    for one in waiting["readings"]:
        readings.withdraw_reading(store, supervisor, one, reason="误记", at=AT)
    for one in asked:
        change_requests.answer_change(store, supervisor, one, approve=False, at=AT)


def certify(p: Any) -> None:
    """Settled and certified by two people."""
    settle(p)
    p.event.certify(at=AT)
