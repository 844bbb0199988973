"""Budgets: how many messages, sockets and uploads one sign-in may have in a time.

They count by sign-in, never by address: a whole hall may share one address.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_KEPT = 4096

Clock = Callable[[], float]


@dataclass
class Bucket:
    """Tokens that come back with time.

    Attributes
    ----------
    most : float
        Tokens of a full bucket.
    a_second : float
        Tokens that come back in a second.
    """

    most: float
    a_second: float
    clock: Clock = time.monotonic
    left: float = field(init=False)
    at: float = field(init=False)

    def __post_init__(self) -> None:
        self.left, self.at = self.most, self.clock()

    def take(self, count: float = 1.0) -> float:
        """Take tokens; return the seconds until the debt is paid, 0 where there is none."""
        self._refill()
        self.left -= count
        return max(0.0, -self.left / self.a_second)

    def give_back(self, count: float = 1.0) -> None:
        """Return tokens that were taken for nothing."""
        self.left = min(self.most, self.left + count)

    def allows(self, count: float = 1.0) -> bool:
        """Take tokens if there are as many; take none otherwise."""
        self._refill()
        if self.left < count:
            return False
        self.left -= count
        return True

    def _refill(self) -> None:
        now = self.clock()
        self.left = min(self.most, self.left + (now - self.at) * self.a_second)
        self.at = now


@dataclass
class Allowance:
    """What one sign-in still has.

    Attributes
    ----------
    sockets : int
        Sockets open now.
    messages, files, bytes : Bucket
        Messages over all sockets; files uploaded; their bytes.
    uploading : asyncio.Semaphore
        Uploads read at the same time.
    """

    sockets: int = 0
    messages: Bucket = field(default_factory=lambda: Bucket(120, 16))
    files: Bucket = field(default_factory=lambda: Bucket(200, 0.5))
    bytes: Bucket = field(default_factory=lambda: Bucket(300 * 2**20, 2**19))
    uploading: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))


class Allowances:
    """The allowance of each sign-in; the longest unused are forgotten."""

    def __init__(self) -> None:
        self._of: OrderedDict[str, Allowance] = OrderedDict()

    def of(self, sign_in: str) -> Allowance:
        """The allowance of a sign-in, by the hash it is stored under."""
        allowance = self._of.setdefault(sign_in, Allowance())
        self._of.move_to_end(sign_in)
        while len(self._of) > MOST_KEPT:
            self._of.popitem(last=False)
        return allowance
