"""What follows a certificate: made public, objected to, changed when it was decided, replaced."""

import json
from typing import TypedDict

from db.store import Row, Transaction


class PublicationRow(TypedDict):
    """A fact beside a certificate: announced, noticed, decided or commended."""

    id: str
    round_id: str
    snapshot_id: str
    kind: str
    details: str
    person_id: str
    at: str


class ObjectionRow(TypedDict):
    """An objection to a public notice; without a finding it waits for its answer."""

    id: str
    round_id: str
    snapshot_id: str
    raised_by: str
    claim: str
    received_on: str
    entered_by: str
    entered_at: str
    finding: str | None
    answer: str
    answered_by: str | None
    answered_at: str | None


def of_snapshot(tx: Transaction, snapshot_id: str) -> dict[str, PublicationRow]:
    """The facts beside a certificate by kind."""
    rows = tx.rows_of(
        PublicationRow, "SELECT * FROM publications WHERE snapshot_id = :s", s=snapshot_id
    )
    return {row["kind"]: row for row in rows}


def published(tx: Transaction, round_id: str) -> list[Row]:
    """The certificates of a round that were announced or noticed, the newest first."""
    return tx.rows(
        """SELECT s.* FROM snapshots s WHERE s.round_id = :r AND s.kind = 'certify'
        AND EXISTS (SELECT 1 FROM publications p WHERE p.snapshot_id = s.id
                    AND p.kind IN ('announced', 'noticed'))
        ORDER BY s.version DESC""",
        r=round_id,
    )


def objection(tx: Transaction, objection_id: str) -> ObjectionRow | None:
    """One objection."""
    return tx.one_of(ObjectionRow, "SELECT * FROM objections WHERE id = :id", id=objection_id)


def objections(tx: Transaction, round_id: str) -> list[ObjectionRow]:
    """The objections of a round, those without an answer first."""
    return tx.rows_of(
        ObjectionRow,
        """SELECT * FROM objections WHERE round_id = :r
        ORDER BY finding IS NOT NULL, entered_at, id""",
        r=round_id,
    )


def list_change(tx: Transaction, change_id: str) -> Row | None:
    """One change of the list of winners."""
    return tx.one("SELECT * FROM list_changes WHERE id = :id", id=change_id)


def list_changes(tx: Transaction, snapshot_id: str) -> list[Row]:
    """The changes of a certificate's list, in the order they were entered."""
    return tx.rows("SELECT * FROM list_changes WHERE snapshot_id = :s ORDER BY id", s=snapshot_id)


def version_request(tx: Transaction, request_id: str) -> Row | None:
    """One request for a new version."""
    return tx.one("SELECT * FROM version_requests WHERE id = :id", id=request_id)


def version_requests(tx: Transaction, round_id: str) -> list[Row]:
    """The requests of a round for a new version of its certificate."""
    return tx.rows("SELECT * FROM version_requests WHERE round_id = :r ORDER BY id", r=round_id)


def details(row: PublicationRow) -> dict[str, str]:
    """What was typed with a fact."""
    typed: dict[str, str] = json.loads(row["details"])
    return typed


def state(tx: Transaction) -> str:
    """Figures of which one is another after each act that changes what is public."""
    row = tx.one(
        """SELECT (SELECT count(*) FROM publications) AS facts,
            (SELECT count(*) FROM snapshots WHERE kind = 'certify') AS certificates,
            (SELECT group_concat(id || coalesce(confirmed_by, '') || coalesce(withdrawn_reason, ''))
                FROM version_requests) AS requests,
            (SELECT group_concat(state || coalesce(removed_at, '')) FROM rounds) AS states,
            (SELECT group_concat(title || timezone || sample || rehearsal)
                FROM competitions) AS titles"""
    )
    return json.dumps(row)
