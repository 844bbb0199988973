"""What the acts on marks, sheets and deductions refuse.

Refused
└── TooOften
Conflict
└── StaleMark
BadInput
└── TranscriptionDiffers, NoKeptMarks
WrongState
├── SheetLocked, SheetIncomplete, Withdrawn, MarksHere, OvertimeOpen, OvertimeDeducted
└── RequestWaits
NotAssigned
└── Absent
"""

from competition.errors import BadInput, Conflict, Refused, WrongState
from competition.lineup.errors import NotAssigned


class StaleMark(Conflict):
    """A newer value of this mark was saved."""


class TooOften(Refused):
    """More words or late marks from one seat than a minute allows; the pad sends them later."""

    status = 503


class TranscriptionDiffers(BadInput):
    """Two people keyed one sheet of paper differently; names the criteria."""


class SheetLocked(WrongState):
    """The sheet is locked."""

    clears = "ask_reopening"


class SheetIncomplete(WrongState):
    """A sheet is submitted only when every criterion is marked."""


class Absent(NotAssigned):
    """This judge was recorded absent for this entrant."""

    clears = "undo_absence"


class Withdrawn(WrongState):
    """The entrant has withdrawn."""


class MarksHere(WrongState):
    """The judge has come in: their marks are theirs to give, not one person's to enter."""

    clears = "transcribe"


class OvertimeOpen(WrongState):
    """The entrant was over time by the table, and no deduction is entered or withdrawn for it."""

    clears = "deduct"


class OvertimeDeducted(WrongState):
    """A deduction for the same overtime waits or is in force."""

    clears = "withdraw_deduction"


class NoKeptMarks(BadInput):
    """It is no file of kept marks of this event's tablets, or it is cut short."""


class RequestWaits(WrongState):
    """Another change request for the sheet waits for an answer."""

    clears = "answer_change"
