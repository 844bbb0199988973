"""Audience votes counted again: cards against their batches, ballots against the closing."""

from collections.abc import Iterator

from db import votes
from db.canonical import sha256
from db.store import Transaction
from db.votes import VoteRow


def other_cards(tx: Transaction) -> Iterator[str]:
    """Batches whose cards are not those that were made, and cards of no batch."""
    covered: dict[str, int] = {}
    for batch in votes.batches(tx):
        hashes = votes.codes(tx, batch["round_id"], batch["first"], batch["cards"])
        known = (
            votes.covering(tx, batch["round_id"], hashes),
            sha256("\n".join(hashes)),  # as batches were covered before there was a salt in it
        )
        if len(hashes) != batch["cards"] or batch["sha256"] not in known:
            yield f"{batch['round_id']} {batch['first']}"
        covered[batch["round_id"]] = covered.get(batch["round_id"], 0) + batch["cards"]
    stored = tx.rows("SELECT round_id, count(*) AS cards FROM vote_codes GROUP BY round_id")
    for row in stored:
        if row["cards"] != covered.get(row["round_id"], 0):
            yield f"{row['round_id']} {row['cards']} cards"


def loose_ballots(tx: Transaction) -> Iterator[str]:
    """Ballots of a cancelled card, of a card that no phone opened, of another vote's card."""
    for row in tx.rows(
        """SELECT b.hash FROM vote_ballots b
        LEFT JOIN vote_codes c ON c.hash = b.hash AND c.round_id = b.round_id
        LEFT JOIN vote_claims k ON k.hash = b.hash
        LEFT JOIN vote_cancelled x ON x.round_id = b.round_id AND x.number = c.number
        WHERE c.hash IS NULL OR k.hash IS NULL OR x.number IS NOT NULL ORDER BY b.hash"""
    ):
        yield row["hash"]


def recounted(tx: Transaction) -> Iterator[str]:
    """What the ballots give otherwise than the closing: the number, each entrant, the list."""
    for vote in tx.rows_of(VoteRow, "SELECT * FROM votes ORDER BY round_id"):
        if vote["state"] != "open":
            yield from _differences(tx, vote)


def _differences(tx: Transaction, vote: VoteRow) -> Iterator[str]:
    round_id = vote["round_id"]
    ballots = votes.ballots(tx, round_id)
    if len(ballots) != vote["ballots"]:
        yield f"{round_id}: {vote['ballots']} ballots counted, {len(ballots)} kept"
    given: dict[str, int] = {}
    for ballot in ballots:
        for entrant in ballot["choices"].split():
            given[entrant] = given.get(entrant, 0) + 1
    for entrant, counted in sorted(votes.totals(tx, round_id).items()):
        if given.get(entrant, 0) != counted:
            yield f"{round_id} {entrant}: {counted} votes counted, {given.get(entrant, 0)} kept"
    if sha256(votes.listed(ballots)) != vote["sha256"]:
        yield f"{round_id}: the list of ballots is another one"
