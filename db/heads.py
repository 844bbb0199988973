"""Heads, generations, and the tablets that witnessed them.

A head is ``g.n.hash``: the generation, the number of the last event, its chain value.  Order goes
by n alone.  A generation is a number and 64 random bits, ``3-9f1c2ab4de5607a8``; a file that has
none yet is generation ``0``.
"""

import re
from dataclasses import dataclass

from db import events
from db.store import Row, Transaction

UNKNOWN = "0"
"""The generation of a file that no generation was begun in."""

SHORTEST = 12
"""Signs of a hash that stand on paper."""

PATTERN = re.compile(r"(\d{1,9})(?:-([0-9a-f]{16}))?\.(\d{1,12})\.([0-9a-f]{12,64})")


@dataclass(frozen=True)
class Head:
    """One head; the hash, and the random bits of the generation, may be cut short on paper."""

    number: int
    token: str
    n: int
    hash: str

    @property
    def generation(self) -> str:
        """The generation as it is written."""
        return f"{self.number}-{self.token}" if self.token else str(self.number)

    @property
    def order(self) -> tuple[int, int]:
        """Sorts by generation, then by event."""
        return self.number, self.n

    def __str__(self) -> str:
        return f"{self.generation}.{self.n}.{self.hash}"

    @property
    def short(self) -> str:
        """The head as it stands on paper: 12 signs of the hash."""
        return f"{self.number}.{self.n}.{self.hash[:SHORTEST]}"


def parse(text: str) -> Head | None:
    """The head that a text names, whole or as on paper; None for any other text."""
    match = PATTERN.fullmatch(text.strip().lower())
    if match is None:
        return None
    number, token, n, hash_ = match.groups()
    return Head(int(number), token or "", int(n), hash_)


def last(tx: Transaction, competition_id: str) -> Head | None:
    """The head of a competition; None before its first event."""
    event = events.last_of(tx, competition_id)
    if event is None:
        return None
    begun = generation(tx, competition_id)
    number, token = (begun["number"], begun["token"]) if begun else (0, "")
    return Head(number, token, event["n"], event["hash"])


def all_last(tx: Transaction) -> dict[str, Head | None]:
    """The head of each competition of the file."""
    rows = tx.rows(
        """SELECT c.id, e.n, e.hash, g.number, g.token FROM competitions c
        LEFT JOIN events e ON e.competition_id = c.id
            AND e.n = (SELECT max(n) FROM events WHERE competition_id = c.id)
        LEFT JOIN generations g ON g.competition_id = c.id
            AND g.number = (SELECT max(number) FROM generations WHERE competition_id = c.id)"""
    )
    return {
        row["id"]: None
        if row["n"] is None
        else Head(
            0 if row["number"] is None else row["number"],
            "" if row["token"] is None else row["token"],
            row["n"],
            row["hash"],
        )
        for row in rows
    }


def at_event(tx: Transaction, competition_id: str, n: int) -> Head | None:
    """The head as it was after one event."""
    event = tx.one(
        "SELECT n, hash FROM events WHERE competition_id = :c AND n = :n", c=competition_id, n=n
    )
    if event is None:
        return None
    begun = tx.one(
        """SELECT number, token FROM generations WHERE competition_id = :c AND last_n < :n
        ORDER BY number DESC LIMIT 1""",
        c=competition_id,
        n=n,
    )
    number, token = (begun["number"], begun["token"]) if begun else (0, "")
    return Head(number, token, event["n"], event["hash"])


def after_last(tx: Transaction, competition_id: str, round_id: str, kind: str) -> Head | None:
    """The head right after a round's last event of a kind; None where there is none."""
    n = tx.value("SELECT max(n) FROM events WHERE round_id = :r AND kind = :k", r=round_id, k=kind)
    return None if n is None else at_event(tx, competition_id, n)


def generation(tx: Transaction, competition_id: str) -> Row | None:
    """The newest generation; None where none was begun yet."""
    return tx.one(
        """SELECT * FROM generations WHERE competition_id = :c ORDER BY number DESC LIMIT 1""",
        c=competition_id,
    )


def generations(tx: Transaction, competition_id: str) -> list[Row]:
    """Every generation, oldest first."""
    return tx.rows(
        "SELECT * FROM generations WHERE competition_id = :c ORDER BY number", c=competition_id
    )


def is_on_chain(tx: Transaction, competition_id: str, head: Head) -> bool:
    """Whether the event that a head names is stored with that hash."""
    stored = tx.value(
        "SELECT hash FROM events WHERE competition_id = :c AND n = :n", c=competition_id, n=head.n
    )
    return stored is not None and stored.startswith(head.hash)


