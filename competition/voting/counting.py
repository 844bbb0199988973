"""The count of a vote: the same at its closing, at ``verify`` and for a reader of the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from competition.rounds.vote_rules import VoteRules, score_of
from db import votes
from db.canonical import sha256
from db.shapes import PartRow
from db.votes import BallotRow


@dataclass(frozen=True)
class Count:
    """A count of ballots.

    Attributes
    ----------
    totals : dict
        Entrant's id to its votes, those without a vote among them.
    scores : dict
        Entrant's id to its outside score in thousandths; empty where no vote was cast.
    ballots : int
    sha256 : str
        Of the list of ballots, see `db.votes.listed`.
    """

    totals: dict[str, int]
    scores: dict[str, int]
    ballots: int
    sha256: str


def count(
    ballots: Sequence[BallotRow], entrants: Sequence[str], rules: VoteRules, part: PartRow
) -> Count:
    """Count ballots, and make the outside score of each entrant."""
    totals = dict.fromkeys(sorted(entrants), 0)
    for ballot in ballots:
        for entrant in ballot["choices"].split():
            if entrant in totals:  # one that withdrew after the ballot is not ranked
                totals[entrant] += 1
    assert part["maximum"] is not None
    assert part["step"] is not None
    highest = max(totals.values(), default=0)
    scores = {
        entrant: score
        for entrant, votes_for in totals.items()
        if (
            score := score_of(
                votes_for,
                ballots=len(ballots),
                highest=highest,
                rules=rules,
                maximum=part["maximum"],
                step=part["step"],
            )
        )
        is not None
    }
    return Count(totals, scores, len(ballots), sha256(votes.listed(ballots)))
