"""What the acts on corrections and reviews on the spot refuse.

Conflict
└── GroundMoved
BadInput
└── BadPhotograph, ChairAndSupervisor, RuleFixed, CriteriaFixed
WrongState
└── MarksUnfit, NotShownYet, ReviewTooLate
"""

from competition.errors import BadInput, Conflict, WrongState


class BadPhotograph(BadInput):
    """Not a photograph of a kind and size that can be kept."""


class GroundMoved(Conflict):
    """What a correction was asked for on has changed since; names what."""

    clears = "request_correction"


class ChairAndSupervisor(BadInput):
    """One of the two must be the chair of the panel, the other a supervisor."""


class MarksUnfit(WrongState):
    """Marks that were given do not fit the changed maximum or step; lists them."""


class RuleFixed(BadInput):
    """This rule stays as it was when the round was opened."""


class CriteriaFixed(BadInput):
    """Once a round is open no criterion is added or taken away."""


class NotShownYet(WrongState):
    """The score has neither been announced nor the round closed: there is nothing to review."""

    clears = "close_round"


class ReviewTooLate(WrongState):
    """The time for a review on the spot is over."""
