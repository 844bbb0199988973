"""Audience votes: cards by the hash of their code, the devices they are bound to, the ballots.

Codes, claims and ballots stand outside the events, thousands in a minute: an event counts the
codes of each batch, and the closing counts the ballots, each by one hash over all of them.
"""

import hmac
from collections.abc import Iterable, Sequence
from typing import TypedDict, cast

from db import events, rounds
from db.canonical import sha256
from db.store import Transaction

HEAD = "code_sha256,entrants"
"""The first line of the list of ballots."""


class VoteRow(TypedDict):
    """A vote that was opened; the last four columns are None until it is closed."""

    round_id: str
    part_id: str
    state: str
    opened_at: str
    closed_at: str | None
    ballots: int | None
    sha256: str | None
    list_id: str | None


class Batch(TypedDict):
    """Cards made together; ``sha256`` covers the hashes of their codes, see `covering`."""

    id: str
    round_id: str
    first: int
    cards: int
    sha256: str
    at: str


class Cancelled(TypedDict):
    """A card that was cancelled, and the number of the one that replaces it."""

    round_id: str
    number: int
    replaced_by: int | None
    at: str


class KnownCode(TypedDict):
    """A code as the server knows it: its card, its device, its ballot."""

    hash: str
    round_id: str
    number: int
    device: str | None
    choices: str | None
    at: str | None
    is_cancelled: int


class BallotRow(TypedDict):
    """One ballot: the hash of its code and the ids of the chosen entrants."""

    hash: str
    choices: str


class Counts(TypedDict):
    """How many cards were made, opened by a phone, used for a ballot, cancelled."""

    issued: int
    claimed: int
    voted: int
    cancelled: int


def vote(tx: Transaction, round_id: str) -> VoteRow | None:
    """The vote of a composite; None before it is opened."""
    return tx.stored_one(VoteRow, "votes", round_id=round_id)


def totals(tx: Transaction, round_id: str) -> dict[str, int]:
    """Entrant to its votes as counted at the closing."""
    rows = tx.rows("SELECT entrant_id, votes FROM vote_totals WHERE round_id = :r", r=round_id)
    return {row["entrant_id"]: row["votes"] for row in rows}


def last_number(tx: Transaction, round_id: str) -> int:
    """The highest number of a card; 0 before the first."""
    return int(
        tx.value("SELECT coalesce(max(number), 0) FROM vote_codes WHERE round_id = :r", r=round_id)
    )


def put_codes(tx: Transaction, round_id: str, first: int, hashes: Sequence[str]) -> str:
    """Keep codes, numbered from ``first``; return the hash over them."""
    for number, code in enumerate(hashes, first):
        tx.run("INSERT INTO vote_codes VALUES (:h, :r, :n)", h=code, r=round_id, n=number)
    return covering(tx, round_id, hashes)


def covering(tx: Transaction, round_id: str, hashes: Sequence[str]) -> str:
    """The hash over the codes of a batch, by the competition's salt, which no event has.

    Else a batch of one card, which replaces a lost one, would lead from its number in the events
    to its line in the list of ballots.
    """
    return hmac.new(_key(tx, round_id, "batch"), "\n".join(hashes).encode(), "sha256").hexdigest()


def check_key(tx: Transaction, round_id: str) -> bytes:
    """The key of the signs that check a vote's codes."""
    return _key(tx, round_id, "check")


def _key(tx: Transaction, round_id: str, use: str) -> bytes:
    salt = events.salt_of(tx, rounds.get(tx, round_id)["competition_id"])
    return hmac.digest(salt, f"{use} {round_id}".encode(), "sha256")


def batches(tx: Transaction) -> list[Batch]:
    """Every batch of every vote."""
    return tx.rows_of(Batch, "SELECT * FROM vote_batches ORDER BY round_id, first")


def are_checked(tx: Transaction, round_id: str) -> bool:
    """Whether no batch of a vote was made before codes had a check: those were covered plainly."""
    return all(
        sha256("\n".join(codes(tx, round_id, one["first"], one["cards"]))) != one["sha256"]
        for one in batches(tx)
        if one["round_id"] == round_id
    )


def codes(tx: Transaction, round_id: str, first: int, cards: int) -> list[str]:
    """The hashes of some cards in the order of their numbers."""
    rows = tx.rows(
        """SELECT hash FROM vote_codes WHERE round_id = :r AND number >= :f AND number < :t
        ORDER BY number""",
        r=round_id,
        f=first,
        t=first + cards,
    )
    return [row["hash"] for row in rows]


def cancelled(tx: Transaction, round_id: str) -> list[Cancelled]:
    """The cancelled cards by number."""
    return tx.stored(Cancelled, "vote_cancelled", order="number", round_id=round_id)


_KNOWN = """SELECT c.hash, c.round_id, c.number, k.device, b.choices, b.at,
    CASE WHEN x.number IS NULL THEN 0 ELSE 1 END AS is_cancelled
    FROM vote_codes c
    LEFT JOIN vote_claims k ON k.hash = c.hash
    LEFT JOIN vote_ballots b ON b.hash = c.hash
    LEFT JOIN vote_cancelled x ON x.round_id = c.round_id AND x.number = c.number
    WHERE """


