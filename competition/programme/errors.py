"""What the acts on the year's programme of villages refuse.

Missing
└── NoProgramme
BadInput
└── UnknownStep, UnknownCounty, EvidenceFull
WrongState
├── ExchangeTooEarly, StepConfirmed, NotReported, NeedSettled, NotOffered, DispatchNotNow
└── YearClosed, YearRuns, VillageInUse, AwardThere, AwardHandedOver
"""

from competition.errors import BadInput, Missing, WrongState


class NoProgramme(Missing):
    """The competition has no programme yet."""

    clears = "begin_programme"


class ExchangeTooEarly(WrongState):
    """Nothing is released to counties before the result was made public."""

    clears = "announce"


class UnknownStep(BadInput):
    """The programme has no step of this number, or villages have reported the one left out."""


class StepConfirmed(WrongState):
    """The office has confirmed the step: it changes only after the office has returned it."""

    clears = "return_step"


class NotReported(WrongState):
    """The village has not reported the step."""

    clears = "report_steps"


class NeedSettled(WrongState):
    """A unit has taken the need on, or it is met."""


class NotOffered(WrongState):
    """No unit has taken the need on."""

    clears = "offer_need"


class DispatchNotNow(WrongState):
    """The dispatch is closed, or has no answer to be closed with."""


class UnknownCounty(BadInput):
    """The programme has no village in a county of this name."""


class YearClosed(WrongState):
    """The year of the programme is over: nothing is written in it."""

    clears = "reopen_programme"


class YearRuns(WrongState):
    """The year of the programme is not closed."""


class VillageInUse(WrongState):
    """Something was reported of the task village: it stays on the list."""


class EvidenceFull(BadInput):
    """A village's photos and documents of a year take as much room as they may."""


class AwardThere(WrongState):
    """The village has this award on the list already."""


class AwardHandedOver(WrongState):
    """The award was handed over."""
