"""One judge's sheets as a tablet is answered them, each with its marks."""

from dataclasses import dataclass, field

from db.store import Row, Transaction


@dataclass(frozen=True)
class Beside:
    """What waits or came beside a judge's sheets in a round.

    Attributes
    ----------
    came : dict
        An entrant to how its sheet was typed in.
    requests : dict
        An entrant to the change request that waits.
    asked : frozenset of str
        Sheets of any judge whose reopening is asked for.
    """

    came: dict[str, str]
    requests: dict[str, str]
    asked: frozenset[str]


@dataclass(frozen=True)
class Held:
    """A stored sheet: a row for each mark, in the rubric's order; one with blanks where none is.

    Attributes
    ----------
    came, request : str
        How the sheet was typed in, and the change request that waits; empty for none.
    asked : bool
        Whether its reopening is asked for.
    """

    came: str
    request: str
    asked: bool
    rows: list[Row] = field(default_factory=list)


def held(
    tx: Transaction, round_id: str, person_id: str, entrant_id: str | None = None
) -> dict[str, Held]:
    """Return the sheets of a judge by entrant; ``entrant_id`` asks for that one alone.

    Without a sheet an entrant's row has no ``id``.
    """
    only = "" if entrant_id is None else "AND a.entrant_id = :e"
    rows = tx.rows(
        f"""SELECT a.entrant_id AS entrant, s.id, s.state, s.rev, s.saved_at, s.submitted_at,
            s.locked_at, m.criterion_id, m.value, m.rev AS mark_rev, m.client_id, m.at
        FROM assignments a LEFT JOIN sheets s ON s.round_id = a.round_id
            AND s.entrant_id = a.entrant_id AND s.person_id = a.person_id
        LEFT JOIN marks m ON m.sheet_id = s.id
        LEFT JOIN criteria c ON c.id = m.criterion_id
        WHERE a.round_id = :r AND a.person_id = :p {only} ORDER BY c.position""",
        r=round_id,
        p=person_id,
        e=entrant_id,
    )
    beside = tx.once(_beside, round_id, person_id)
    sheets: dict[str, Held] = {}
    for row in rows:
        entrant = row["entrant"]
        if entrant not in sheets:
            came, request = (of.get(entrant, "") for of in (beside.came, beside.requests))
            sheets[entrant] = Held(came, request, row["id"] in beside.asked)
        sheets[entrant].rows.append(row)
    return sheets


def _beside(tx: Transaction, round_id: str, person_id: str) -> Beside:
    """Asked for apart from the sheets, so that it is remembered from mark to mark."""
    came = tx.rows(
        """SELECT t.entrant_id, t.kind FROM transcriptions t
        WHERE t.round_id = :r AND t.person_id = :p AND t.state = 'confirmed'
        ORDER BY t.answered_at, t.rowid""",
        r=round_id,
        p=person_id,
    )
    requests = tx.rows(
        """SELECT entrant_id, id FROM change_requests
        WHERE round_id = :r AND person_id = :p AND state = 'asked' ORDER BY asked_at, id""",
        r=round_id,
        p=person_id,
    )
    asked = tx.rows("SELECT sheet_id FROM reopenings WHERE state = 'asked' ORDER BY sheet_id")
    return Beside(
        came={row["entrant_id"]: row["kind"] for row in came},
        requests={row["entrant_id"]: row["id"] for row in requests},
        asked=frozenset(row["sheet_id"] for row in asked),
    )
