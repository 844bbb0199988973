"""Entrants, and their place in a round."""

from db.shapes import Entrant, Place
from db.store import Row, Transaction

FACTS = ("code", "county", "township", "village", "title", "presenter", "post", "unit")
"""What is printed of an entrant."""

SEEN = ", ".join(f"coalesce(k.{name}, n.{name}) AS {name}" for name in FACTS)
"""The facts as a round shows them: a certified one keeps those it was certified with."""

IN_ROUND = f"""SELECT n.id, n.competition_id, n.corrections, {SEEN},
            e.round_id, e.session_id, e.number, e.stage, e.seconds_used, e.turn
        FROM round_entrants e JOIN entrants n ON n.id = e.entrant_id
        LEFT JOIN kept_facts k ON k.round_id = e.round_id AND k.entrant_id = e.entrant_id"""

PRACTISING = """SELECT e.entrant_id FROM round_entrants e JOIN rounds r ON r.id = e.round_id
    WHERE r.practice_of IS NOT NULL"""


def find(tx: Transaction, entrant_id: str) -> Entrant | None:
    """One entrant."""
    return tx.one_of(Entrant, "SELECT * FROM entrants WHERE id = :id", id=entrant_id)


def of_competition(tx: Transaction, competition_id: str) -> list[Entrant]:
    """Every entrant of a competition, by code; the invented one of practices is none."""
    return tx.rows_of(
        Entrant,
        f"""SELECT * FROM entrants WHERE competition_id = :c AND id NOT IN ({PRACTISING})
        ORDER BY code, title""",
        c=competition_id,
    )


def is_practising(tx: Transaction, entrant_id: str) -> bool:
    """Whether this is the invented entrant of practices."""
    return bool(tx.value(f"SELECT :e IN ({PRACTISING})", e=entrant_id))


def in_opened_rounds(tx: Transaction, competition_id: str) -> list[str]:
    """Ids of the entrants of any round that is no longer in draft."""
    rows = tx.rows(
        """SELECT DISTINCT e.entrant_id FROM round_entrants e JOIN rounds r ON r.id = e.round_id
        WHERE r.competition_id = :c AND r.state <> 'draft'""",
        c=competition_id,
    )
    return [row["entrant_id"] for row in rows]


def in_round(tx: Transaction, round_id: str) -> list[Place]:
    """The entrants of a round with their place in it, by number."""
    return tx.rows_of(
        Place,
        f"{IN_ROUND} WHERE e.round_id = :r ORDER BY e.number NULLS FIRST, n.code, n.title",
        r=round_id,
    )


TURN = "coalesce(e.turn, e.number)"
"""The place in the running order; none before the draw."""


def running(tx: Transaction, round_id: str) -> list[Place]:
    """The entrants of a round in the order in which they appear on stage."""
    return tx.rows_of(
        Place,
        f"{IN_ROUND} WHERE e.round_id = :r ORDER BY {TURN} NULLS FIRST, n.code, n.title",
        r=round_id,
    )


def kept(tx: Transaction, round_id: str) -> list[Row]:
    """The facts that a certified round keeps of entrants corrected since."""
    return tx.rows("SELECT * FROM kept_facts WHERE round_id = :r", r=round_id)


def place(tx: Transaction, round_id: str, entrant_id: str) -> Row | None:
    """An entrant's place in a round."""
    return tx.one(
        "SELECT * FROM round_entrants WHERE round_id = :r AND entrant_id = :e",
        r=round_id,
        e=entrant_id,
    )


def on_stage(tx: Transaction, round_id: str) -> Place | None:
    """The entrant presenting, answering or being marked; else the one called."""
    return tx.one_of(
        Place,
        f"""{IN_ROUND}
        WHERE e.round_id = :r AND e.stage IN ('called', 'presenting', 'answering', 'marking')
        ORDER BY e.stage = 'called', e.number NULLS FIRST LIMIT 1""",
        r=round_id,
    )


def by_code(tx: Transaction, competition_id: str, code: str, title: str) -> Row | None:
    """The entrant with this code and plan title."""
    return tx.one(
        "SELECT * FROM entrants WHERE competition_id = :c AND code = :code AND title = :title",
        c=competition_id,
        code=code,
        title=title,
    )


def by_number(tx: Transaction, round_id: str, number: int) -> str | None:
    """The entrant with a number in a round."""
    entrant_id = tx.value(
        "SELECT entrant_id FROM round_entrants WHERE round_id = :r AND number = :n",
        r=round_id,
        n=number,
    )
    return None if entrant_id is None else str(entrant_id)
