"""The bases of what an act or a read may refuse, and what is refused everywhere.

What the acts of one room refuse is in its own ``errors.py``; where two or three rooms refuse the
same, in that of the earliest. ``clears`` names the act that would clear a refusal.

Refused
├── Forbidden      this role may not do this (403)
│   ├── NotNow, OnlyJudged, OnlyComposite, SignInNeeded, NeverInPractice, NeverInReading
│   └── StillMarking
├── Conflict       the page was made for another seat, or a newer value exists (409)
│   └── WrongSeat, Replaced, WrongEvent
├── LinkRefused    wrong, revoked, expired (404)
│   └── LinkRevoked, LinkExpired
├── Missing        no such thing in this competition (404)
│   └── NoRound
├── BadInput       the value at this field is not usable (422)
│   ├── BadFields, BadDay, BadTime, UnknownPlaceholder, BadWhole, BadDecimal, Blank, Duplicate
│   ├── MarkNotANumber, MarkOutOfRange, MarkOffStep, ReasonNeeded, SecondPersonNeeded
│   └── NothingChanged, NamesAnEntrant
└── WrongState     the move is not allowed now (409)
    └── TabletsAwaited
"""

import re
from typing import Any


class Refused(Exception):
    """Base of all refusals.

    Attributes
    ----------
    code : str
        The type's name in snake_case unless it says another; the message is
        ``error.<code>`` in ``words``.
    status : int
        What a route answers.
    clears : str or None
        Name of the act that would clear the refusal.
    values : dict
        What the message names.
    """

    code = "refused"
    status = 400
    clears: str | None = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "code" not in vars(cls):
            cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, *, clears: str | None = None, **values: Any) -> None:
        self.values = values
        if clears is not None:
            self.clears = clears
        super().__init__(f"{self.code} {values}" if values else self.code)


class Forbidden(Refused):
    """This role may not do this, or not in this state."""

    status = 403


class NotNow(Forbidden):
    """This role may do this, but not in the round's present state."""

    status = 409


class OnlyJudged(Forbidden):
    """A composite is not marked by judges: it has nothing of this kind."""

    status = 409


class OnlyComposite(Forbidden):
    """Only a composite result has this."""

    status = 409


class SignInNeeded(Forbidden):
    """The visitor is not signed in."""

    status = 401
    clears = "make_link"


class NeverInPractice(Forbidden):
    """A practice has no result, and nothing of it counts."""

    status = 409


class NeverInReading(Forbidden):
    """A second reading is no round with a result: its sheets are taken into the one it reads."""

    status = 409


class StillMarking(Forbidden):
    """A judge with sheets to submit in a round reads no standing of it."""

    clears = "submit_sheet"


class Conflict(Refused):
    """What the page shows is not what the server holds."""

    status = 409


class WrongSeat(Conflict):
    """The page was made for another seat than the one signed in."""


class Replaced(Conflict):
    """Another link was opened in this browser since."""


class WrongEvent(Conflict):
    """The tablet kept this from another event."""


class LinkRefused(Refused):
    """The link is wrong."""

    code = "link_wrong"
    status = 404
    clears = "make_link"


class LinkRevoked(LinkRefused):
    """The link was revoked."""

    status = 410


class LinkExpired(LinkRefused):
    """The link has expired."""

    status = 410


class Missing(Refused):
    """There is no such thing in this competition."""

    status = 404


class NoRound(Missing):
    """The competition has no round yet."""

    clears = "create_round"


class BadInput(Refused):
    """The value at a field cannot be used."""

    status = 422


class BadFields(BadInput):
    """Fields of one form cannot be used; nothing is written.

    Attributes
    ----------
    problems : dict
        Field to its refusal.
    """

    def __init__(self, problems: dict[str, Refused]) -> None:
        self.problems = problems
        super().__init__(count=len(problems))


class BadDay(BadInput):
    """Not a day or a time of day."""


class BadTime(BadInput):
    """A length of time that cannot be read, as 7:52."""


class UnknownPlaceholder(BadInput):
    """A text names something in braces that it cannot be given."""


class BadWhole(BadInput):
    """Not a whole number within its limits."""


class BadDecimal(BadInput):
    """Not a decimal within its limits."""


class Blank(BadInput):
    """A required field is empty."""


class Duplicate(BadInput):
    """The same thing is there already."""


class MarkNotANumber(BadInput):
    """The mark is not a number."""


class MarkOutOfRange(BadInput):
    """The mark is below 0 or above the maximum."""


class MarkOffStep(BadInput):
    """The mark is no multiple of the step."""


class ReasonNeeded(BadInput):
    """This act wants a reason in words."""


class SecondPersonNeeded(BadInput):
    """The second signature must be another person's."""


class WrongState(Refused):
    """The move is not allowed now."""

    status = 409


class TabletsAwaited(WrongState):
    """Tablets seen before an older file was put back have not reported yet."""

    clears = "waive_tablet"


class NothingChanged(BadInput):
    """A correction that changes nothing."""


class NamesAnEntrant(BadInput):
    """In a blind round a reason names a place, a code or a person of an entrant."""
