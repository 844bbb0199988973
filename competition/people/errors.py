"""What the acts on people, roles, links, PINs and tablets refuse.

Refused
├── PairingOver
└── TooManyAttempts
    └── PinLocked, PinBlocked, TooManyTablets
BadInput
├── BadPin, EasyPin, PinsDiffer, PinWrong, NoPin, NoEntry, CodeUnknown, ForbiddenPair
└── LastOrganizer, FollowsSeat, NotHeld
"""

from competition.errors import BadInput, Refused


class PairingOver(Refused):
    """A tablet's digits have expired, or were used."""

    status = 410


class TooManyAttempts(Refused):
    """Too many wrong links from one address."""

    status = 429


class PinLocked(TooManyAttempts):
    """Too many wrong PINs of one person; names when it may be tried again."""


class PinBlocked(TooManyAttempts):
    """So many wrong PINs of one person that only a new PIN helps."""

    clears = "reset_pin"


class TooManyTablets(TooManyAttempts):
    """More tablets ask for digits than can be."""


class BadPin(BadInput):
    """A PIN has six digits."""


class EasyPin(BadInput):
    """These six digits are guessed first: a run, a repetition or the event's date."""


class PinsDiffer(BadInput):
    """The PIN was typed differently the second time."""


class PinWrong(BadInput):
    """Not this person's PIN; names how many tries are left."""


class NoPin(BadInput):
    """This person has set no PIN."""

    clears = "set_pin"


class NoEntry(BadInput):
    """Every link of this person has ended, so their PIN opens nothing either."""

    clears = "make_link"


class CodeUnknown(BadInput):
    """No tablet waits with these four digits."""


class ForbiddenPair(BadInput):
    """One person may not hold these two roles."""

    clears = "revoke_role"


class LastOrganizer(BadInput):
    """The last organizer's role, or the visitor's, may not be taken away."""

    clears = "grant_role"


class FollowsSeat(BadInput):
    """A judge's role comes and goes with the seat."""

    clears = "substitute"


class NotHeld(BadInput):
    """The person does not hold this role there."""
