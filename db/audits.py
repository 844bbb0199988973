"""Audits by dice."""

from typing import TypedDict, cast

from db.store import Transaction


class AuditRow(TypedDict):
    """A stored audit: ``near``, ``lines`` and ``wrong`` as JSON."""

    id: str
    round_id: str
    dice: str
    head: str
    near: str
    lines: str
    at: str
    person_id: str
    outcome: str | None
    wrong: str
    remark: str
    answered_by: str | None
    answered_at: str | None


def find(tx: Transaction, audit_id: str) -> AuditRow | None:
    """The audit of an id."""
    row = tx.one("SELECT * FROM audits WHERE id = :i", i=audit_id)
    return None if row is None else cast("AuditRow", row)


def of_round(tx: Transaction, round_id: str) -> list[AuditRow]:
    """A round's audits, the newest first."""
    rows = tx.rows("SELECT * FROM audits WHERE round_id = :r ORDER BY at DESC, id", r=round_id)
    return cast("list[AuditRow]", rows)
