"""What a store asks of the locks of its competition, whichever its database."""

from contextlib import AbstractContextManager
from typing import Protocol


class Held(Protocol):
    """A lock that this process holds; it ends with the process."""

    def lasts(self) -> bool:
        """Whether it is still held: a lost connection lets it go, and it is asked for again."""

    def close(self) -> None:
        """Let go."""


class Locks(Protocol):
    """The locks of one competition; `db.file_lock.FileLocks` or `db.postgres.locks.ServedLocks`."""

    def hold(self, *, shared: bool = False) -> Held:
        """Serve the competition; with others where all of them share.

        Raises
        ------
        InUse
            If another process holds it.
        """

    def require_free(self, *, shared: bool = False) -> None:
        """Refuse while a server holds it; raises as `hold`."""

    def lead(self) -> Held | None:
        """Become the process that leads; None where another one leads."""

    def starting(self) -> AbstractContextManager[None]:
        """Wait until no other process of the installation is starting."""
