"""Plan documents and shelf marks; the documents' contents are files, see ``db.document_files``."""

from db.store import Row, Transaction


def find(tx: Transaction, document_id: str) -> Row | None:
    """One document."""
    return tx.one("SELECT * FROM documents WHERE id = :id", id=document_id)


def of_entrant(tx: Transaction, entrant_id: str) -> list[Row]:
    """The documents of an entrant, oldest first."""
    return tx.rows(
        "SELECT * FROM documents WHERE entrant_id = :e ORDER BY added_at, name, id", e=entrant_id
    )


def in_round(tx: Transaction, round_id: str) -> list[Row]:
    """The documents of a round's entrants, oldest first."""
    return tx.rows(
        """SELECT d.* FROM documents d JOIN round_entrants e ON e.entrant_id = d.entrant_id
        WHERE e.round_id = :r ORDER BY d.added_at, d.name, d.id""",
        r=round_id,
    )


def entrants_with(tx: Transaction, round_id: str) -> int:
    """How many entrants of a round have a document."""
    return int(
        tx.value(
            """SELECT count(DISTINCT d.entrant_id) FROM documents d
            JOIN round_entrants e ON e.entrant_id = d.entrant_id WHERE e.round_id = :r""",
            r=round_id,
        )
    )


def shelf_mark(tx: Transaction, entrant_id: str) -> Row | None:
    """Where an entrant's paper lies, and how often it was set; None if never."""
    return tx.one("SELECT * FROM shelf_marks WHERE entrant_id = :e", e=entrant_id)


def shelf_marks(tx: Transaction, round_id: str) -> dict[str, str]:
    """Where the paper of a round's entrants lies, by entrant."""
    rows = tx.rows(
        """SELECT s.* FROM shelf_marks s JOIN round_entrants e ON e.entrant_id = s.entrant_id
        WHERE e.round_id = :r AND s.mark <> ''""",
        r=round_id,
    )
    return {row["entrant_id"]: row["mark"] for row in rows}


def all_shelf_marks(tx: Transaction, competition_id: str) -> dict[str, str]:
    """Where the paper of a competition's entrants lies, by entrant."""
    rows = tx.rows(
        """SELECT s.* FROM shelf_marks s JOIN entrants e ON e.id = s.entrant_id
        WHERE e.competition_id = :c AND s.mark <> ''""",
        c=competition_id,
    )
    return {row["entrant_id"]: row["mark"] for row in rows}


def is_kept(tx: Transaction, sha256: str) -> bool:
    """Whether any document still has this content."""
    return bool(tx.value("SELECT EXISTS (SELECT 1 FROM documents WHERE sha256 = :s)", s=sha256))


def marked_since(tx: Transaction, entrant_id: str, added_at: str) -> bool:
    """Whether a judge has marked the entrant since a document was readable."""
    return bool(
        tx.value(
            """SELECT EXISTS (SELECT 1 FROM marks m JOIN sheets s ON s.id = m.sheet_id
                WHERE s.entrant_id = :e AND m.at >= :at)""",
            e=entrant_id,
            at=added_at,
        )
    )


def being_marked(tx: Transaction, entrant_id: str) -> str | None:
    """The title of a round, not certified yet, in which the entrant has a mark."""
    title = tx.value(
        """SELECT r.title FROM rounds r JOIN sheets s ON s.round_id = r.id
        JOIN marks m ON m.sheet_id = s.id
        WHERE s.entrant_id = :e AND r.state IN ('open', 'closed')
        ORDER BY r.position LIMIT 1""",
        e=entrant_id,
    )
    return None if title is None else str(title)