def known(tx: Transaction, code: str) -> KnownCode | None:
    """A code by its hash."""
    return tx.one_of(KnownCode, f"{_KNOWN} c.hash = :h", h=code)


def by_number(tx: Transaction, round_id: str, number: int) -> KnownCode | None:
    """A code by the number of its card."""
    return tx.one_of(KnownCode, f"{_KNOWN} c.round_id = :r AND c.number = :n", r=round_id, n=number)


def is_code(tx: Transaction, code: str) -> bool:
    """Whether a hash is that of a card."""
    return tx.value("SELECT 1 FROM vote_codes WHERE hash = :h", h=code) is not None


def card_of_device(tx: Transaction, round_id: str, device: str) -> int | None:
    """The number of the card that a device holds in a vote, cancelled ones left out."""
    number = tx.value(
        """SELECT c.number FROM vote_claims k JOIN vote_codes c ON c.hash = k.hash
        LEFT JOIN vote_cancelled x ON x.round_id = c.round_id AND x.number = c.number
        WHERE k.round_id = :r AND k.device = :d AND x.number IS NULL""",
        r=round_id,
        d=device,
    )
    return None if number is None else int(number)


def claim(tx: Transaction, code: KnownCode, device: str, at: str) -> None:
    """Bind a code to a device."""
    tx.run(
        "INSERT INTO vote_claims VALUES (:h, :r, :d, :at)",
        h=code["hash"],
        r=code["round_id"],
        d=device,
        at=at,
    )


def put_ballot(tx: Transaction, code: KnownCode, choices: str, at: str) -> None:
    """Keep a ballot."""
    tx.run(
        "INSERT INTO vote_ballots VALUES (:h, :r, :c, :at)",
        h=code["hash"],
        r=code["round_id"],
        c=choices,
        at=at,
    )


def ballots(tx: Transaction, round_id: str) -> list[BallotRow]:
    """Every ballot of a vote in the order of its list: by the hash of the code."""
    return tx.rows_of(
        BallotRow,
        "SELECT hash, choices FROM vote_ballots WHERE round_id = :r ORDER BY hash",
        r=round_id,
    )


def kept(tx: Transaction) -> int:
    """How many ballots of any vote the file has: none is ever taken away, so each is a place."""
    return int(tx.value("SELECT count(*) FROM vote_ballots"))


def listed(rows: Iterable[BallotRow]) -> str:
    """The list of ballots as it is hashed and given away: one line each, no device, no time."""
    return "".join(f"{line}\n" for line in (HEAD, *(f"{r['hash']},{r['choices']}" for r in rows)))


def counted_list(tx: Transaction, round_id: str) -> str | None:
    """The list of ballots of a closed vote; None where none was closed."""
    row = vote(tx, round_id)
    return None if row is None or row["sha256"] is None else listed(ballots(tx, round_id))


def counts(tx: Transaction, round_id: str) -> Counts:
    """The figures of the report."""
    row = tx.one(
        """SELECT (SELECT count(*) FROM vote_codes WHERE round_id = :r) AS issued,
            (SELECT count(*) FROM vote_claims WHERE round_id = :r) AS claimed,
            (SELECT count(*) FROM vote_ballots WHERE round_id = :r) AS voted,
            (SELECT count(*) FROM vote_cancelled WHERE round_id = :r) AS cancelled""",
        r=round_id,
    )
    return cast("Counts", row)


def last_on_screen(tx: Transaction, round_id: str, listing_id: str) -> tuple[int, int]:
    """The newest event of a vote, and the newest that changes what its round's hall looks at."""
    voted = tx.value(
        """SELECT coalesce(max(seq), 0) FROM events WHERE round_id = :r
        AND kind IN ('vote_opened', 'vote_closed', 'vote_shown')""",
        r=round_id,
    )
    moved = tx.value(
        """SELECT coalesce(max(seq), 0) FROM events WHERE round_id = :r AND kind IN
        ('screen_set', 'scores_released', 'release_withdrawn', 'stage_presenting',
         'round_resumed', 'ceremony_moved')""",
        r=listing_id,
    )
    return int(voted), int(moved)


def newest_event(tx: Transaction, listing_id: str) -> int:
    """The newest event of a vote on a round's entrants; 0 where there is none."""
    return int(
        tx.value(
            """SELECT coalesce(max(e.seq), 0) FROM parts p JOIN votes v ON v.round_id = p.round_id
            JOIN events e ON e.round_id = v.round_id
            WHERE p.source_id = :r AND e.kind IN ('vote_opened', 'vote_closed', 'vote_shown')""",
            r=listing_id,
        )
    )


def of_listing(tx: Transaction, listing_id: str) -> list[str]:
    """The open or later composites with a vote that a round is a part of, by their ids."""
    rows = tx.rows(
        """SELECT r.id FROM rounds r JOIN parts p ON p.round_id = r.id
        JOIN parts q ON q.round_id = r.id AND q.vote IS NOT NULL
        WHERE p.source_id = :s AND r.removed_at IS NULL AND r.state <> 'draft'
        ORDER BY r.position""",
        s=listing_id,
    )
    return [row["id"] for row in rows]
