"""Imports: what each entered, the columns named by hand, and further places."""

import json

from db.store import Row, Transaction

NOT_UNDONE = """NOT EXISTS (SELECT 1 FROM imports WHERE imports.competition_id = :c
    AND undone_at IS NOT NULL AND events.n BETWEEN first_event AND last_event + 1)"""
"""An event that is no part of an import undone since."""


def find(tx: Transaction, import_id: str) -> Row | None:
    """One import."""
    return tx.one("SELECT * FROM imports WHERE id = :i", i=import_id)


def last(tx: Transaction, competition_id: str) -> Row | None:
    """The last import that was not undone."""
    return tx.one(
        """SELECT * FROM imports WHERE competition_id = :c AND undone_at IS NULL
        ORDER BY last_event DESC LIMIT 1""",
        c=competition_id,
    )


def last_event(tx: Transaction, competition_id: str) -> int:
    """The number of the competition's last event."""
    number = tx.value("SELECT max(n) FROM events WHERE competition_id = :c", c=competition_id)
    return int(number or 0)


def subjects(tx: Transaction, imported: Row, kind: str) -> list[str]:
    """What an import's events of a kind are about."""
    rows = tx.rows(
        """SELECT subject FROM events WHERE competition_id = :c AND kind = :k
        AND n BETWEEN :first AND :last ORDER BY n""",
        c=imported["competition_id"],
        k=kind,
        first=imported["first_event"],
        last=imported["last_event"],
    )
    return [row["subject"] for row in rows]


def documents_added(tx: Transaction, imported: Row) -> list[Row]:
    """The documents that an import's events added and that are still there, oldest first."""
    events = tx.rows(
        """SELECT payload FROM events WHERE competition_id = :c AND kind = 'document_added'
        AND n BETWEEN :first AND :last ORDER BY n""",
        c=imported["competition_id"],
        first=imported["first_event"],
        last=imported["last_event"],
    )
    changes = [one for event in events for one in json.loads(event["payload"])["changes"]]
    keys = [one["key"]["id"] for one in changes if one["table"] == "documents"]
    rows = (tx.one("SELECT * FROM documents WHERE id = :d", d=key) for key in keys)
    return [row for row in rows if row is not None]


def is_touched(tx: Transaction, imported: Row) -> bool:
    """Whether the import's round was changed after it.

    A later import that was undone changed nothing. Entrants that one entered beside this import's
    own are left alone by undoing it, unless it made the round that they are in.
    """
    return bool(
        tx.value(
            """SELECT EXISTS (SELECT 1 FROM events e WHERE e.competition_id = :c
            AND e.round_id = :r AND e.n > :last
            AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.competition_id = e.competition_id
                AND i.id <> :id AND e.n BETWEEN i.first_event AND i.last_event + 1
                AND (i.undone_at IS NOT NULL
                     OR :made = 0 AND i.made_round = 0 AND e.kind = 'entrant_entered')))""",
            c=imported["competition_id"],
            r=imported["round_id"],
            last=imported["last_event"] + 1,
            id=imported["id"],
            made=imported["made_round"],
        )
    )


def is_subject_since(tx: Transaction, imported: Row, subject: str) -> bool:
    """Whether an event after the import is about an entrant or a person."""
    return bool(
        tx.value(
            f"""SELECT EXISTS (SELECT 1 FROM events WHERE competition_id = :c
            AND subject = :s AND n > :last AND {NOT_UNDONE})""",
            c=imported["competition_id"],
            s=subject,
            last=imported["last_event"] + 1,
        )
    )


def column_names(tx: Transaction, competition_id: str) -> dict[str, str]:
    """Headers and the fields they were taken for."""
    rows = tx.rows("SELECT * FROM column_names WHERE competition_id = :c", c=competition_id)
    return {row["header"]: row["field"] for row in rows}


def places(tx: Transaction, competition_id: str) -> list[Row]:
    """Further places, by code."""
    return tx.rows("SELECT * FROM places WHERE competition_id = :c ORDER BY code", c=competition_id)
