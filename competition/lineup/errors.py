"""What the acts on entrants, panels, seats, draws and imports refuse.

Conflict
└── ProposalChanged
BadInput
└── UnknownNumber, BadCode, InSession, RecusedPair, WrongSeed, WrongCount
WrongState
├── CannotAssign, ChangedSince, InOpenRound, StillSeated, NothingToTakeOver, NoPractice
├── NothingToHandOver, HoldsSeat, SeatTaken, AnnouncedAlready, HasEntered, NotSealed, AlreadyDrawn
├── ListChanged, CountsAtOnce
└── NotAssigned
    └── Recused
"""

from typing import Any

from competition.errors import BadInput, Conflict, WrongState


class ProposalChanged(Conflict):
    """The proposal would be another one than the button showed."""


class UnknownNumber(BadInput):
    """No entrant of the round has this number."""


class BadCode(BadInput):
    """A place code is not 9 or 12 digits of text."""


class InSession(BadInput):
    """An entrant in a session is marked by its panel, not by judges assigned to it alone."""


class RecusedPair(BadInput):
    """The judge is recused for the entrant, so the two cannot be locked together."""


class NotAssigned(WrongState):
    """This judge does not mark this entrant."""


class Recused(NotAssigned):
    """This judge is recused for this entrant."""


class CannotAssign(WrongState):
    """Judges cannot be given to entrants as asked; its code is the solver's reason."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        super().__init__(**values)


class ChangedSince(WrongState):
    """What an import entered was changed or used afterwards; undoing it would lose that."""


class InOpenRound(WrongState):
    """The entrant takes part in a round that has been opened."""

    clears = "correct_entrant"


class StillSeated(WrongState):
    """The person has a judge's seat."""

    clears = "unseat"


class NothingToTakeOver(WrongState):
    """From this entrant on the judge holds no seat with a sheet still to submit."""


class NoPractice(WrongState):
    """No practice of this round runs."""


class NothingToHandOver(WrongState):
    """No sheet of an absent judge waits for another one."""


class HoldsSeat(WrongState):
    """The replacement already has a seat."""

    clears = "substitute"


class SeatTaken(WrongState):
    """Another judge marks the entrant instead of this one."""

    clears = "return_to_seat"


class AnnouncedAlready(WrongState):
    """The score of an entrant has been announced: its judges stay who they were."""


class HasEntered(WrongState):
    """The person has signed in or done something: the log names them."""


class NotSealed(WrongState):
    """No seed has been sealed for this draw."""

    clears = "seal_draw"


class AlreadyDrawn(WrongState):
    """The draw has been made."""


class WrongSeed(BadInput):
    """The seed is not the one that was sealed."""


class WrongCount(BadInput):
    """There are more or fewer numbers than entrants."""


class ListChanged(WrongState):
    """Entrants or sessions have changed since the seed was sealed."""

    clears = "seal_draw"


class CountsAtOnce(WrongState):
    """A submitted sheet would count or stop counting: one person alone changes no score."""

    clears = "request_correction"
