"""What the acts over all competitions of an installation refuse.

Refused
└── WorkGoesOn
Forbidden
├── NotProvince
└── NoContestHere
"""

from competition.errors import Forbidden, Refused


class NotProvince(Forbidden):
    """Only at the installation's own host, with a sign-in made there."""


class NoContestHere(Forbidden):
    """At the installation's own host no contest is prepared, marked or certified."""


class WorkGoesOn(Refused):
    """Another work over all competitions goes on."""

    status = 409
