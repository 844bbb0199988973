"""The vote that a composite declares, and the entrants that may be voted for."""

from competition.rounds.gathering import listed_places
from competition.rounds.vote_rules import VoteRules
from competition.states import AFTER_CLOSING
from competition.voting.errors import NoVote
from db import Transaction, composites, rounds
from db.shapes import PartRow, Place

ENDED = ("done", "withdrawn")


def vote_part(tx: Transaction, round_id: str) -> tuple[PartRow, VoteRules]:
    """The part of a composite that an audience gives, and its rules.

    Raises
    ------
    NoVote
        If the composite declares none.
    """
    for part in composites.parts(tx, round_id):
        if part["vote"] is not None:
            return part, VoteRules.from_json(part["vote"])
    raise NoVote


def choices_of(tx: Transaction, round_id: str) -> list[Place]:
    """The entrants on the ballot, by number: all of the listing round that did not withdraw."""
    places = [one for one in listed_places(tx, round_id) if one["stage"] != "withdrawn"]
    return sorted(places, key=lambda one: (one["number"] is None, one["number"], one["id"]))


def left_on_stage(tx: Transaction, round_id: str) -> int:
    """How many entrants have still to be on stage; none once their round is closed."""
    listing = composites.listing_round(tx, round_id)
    if listing is not None and rounds.get(tx, listing)["state"] in AFTER_CLOSING:
        return 0
    return sum(one["stage"] not in ENDED for one in choices_of(tx, round_id))
