"""What the acts on the audience vote refuse.

WrongState
└── NoVote, VoteMovedOn, StageGoesOn, ResultNotForHall, CardVoted, CardCancelled
"""

from competition.errors import WrongState


class NoVote(WrongState):
    """The composite declares no audience vote."""


class VoteMovedOn(WrongState):
    """The vote is in another state; a closed vote is never opened again."""


class StageGoesOn(WrongState):
    """Entrants have still to be on stage before the vote may be opened; names how many."""

    clears = "move_stage"


class ResultNotForHall(WrongState):
    """The rules show the hall the number of ballots alone."""


class CardVoted(WrongState):
    """A ballot was given with the card; names its number."""


class CardCancelled(WrongState):
    """The card was cancelled before; names its number."""
