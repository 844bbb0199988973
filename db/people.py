"""People, their roles, links and sign-ins."""

from db import sightings
from db.shapes import Grant, LiveLink, Person
from db.store import Row, Transaction


def find(tx: Transaction, person_id: str) -> Person | None:
    """One person."""
    return tx.one_of(Person, "SELECT * FROM people WHERE id = :id", id=person_id)


def of_competition(tx: Transaction, competition_id: str) -> list[Person]:
    """All people of a competition, by name."""
    return tx.rows_of(
        Person, "SELECT * FROM people WHERE competition_id = :c ORDER BY name, id", c=competition_id
    )


def grants(tx: Transaction, person_id: str) -> list[Grant]:
    """The roles of one person."""
    return tx.rows_of(
        Grant,
        "SELECT * FROM grants WHERE person_id = :p ORDER BY role, round_id NULLS FIRST",
        p=person_id,
    )


def grants_in(tx: Transaction, competition_id: str) -> list[Grant]:
    """The roles of all people of a competition."""
    return tx.rows_of(
        Grant,
        """SELECT g.* FROM grants g JOIN people p ON p.id = g.person_id
        WHERE p.competition_id = :c ORDER BY g.role, g.person_id""",
        c=competition_id,
    )


def links(tx: Transaction, person_id: str) -> list[Row]:
    """The links of one person, newest first."""
    return tx.rows(
        "SELECT * FROM links WHERE person_id = :p ORDER BY created_at DESC, id", p=person_id
    )


def live_links_in(tx: Transaction, competition_id: str) -> list[LiveLink]:
    """Links that still open, with how many devices have used each."""
    return tx.rows_of(
        LiveLink,
        """SELECT l.id, l.person_id, l.created_at, l.expires_at,
               (SELECT count(*) FROM sign_ins s
                WHERE s.link_id = l.id AND s.revoked_at IS NULL) AS devices
        FROM links l JOIN people p ON p.id = l.person_id
        WHERE p.competition_id = :c AND l.revoked_at IS NULL ORDER BY l.created_at""",
        c=competition_id,
    )


def link_by_hash(tx: Transaction, token_hash: str) -> Row | None:
    """The link a token opens."""
    return tx.one("SELECT * FROM links WHERE token_hash = :h", h=token_hash)


def link(tx: Transaction, link_id: str) -> Row | None:
    """One link."""
    return tx.one("SELECT * FROM links WHERE id = :id", id=link_id)


def sign_in(tx: Transaction, id_hash: str) -> Row | None:
    """One sign-in."""
    return tx.one("SELECT * FROM sign_ins WHERE id_hash = :h", h=id_hash)


def has_come_in(tx: Transaction, person_id: str) -> bool:
    """Whether a person has ever signed in by a link or on a paired tablet."""
    return bool(tx.value("SELECT count(*) FROM sign_ins WHERE person_id = :p", p=person_id))


def add_sign_in(tx: Transaction, row: Row) -> None:
    """Remember a device; sign-ins stand outside the events and are chained as sightings."""
    names = ", ".join(row)
    places = ", ".join(f":{name}" for name in row)
    tx.run(f"INSERT INTO sign_ins ({names}) VALUES ({places})", **row)
    person = find(tx, row["person_id"])
    assert person is not None  # a foreign key of sign_ins
    sightings.append(
        tx,
        competition_id=person["competition_id"],
        kind="signed_in",
        subject=row["id_hash"],
        actor=row["person_id"],
        detail=row["link_id"],
        at=row["created_at"],
    )


def touch_sign_in(tx: Transaction, id_hash: str, at: str) -> None:
    """Note when a device was last seen."""
    tx.run("UPDATE sign_ins SET last_seen = :at WHERE id_hash = :h", at=at, h=id_hash)


def set_language(tx: Transaction, id_hash: str, lang: str) -> None:
    """Remember the language of a device."""
    tx.run("UPDATE sign_ins SET lang = :lang WHERE id_hash = :h", lang=lang, h=id_hash)


def replace_sign_in(tx: Transaction, id_hash: str, by: str, at: str) -> None:
    """End a sign-in because another link was opened in the same browser."""
    tx.run(
        """UPDATE sign_ins SET revoked_at = :at, replaced_by = :by
        WHERE id_hash = :h AND revoked_at IS NULL""",
        at=at,
        by=by,
        h=id_hash,
    )


def end_sign_ins(tx: Transaction, link_id: str, at: str) -> None:
    """End every sign-in made with a link."""
    tx.run(
        "UPDATE sign_ins SET revoked_at = :at WHERE link_id = :l AND revoked_at IS NULL",
        at=at,
        l=link_id,
    )


def attempts_since(tx: Transaction, address: str, since: str) -> int:
    """How many wrong links an address has tried since a time."""
    return int(
        tx.value(
            "SELECT count(*) FROM attempts WHERE address = :a AND at >= :s", a=address, s=since
        )
    )


def add_attempt(tx: Transaction, address: str, at: str, forget_before: str) -> None:
    """Note a wrong link and forget old ones."""
    tx.run("DELETE FROM attempts WHERE at < :t", t=forget_before)
    tx.run("INSERT INTO attempts VALUES (:a, :at)", a=address, at=at)


def any_organizer(tx: Transaction) -> str | None:
    """An organizer of the newest competition."""
    person_id = tx.value(
        """SELECT p.id FROM people p
        JOIN grants g ON g.person_id = p.id AND g.role = 'organizer' AND g.round_id IS NULL
        JOIN competitions c ON c.id = p.competition_id
        ORDER BY c.created_at DESC, p.id LIMIT 1"""
    )
    return None if person_id is None else str(person_id)


def name_of(tx: Transaction, person_id: str | None) -> str:
    """The name of a person; empty where there is none."""
    person = find(tx, person_id) if person_id else None
    return str(person["name"]) if person else ""
