"""One judge's sheets as a tablet is answered them, each with its marks, in one query."""

from db.store import Row, Transaction


def held(
    tx: Transaction, round_id: str, person_id: str, entrant_id: str | None = None
) -> dict[str, list[Row]]:
    """Return the stored sheets of a judge by entrant: a row for each mark, in the rubric's order.

    An entrant without a sheet has one row, with blanks; ``entrant_id`` asks for that one alone.
    ``came`` is how the sheet was typed in, ``request`` the change request that waits, ``asked``
    whether its reopening is asked for.
    """
    only = "" if entrant_id is None else "AND a.entrant_id = :e"
    rows = tx.rows(
        f"""SELECT a.entrant_id AS entrant, s.id, s.state, s.rev, s.saved_at, s.submitted_at,
            s.locked_at, m.criterion_id, m.value, m.rev AS mark_rev, m.client_id, m.at,
            (SELECT t.kind FROM transcriptions t WHERE t.round_id = a.round_id
                AND t.entrant_id = a.entrant_id AND t.person_id = a.person_id
                AND t.state = 'confirmed'
                ORDER BY t.answered_at DESC, t.rowid DESC LIMIT 1) AS came,
            (SELECT q.id FROM change_requests q WHERE q.round_id = a.round_id
                AND q.entrant_id = a.entrant_id AND q.person_id = a.person_id
                AND q.state = 'asked') AS request,
            EXISTS (SELECT 1 FROM reopenings o
                WHERE o.sheet_id = s.id AND o.state = 'asked') AS asked
        FROM assignments a LEFT JOIN sheets s ON s.round_id = a.round_id
            AND s.entrant_id = a.entrant_id AND s.person_id = a.person_id
        LEFT JOIN marks m ON m.sheet_id = s.id
        LEFT JOIN criteria c ON c.id = m.criterion_id
        WHERE a.round_id = :r AND a.person_id = :p {only} ORDER BY c.position""",
        r=round_id,
        p=person_id,
        e=entrant_id,
    )
    sheets: dict[str, list[Row]] = {}
    for row in rows:
        sheets.setdefault(row["entrant"], []).append(row)
    return sheets
