"""What the acts on the second laptop and the second folder of copies refuse.

Refused
└── StandbyRefused
    ├── StandbyCodeWrong, StandbyCodeUsed, StandbyCodeOver, StandbyOtherEvent, StandbyVersion
    └── StandbyUnknown, StandbyNotAlone
BadInput
└── CopyFolderMissing, CopyFolderInside, CopyFolderUnwritable, CopyFolderFull
"""

from competition.errors import BadInput, Refused


class StandbyRefused(Refused):
    """A second laptop may not follow this one."""

    status = 403
    clears = "make_standby_code"


class StandbyCodeWrong(StandbyRefused):
    """No second laptop was offered this code."""


class StandbyCodeUsed(StandbyRefused):
    """The code was exchanged before: each opens once."""


class StandbyCodeOver(StandbyRefused):
    """The code is too old, or another was made since."""


class StandbyOtherEvent(StandbyRefused):
    """The second laptop follows another competition; names the one served here."""

    status = 409


class StandbyVersion(StandbyRefused):
    """The second laptop's version has another schema."""

    status = 409


class StandbyUnknown(StandbyRefused):
    """The second laptop's token is not, or no longer, that of a paired one."""

    status = 401


class StandbyNotAlone(StandbyRefused):
    """The file holds another competition, which must not go along."""

    status = 409


class CopyFolderMissing(BadInput):
    """The second folder is no whole path of a folder that is there."""


class CopyFolderInside(BadInput):
    """The second folder lies in the folder of the database."""


class CopyFolderUnwritable(BadInput):
    """The second folder takes no file: read-only, or not ours."""


class CopyFolderFull(BadInput):
    """The disk of the second folder is full."""
