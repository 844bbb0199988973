"""Second laptops that follow this one: offered by a code, paired, ended; and the schema's name."""

from db import votes
from db.canonical import sha256
from db.migrations import SCHEMAS
from db.store import Row, Transaction


def schema_name() -> str:
    """A short text that differs where two versions have different migrations."""
    return sha256("\n".join(SCHEMAS))[:16]


def all_offers(tx: Transaction) -> list[Row]:
    """Every standby that a code was made for, whatever became of it; the newest first."""
    return tx.rows("SELECT * FROM standbys ORDER BY at DESC, id")


def by_token(tx: Transaction, token_hash: str) -> Row | None:
    """The paired standby that holds a token."""
    return tx.one("SELECT * FROM standbys WHERE token_hash = :h AND state = 'paired'", h=token_hash)


def in_state(tx: Transaction, competition_id: str, state: str) -> list[Row]:
    """The standbys of a competition in one state, oldest first."""
    return tx.rows(
        "SELECT * FROM standbys WHERE competition_id = :c AND state = :s ORDER BY at, id",
        c=competition_id,
        s=state,
    )


def revision_but_marks(tx: Transaction, round_id: str, entrant_id: str) -> str:
    """As `revision`, but marks change it on one entrant's sheets only, and sightings never."""
    last = tx.value(
        """SELECT seq FROM events WHERE kind <> 'marks_recorded' OR subject IN
            (SELECT id FROM sheets WHERE round_id = :r AND entrant_id = :e)
        ORDER BY seq DESC LIMIT 1""",
        r=round_id,
        e=entrant_id,
    )
    claims = tx.value("SELECT count(*) FROM vote_claims")
    return f"{last}.{claims}.{votes.kept(tx)}"


def revision(tx: Transaction) -> str:
    """A text that changes with every act, every sighting and every phone's vote of the file."""
    events = tx.value("SELECT coalesce(max(seq), 0) FROM events")
    sightings = tx.value("SELECT coalesce(max(seq), 0) FROM sightings")
    claims = tx.value("SELECT count(*) FROM vote_claims")
    return f"{events}.{sightings}.{claims}.{votes.kept(tx)}"
