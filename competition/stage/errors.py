"""What the acts on the stage, its clocks, the hall and the ceremony refuse.

WrongState
├── HallShowsNoScores, Frozen, DeductionWaiting, ReleasedAlready, NotReleased, NotYetOnStage
├── NotItsTurn, HeldToTheEnd, Adjourned, OrderChanged, OtherSession, MovedOn, ClockNotNow
└── ClockMovedOn, NotTimed, NoCeremony, CeremonyStale, CeremonyMoved, NoPages
"""

from competition.errors import WrongState


class HallShowsNoScores(WrongState):
    """The rules of the round show the hall no score."""


class Frozen(WrongState):
    """Nothing new is shown while publishing is paused; or it is not paused."""

    clears = "unfreeze"


class DeductionWaiting(WrongState):
    """A deduction from this score waits for the supervisor."""

    clears = "confirm_deduction"


class ReleasedAlready(WrongState):
    """The score is announced and has not changed."""


class NotReleased(WrongState):
    """The hall has not been shown this score."""

    clears = "release_score"


class NotYetOnStage(WrongState):
    """The entrant has not been on stage, so the hall is not shown a score."""

    clears = "move_stage"


class NotItsTurn(WrongState):
    """By the rules another entrant is heard before this one's score is announced."""

    clears = "move_stage"


class HeldToTheEnd(WrongState):
    """By the rules the session's scores are announced together once all have been heard."""

    clears = "move_stage"


class Adjourned(WrongState):
    """The round is adjourned."""

    clears = "resume"


class OrderChanged(WrongState):
    """The running order is another than the page showed."""


class OtherSession(WrongState):
    """An entrant stays in its session: its panel sits there."""


class MovedOn(WrongState):
    """The entrant is in another stage state than the button showed."""


class ClockNotNow(WrongState):
    """The clock of a phase is started while the entrant is not in it."""

    clears = "move_stage"


class ClockMovedOn(WrongState):
    """Another person moved the clock after the button was shown."""


class NotTimed(WrongState):
    """The rules set no limit for this phase, so no time is taken."""


class NoCeremony(WrongState):
    """The ceremony's steps have not been laid out yet."""


class CeremonyStale(WrongState):
    """The ceremony was laid out from a certificate that is no longer the round's."""


class CeremonyMoved(WrongState):
    """Another step of the ceremony is shown than the one the button was drawn for."""


class NoPages(WrongState):
    """The hall's screen shows no list that could be turned."""
