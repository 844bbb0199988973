"""Rounds, their rubric and their sessions."""

import json

from db import composites
from db.canonical import canonical, sha256
from db.shapes import CriterionRow, RoundRow, Session
from db.store import Transaction


def find(tx: Transaction, round_id: str) -> RoundRow | None:
    """One round that has not been deleted."""
    return tx.one_of(
        RoundRow, "SELECT * FROM rounds WHERE id = :id AND removed_at IS NULL", id=round_id
    )


def get(tx: Transaction, round_id: str) -> RoundRow:
    """The round that a stored row refers to.

    Raises
    ------
    LookupError
        If it is not there: the row's reference is broken, or the round was deleted.
    """
    row = find(tx, round_id)
    if row is None:
        raise LookupError(f"no round {round_id}")
    return row


def certified(tx: Transaction) -> list[RoundRow]:
    """Every judged round of the file that is certified now."""
    return tx.rows_of(
        RoundRow,
        """SELECT * FROM rounds WHERE state = 'certified' AND kind = 'judged'
        AND removed_at IS NULL ORDER BY id""",
    )


def of_competition(tx: Transaction, competition_id: str) -> list[RoundRow]:
    """The rounds of a competition in their order; of practices and readings those that run."""
    return [
        row
        for row in ever(tx, competition_id)
        if row["removed_at"] is None
        and (row["state"] == "open" or (row["practice_of"] is None and row["reading_of"] is None))
    ]


def reading_of(tx: Transaction, round_id: str) -> RoundRow | None:
    """The second reading of a round that is open."""
    return tx.one_of(
        RoundRow, "SELECT * FROM rounds WHERE reading_of = :r AND state = 'open'", r=round_id
    )


def reading_before(tx: Transaction, round_id: str) -> RoundRow | None:
    """The second reading of a round that was closed last."""
    return tx.one_of(
        RoundRow,
        """SELECT * FROM rounds WHERE reading_of = :r AND state = 'closed'
        ORDER BY position DESC LIMIT 1""",
        r=round_id,
    )


def practice_of(tx: Transaction, round_id: str) -> RoundRow | None:
    """The practice of a round that is open."""
    return tx.one_of(
        RoundRow,
        "SELECT * FROM rounds WHERE practice_of = :r AND state = 'open' ORDER BY position",
        r=round_id,
    )


def ever(tx: Transaction, competition_id: str) -> list[RoundRow]:
    """The rounds there ever were, also those deleted: events name them."""
    return tx.rows_of(
        RoundRow,
        "SELECT * FROM rounds WHERE competition_id = :c ORDER BY position",
        c=competition_id,
    )


def criteria(tx: Transaction, round_id: str) -> list[CriterionRow]:
    """The criteria of a round in their order."""
    return tx.rows_of(
        CriterionRow, "SELECT * FROM criteria WHERE round_id = :r ORDER BY position", r=round_id
    )


def criteria_count(tx: Transaction, round_id: str) -> int:
    """How many criteria a round has."""
    return int(tx.value("SELECT count(*) FROM criteria WHERE round_id = :r", r=round_id))


def criterion(tx: Transaction, criterion_id: str) -> CriterionRow | None:
    """One criterion."""
    return tx.one_of(CriterionRow, "SELECT * FROM criteria WHERE id = :id", id=criterion_id)


def sessions(tx: Transaction, round_id: str) -> list[Session]:
    """The sessions of a round in their order."""
    return tx.rows_of(
        Session, "SELECT * FROM sessions WHERE round_id = :r ORDER BY position", r=round_id
    )


def session(tx: Transaction, session_id: str) -> Session | None:
    """One session."""
    return tx.one_of(Session, "SELECT * FROM sessions WHERE id = :id", id=session_id)


def rubric_rows(tx: Transaction, round_id: str) -> list[dict[str, object]]:
    """The rubric as it is hashed."""
    return tx.rows(
        """SELECT id, position, name, points, maximum, step, weight, phase, anchors
        FROM criteria WHERE round_id = :r ORDER BY position""",
        r=round_id,
    )


def rules_hash(tx: Transaction, round_id: str, rules: str) -> str:
    """SHA-256 of the whole rules and the rubric of a round, or the parts of a composite."""
    whole = {"rules": json.loads(rules), "rubric": rubric_rows(tx, round_id)}
    parts = composites.parts_as_hashed(tx, round_id)
    return sha256(canonical(whole | {"parts": parts} if parts else whole))
