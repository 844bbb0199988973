"""Persons' PINs as hashes, and the tries on each since the last right one."""

from db.store import Row, Transaction


def of_person(tx: Transaction, person_id: str) -> Row | None:
    """A person's PIN, as a hash."""
    return tx.one("SELECT * FROM pins WHERE person_id = :p", p=person_id)


def holders(tx: Transaction, competition_id: str) -> set[str]:
    """The people of a competition who have a PIN."""
    rows = tx.rows("SELECT person_id FROM pins WHERE competition_id = :c", c=competition_id)
    return {row["person_id"] for row in rows}


def tries(tx: Transaction, person_id: str) -> tuple[int, str]:
    """How many tries there were since the last right one, and when the last was."""
    row = tx.one(
        "SELECT count(*) AS count, max(at) AS last FROM pin_tries WHERE person_id = :p",
        p=person_id,
    )
    assert row is not None  # an aggregate has one row
    return int(row["count"]), str(row["last"] or "")


def add_try(tx: Transaction, person_id: str, machine_of: str, at: str) -> None:
    """Count a try before its outcome is known."""
    tx.run("INSERT INTO pin_tries VALUES (:p, :m, :at)", p=person_id, m=machine_of, at=at)


def forget_tries(tx: Transaction, person_id: str) -> None:
    """Begin to count again."""
    tx.run("DELETE FROM pin_tries WHERE person_id = :p", p=person_id)


def postpone(tx: Transaction, id_hash: str, at: str) -> None:
    """Note that a device was asked to set a PIN and that its person postponed it."""
    tx.run("UPDATE sign_ins SET pin_later = :at WHERE id_hash = :h", at=at, h=id_hash)