def state_of(tx: Transaction, competition_id: str, head: Head) -> str:
    """How a tablet's head lies to the chain: ``same``, ``behind``, ``fork`` or ``new``.

    A head from before the first generation counts as this one's while it lies on the chain.
    """
    now = last(tx, competition_id)
    if now is None:
        return "new"
    if head.generation == UNKNOWN and is_on_chain(tx, competition_id, head):
        return "same"
    if head.generation != now.generation:
        return "new"
    if head.n > now.n:
        return "behind"
    return "same" if is_on_chain(tx, competition_id, head) else "fork"


def witnesses(tx: Transaction, competition_id: str) -> list[Row]:
    """The head each device last showed, with its person; the newest first."""
    return tx.rows(
        """SELECT w.*, p.name FROM witnesses w JOIN people p ON p.id = w.person_id
        WHERE w.competition_id = :c ORDER BY w.at DESC, w.device""",
        c=competition_id,
    )


def witnessed(tx: Transaction, competition_id: str) -> list[Row]:
    """How many devices show a head of this record, and each head that some show apart from it."""
    return tx.rows(
        """SELECT state, CASE WHEN state = 'same' THEN '' ELSE head END AS shown,
            count(*) AS count, max(since) AS since
        FROM witnesses WHERE competition_id = :c GROUP BY 1, 2 ORDER BY 1, 2""",
        c=competition_id,
    )


def note_witness(tx: Transaction, row: Row) -> None:
    """Remember what a device showed; ``since`` stays while its state does."""
    tx.run(
        """INSERT INTO witnesses (competition_id, device, person_id, head, state, since, at)
        VALUES (:competition_id, :device, :person_id, :head, :state, :since, :at)
        ON CONFLICT (competition_id, device) DO UPDATE SET person_id = excluded.person_id,
            head = excluded.head, since = CASE WHEN witnesses.state = excluded.state
                THEN witnesses.since ELSE excluded.since END,
            state = excluded.state, at = excluded.at""",
        **row,
    )


def awaited(tx: Transaction, competition_id: str) -> list[Row]:
    """The tablets that must report before certifying, or were waived; by person."""
    return tx.rows(
        """SELECT a.*, p.name, w.name AS waived_name FROM awaited a
        JOIN people p ON p.id = a.person_id LEFT JOIN people w ON w.id = a.waived_by
        WHERE a.competition_id = :c ORDER BY p.name, a.seen_at, a.device""",
        c=competition_id,
    )


def awaited_device(tx: Transaction, competition_id: str, device: str) -> Row | None:
    """One tablet that must report, or was waived."""
    return tx.one(
        "SELECT * FROM awaited WHERE competition_id = :c AND device = :d",
        c=competition_id,
        d=device,
    )


def waiting_devices(tx: Transaction, competition_id: str) -> list[Row]:
    """The tablets that have not reported yet and were not waived."""
    return tx.rows(
        "SELECT * FROM awaited WHERE competition_id = :c AND state = 'waiting' ORDER BY device",
        c=competition_id,
    )


def former_devices(tx: Transaction, device: str) -> set[str]:
    """A device and the sign-ins it had before, also those that this file no longer knows."""
    devices = {device}
    now: str | None = device
    while now is not None:
        now = tx.value("SELECT former FROM sign_ins WHERE id_hash = :h", h=now)
        if now in devices:
            break
        if now is not None:
            devices.add(now)
    return devices


def returned(tx: Transaction, change_id: str) -> Row | None:
    """The outcome of one change that a tablet gave back."""
    return tx.one("SELECT * FROM returned WHERE id = :id", id=change_id)


def has_waits(tx: Transaction, competition_id: str, person_id: str) -> bool:
    """Whether anything a judge gave back still waits for another tablet."""
    return bool(
        tx.value(
            """SELECT EXISTS (SELECT 1 FROM returned
                WHERE competition_id = :c AND outcome = 'wait' AND person_id = :p)""",
            c=competition_id,
            p=person_id,
        )
    )


def returned_counts(tx: Transaction, competition_id: str) -> list[Row]:
    """How many changes came back, by judge and outcome."""
    return tx.rows(
        """SELECT person_id, outcome, count(*) AS count FROM returned
        WHERE competition_id = :c GROUP BY person_id, outcome ORDER BY person_id, outcome""",
        c=competition_id,
    )
