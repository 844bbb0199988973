"""What tablets sent: changes done once, and requests that came after the lock."""

from db.store import Row, Transaction


def applied(tx: Transaction, change_id: str) -> Row | None:
    """A change that was applied before."""
    return tx.one("SELECT * FROM applied_changes WHERE id = :id", id=change_id)


def done_since(tx: Transaction, person_id: str, since: str) -> list[Row]:
    """What a judge's tablets have had done since a time: kind and outcome of each."""
    return tx.rows(
        "SELECT kind, outcome FROM applied_changes WHERE person_id = :p AND at > :s",
        p=person_id,
        s=since,
    )


def is_submit_requested(tx: Transaction, round_id: str, entrant_id: str, person_id: str) -> bool:
    """Whether a tablet's file had the submit of a sheet whose marks wait for a second person."""
    return bool(
        tx.value(
            """SELECT EXISTS (SELECT 1 FROM applied_changes WHERE round_id = :r
                AND entrant_id = :e AND person_id = :p
                AND kind = 'submit' AND outcome = 'requested')""",
            r=round_id,
            e=entrant_id,
            p=person_id,
        )
    )


def request(tx: Transaction, request_id: str) -> Row | None:
    """One change request."""
    return tx.one("SELECT * FROM change_requests WHERE id = :id", id=request_id)


def open_request(tx: Transaction, round_id: str, entrant_id: str, person_id: str) -> Row | None:
    """The unanswered request for one judge's sheet of one entrant."""
    return tx.one(
        """SELECT * FROM change_requests
        WHERE round_id = :r AND entrant_id = :e AND person_id = :p AND state = 'asked'""",
        r=round_id,
        e=entrant_id,
        p=person_id,
    )


def requests(tx: Transaction, round_id: str) -> list[Row]:
    """The change requests of a round, newest first."""
    return tx.rows(
        """SELECT q.*, x.number AS seat, e.number FROM change_requests q
        JOIN seats x ON x.round_id = q.round_id AND x.person_id = q.person_id
        JOIN round_entrants e ON e.round_id = q.round_id AND e.entrant_id = q.entrant_id
        WHERE q.round_id = :r ORDER BY q.asked_at DESC, q.id""",
        r=round_id,
    )


def requested_marks(tx: Transaction, request_id: str) -> list[Row]:
    """The marks a request asks for, in the order of the rubric."""
    return tx.rows(
        """SELECT m.*, c.name, c.step FROM requested_marks m
        JOIN criteria c ON c.id = m.criterion_id
        WHERE m.request_id = :q ORDER BY c.position""",
        q=request_id,
    )


def version_of(tx: Transaction, round_id: str, person_id: str) -> str:
    """A short text that changes whenever something of a judge's own in a round does.

    What a mark changes is asked for apart, so that the rest is remembered from mark to mark.
    """
    sheets = tx.value(
        """SELECT coalesce(sum(s.rev), 0) || '.' || count(*) FILTER (WHERE s.state = 'submitted')
                || '.' || count(*) FILTER (WHERE s.state = 'reopened')
                || '.' || coalesce(max(s.locked_at), '')
                || '.' || (SELECT count(*) || '.' || count(*) FILTER (WHERE o.state <> 'asked')
                           FROM reopenings o JOIN sheets z ON z.id = o.sheet_id
                           WHERE z.round_id = :r AND z.person_id = :p)
            FROM sheets s WHERE s.round_id = :r AND s.person_id = :p""",
        r=round_id,
        p=person_id,
    )
    return f"{_besides_sheets(tx, round_id, person_id)}.{sheets}"


def _besides_sheets(tx: Transaction, round_id: str, person_id: str) -> str:
    return str(
        tx.value(
            """SELECT r.state || '.' || r.rules_version || '.' || count(*)
                || '.' || count(*) FILTER (WHERE a.state = 'expected')
                || '.' || count(a.stands_for)
                || '.' || count(*) FILTER (WHERE e.stage = 'withdrawn')
                || '.' || coalesce(sum(n.corrections), 0)
                || '.' || coalesce(sum(h.rev), 0)
                || '.' || coalesce(sum((SELECT count(*) FROM documents d
                                        WHERE d.entrant_id = a.entrant_id)), 0)
                || '.' || coalesce(max((SELECT max(d.added_at) FROM documents d
                                        WHERE d.entrant_id = a.entrant_id)), '')
                || '.' || (SELECT count(*) || '.' || count(*) FILTER (WHERE q.state <> 'asked')
                           FROM change_requests q
                           WHERE q.round_id = :r AND q.person_id = :p)
            FROM rounds r JOIN assignments a ON a.round_id = r.id AND a.person_id = :p
            JOIN round_entrants e ON e.round_id = a.round_id AND e.entrant_id = a.entrant_id
            JOIN entrants n ON n.id = a.entrant_id
            LEFT JOIN shelf_marks h ON h.entrant_id = a.entrant_id
            WHERE r.id = :r GROUP BY r.id""",
            r=round_id,
            p=person_id,
        )
        or ""
    )
