"""Tablets that wait for the desk, and the address links were printed with: telemetry."""

from db.store import Row, Transaction


def add(tx: Transaction, row: Row) -> None:
    """Remember a tablet that waits."""
    tx.run(
        """INSERT INTO pairings (secret_hash, code, address, device, created_at, expires_at)
        VALUES (:secret_hash, :code, :address, :device, :created_at, :expires_at)""",
        **row,
    )


def forget(tx: Transaction, now: str) -> None:
    """Forget what has expired, paired or not."""
    tx.run("DELETE FROM pairings WHERE expires_at <= :now", now=now)


def by_secret(tx: Transaction, secret_hash: str) -> Row | None:
    """The pairing a tablet holds the secret of."""
    return tx.one("SELECT * FROM pairings WHERE secret_hash = :h", h=secret_hash)


def by_code(tx: Transaction, code: str, now: str) -> Row | None:
    """The tablet that waits with these digits."""
    return tx.one(
        "SELECT * FROM pairings WHERE code = :c AND link_id IS NULL AND expires_at > :now",
        c=code,
        now=now,
    )


def codes(tx: Transaction) -> set[str]:
    """The digits that are taken."""
    return {row["code"] for row in tx.rows("SELECT code FROM pairings WHERE link_id IS NULL")}


def made_since(tx: Transaction, address: str, since: str) -> int:
    """How many pairings an address has begun since a time, of those not forgotten yet."""
    return int(
        tx.value(
            "SELECT count(*) FROM pairings WHERE address = :a AND created_at >= :s",
            a=address,
            s=since,
        )
    )


def pair(tx: Transaction, secret_hash: str, link_id: str, expires_at: str) -> None:
    """Note the link that the desk made for a tablet, and until when it may be fetched."""
    tx.run(
        "UPDATE pairings SET link_id = :l, expires_at = :x WHERE secret_hash = :h",
        l=link_id,
        x=expires_at,
        h=secret_hash,
    )


def remove(tx: Transaction, secret_hash: str) -> None:
    """Forget one pairing: it has been used."""
    tx.run("DELETE FROM pairings WHERE secret_hash = :h", h=secret_hash)


def note_printed(tx: Transaction, token_hash: str, address: str, at: str) -> None:
    """Remember with which address a link was printed."""
    tx.run(
        """INSERT INTO printed_links (link_id, address, at)
        SELECT id, :a, :at FROM links WHERE token_hash = :h ON CONFLICT DO NOTHING""",
        a=address,
        at=at,
        h=token_hash,
    )


def printed(tx: Transaction, competition_id: str) -> list[Row]:
    """Printed links that still open, with person, address and time."""
    return tx.rows(
        """SELECT l.id, l.person_id, n.address, n.at,
               (SELECT count(*) FROM sign_ins s
                WHERE s.link_id = l.id AND s.revoked_at IS NULL) AS devices
        FROM printed_links n JOIN links l ON l.id = n.link_id
        JOIN people p ON p.id = l.person_id
        WHERE p.competition_id = :c AND l.revoked_at IS NULL ORDER BY n.at, l.id""",
        c=competition_id,
    )
