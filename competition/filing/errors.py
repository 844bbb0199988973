"""What the acts on a county's list refuse.

Conflict
└── FiledAgain
BadInput
└── NotOwnCounty, FilingTimeNeeded
WrongState
├── FilingTermsNeeded, FilingEnded, FilingAccepted, NothingToFile, UploadWaits, NotFiled
└── TooManyEntrants, PlaceThere
"""

from competition.errors import BadInput, Conflict, WrongState


class NotOwnCounty(BadInput):
    """The code is of a place outside the county that files it."""


class FilingTermsNeeded(WrongState):
    """No deadline is set until which counties may file."""

    clears = "set_filing_terms"


class FilingEnded(WrongState):
    """The county's deadline has come."""

    clears = "return_filing"


class FilingAccepted(WrongState):
    """The organizers have accepted the list."""

    clears = "undo_import"


class NothingToFile(WrongState):
    """The county's list is empty."""


class UploadWaits(WrongState):
    """A workbook is there that was neither taken nor given up."""


class NotFiled(WrongState):
    """No list of the county waits for an answer."""

    clears = "file_list"


class FiledAgain(Conflict):
    """The county has filed again since the page showed its list."""


class FilingTimeNeeded(BadInput):
    """The deadline has passed, so a county whose list is returned needs a later one."""


class TooManyEntrants(WrongState):
    """The county's list has as many entrants as it may."""


class PlaceThere(WrongState):
    """The competition has an entrant of this place with another title."""
