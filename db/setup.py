"""What set-up stores beside rounds, people and entrants: the logo and the sealed draw."""

from db.store import Row, Transaction


def logo(tx: Transaction, competition_id: str) -> Row | None:
    """The logo of a competition."""
    return tx.one("SELECT * FROM logos WHERE competition_id = :c", c=competition_id)


def draw(tx: Transaction, round_id: str) -> Row | None:
    """The sealed draw of a round."""
    return tx.one("SELECT * FROM draws WHERE round_id = :r", r=round_id)


def rounds_of_entrant(tx: Transaction, entrant_id: str) -> list[Row]:
    """The rounds an entrant is in."""
    return tx.rows(
        """SELECT r.* FROM rounds r JOIN round_entrants e ON e.round_id = r.id
        WHERE e.entrant_id = :e ORDER BY r.position""",
        e=entrant_id,
    )


def rounds_of_judge(tx: Transaction, person_id: str) -> list[Row]:
    """The rounds in which a person has a judge's seat."""
    return tx.rows(
        """SELECT r.* FROM rounds r JOIN seats x ON x.round_id = r.id
        WHERE x.person_id = :p ORDER BY r.position""",
        p=person_id,
    )


def has_entered(tx: Transaction, person_id: str) -> bool:
    """Whether a person has ever signed in, is an event's actor or has read an entrant again."""
    return bool(
        tx.value(
            """SELECT EXISTS (SELECT 1 FROM sign_ins WHERE person_id = :p)
                OR EXISTS (SELECT 1 FROM events WHERE actor = :p)
                OR EXISTS (SELECT 1 FROM readings WHERE person_id = :p)""",
            p=person_id,
        )
    )


def grants_in_round(tx: Transaction, person_id: str, round_id: str) -> list[Row]:
    """The roles of one person in one round."""
    return tx.rows(
        "SELECT * FROM grants WHERE person_id = :p AND round_id = :r", p=person_id, r=round_id
    )


def grants_of_round(tx: Transaction, round_id: str) -> list[Row]:
    """Every role held in one round alone."""
    return tx.rows("SELECT * FROM grants WHERE round_id = :r ORDER BY id", r=round_id)
