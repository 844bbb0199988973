"""Counts of a process: requests by route, method and status; their seconds; its last errors.

They are added to on the loop's thread at each request, so they are plain numbers: a monitoring
program's library would cost a mark four locks.
"""

import threading
from bisect import bisect_left
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from competition import Store
from competition.standby.neighbours import Topic

NUMBER, ROUTE = "arena.request", "arena.route"
"""Where a request's scope keeps its number, and the pattern of the route that took it."""
EDGES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper edges, in seconds, of what is counted together."""
TIMED = {
    "/api/work": "work",
    "/api/marks": "marks",
    "/hall/{round}": "hall",
    "/api/hall/{round}": "hall_wait",
}
"""Routes whose seconds are counted; ``hall_wait`` holds its answer back until there is news."""
SHORT_NAMES = frozenset(TIMED.values())
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
OTHER = "other"
"""A method that no route has, and all its like."""
MOST_ERRORS = 20

Asked = tuple[str, str, int]
"""A route, a method and a status."""


@dataclass
class Seconds:
    """How many answers took up to each edge, or longer; and all their seconds."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(EDGES) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        """Count an answer."""
        self.counts[bisect_left(EDGES, seconds)] += 1
        self.total += seconds


@dataclass(frozen=True)
class Failure:
    """An error that no code foresaw: its number, when, on which route, at which competition.

    ``of`` is empty where the process serves one.
    """

    number: str
    at: datetime
    route: str
    of: str = ""


class Counts:
    """What this process has answered since it began.

    Attributes
    ----------
    begun : datetime
    requests : Counter
        Answers by route, method and status.
    seconds : dict
        Of the routes of `TIMED`, by their short name.
    open_requests, open_sockets : int
        What is being answered now.
    """

    def __init__(self) -> None:
        self.begun = datetime.now(UTC)
        self.requests: Counter[Asked] = Counter()
        self.seconds = {name: Seconds() for name in SHORT_NAMES}
        self.open_requests = self.open_sockets = 0
        self._failed: Counter[str] = Counter()
        self._failures: deque[Failure] = deque(maxlen=MOST_ERRORS)
        self._elsewhere: tuple[Counter[str], tuple[Failure, ...]] = Counter(), ()
        self._guard = threading.Lock()

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self.requests[route, method, status] += 1
        timed = TIMED.get(route)
        if timed is not None:
            self.seconds[timed].add(seconds)

    def failed(self, number: str, route: str, of: str = "") -> None:
        """Keep an error; pages fail on other threads than the loop's."""
        with self._guard:
            self._failed[of] += 1
            self._failures.append(Failure(number, datetime.now(UTC), route, of))

    @property
    def own_errors(self) -> int:
        """How many errors this process had."""
        return self._failed.total()

    @property
    def errors(self) -> int:
        """How many errors there were, in all processes and of all competitions."""
        return self._failed.total() + self._elsewhere[0].total()

    def errors_of(self, of: str) -> int:
        """How many errors there were of a competition, in all processes that serve the file."""
        return self._failed[of] + self._elsewhere[0][of]

    def last_errors(self, of: str = "") -> list[Failure]:
        """The last errors of a competition in all processes, the newest first."""
        with self._guard:
            failures = [one for one in (*self._failures, *self._elsewhere[1]) if one.of == of]
        return sorted(failures, key=lambda one: one.at, reverse=True)[:MOST_ERRORS]

    def tell(self, _: Store) -> list[Any]:
        """This process's errors, for the others of the installation."""
        with self._guard:
            last = [[one.number, one.at.isoformat(), one.route, one.of] for one in self._failures]
            return [dict(self._failed), last]

    def hear(self, _: Store, others: list[Any]) -> None:
        """Take the errors of the other processes."""
        failures = tuple(
            Failure(number, datetime.fromisoformat(at), route, of)
            for _, last in others
            for number, at, route, of in last
        )
        with self._guard:
            self._elsewhere = sum((Counter(failed) for failed, _ in others), Counter()), failures


COUNTS = Counts()
OF_ERRORS = Topic(COUNTS.tell, COUNTS.hear)
