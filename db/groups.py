"""Acts that wait for one commit, and the thread that does several of them in turn."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from db.transaction import Transaction

MOST = 50
OLDEST_SECONDS = 0.02
"""A commit is put off for so many acts and so long at most."""


class Group:
    """Acts of one transaction, each complete, that wait for one commit."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.acts: list[Transaction] = []
        self.over = threading.Event()
        self.error: BaseException | None = None

    @property
    def takes_more(self) -> bool:
        """Whether another act may still join."""
        return len(self.acts) < MOST and time.monotonic() - self.begun < OLDEST_SECONDS


@dataclass
class Gathering:
    """A thread that holds the writer for several acts, one after another.

    Attributes
    ----------
    groups : list of Group
        Those that the present act's rows wait in.
    waits : bool
        Whether another program that writes is waited for: once, not again before each act.
    """

    thread: int = field(default_factory=threading.get_ident)
    groups: list[Group] = field(default_factory=list)
    waits: bool = True

    def taken(self) -> Sequence[Group]:
        """The groups that an act is in; the next one begins without any."""
        groups, self.groups = self.groups, []
        return groups
