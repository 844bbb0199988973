"""Sign-ins of one person, and the links that allow more."""

from db.store import Row, Transaction


def sign_ins_of(tx: Transaction, person_id: str) -> list[Row]:
    """Every browser that signed in as a person, oldest first."""
    return tx.rows(
        "SELECT * FROM sign_ins WHERE person_id = :p ORDER BY created_at, id_hash", p=person_id
    )


def other_links(
    tx: Transaction, competition_id: str, person_id: str, link_id: str, since: str
) -> list[Row]:
    """Valid links of a person made after a time, except one; with their makers."""
    return tx.rows(
        """SELECT l.created_at, max(p.name) AS "by" FROM links l
        LEFT JOIN events e ON e.competition_id = :c AND e.kind = 'link_made'
            AND e.subject = l.person_id AND e.at = l.created_at
        LEFT JOIN people p ON p.id = e.actor
        WHERE l.person_id = :p AND l.id <> :l AND l.revoked_at IS NULL AND l.created_at > :s
        GROUP BY l.id ORDER BY l.created_at, l.id""",
        c=competition_id,
        p=person_id,
        l=link_id,
        s=since,
    )


def note_shown(tx: Transaction, id_hash: str, at: str) -> None:
    """Record until when a device has shown other sign-ins."""
    tx.run("UPDATE sign_ins SET told_at = :at WHERE id_hash = :h", at=at, h=id_hash)


def move_sign_in(tx: Transaction, id_hash: str, link_id: str) -> None:
    """Let a device go on by another link of the same person."""
    tx.run("UPDATE sign_ins SET link_id = :l WHERE id_hash = :h", l=link_id, h=id_hash)
