"""Threads of our own routes: static files and strangers never take those that judges need.

Marks that wait together are answered on one thread, in turn, under one commit: on several threads
each statement would pass the interpreter and the writer from one to another.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from inspect import iscoroutinefunction
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from competition import DatabaseError, Store
from ui.answering import refused_by_the_store
from ui.door.packing import packed
from ui.door.signed import SIGNED_IN
from ui.here import ASKED, ByStore, the_store
from ui.watch.counts import ROUTE
from words import LANGS, t

KNOWN, SHORT, STRANGERS = 12, 4, 4
LONG_SECONDS = 0.05
"""A short read that takes longer waits for something: another thread goes on meanwhile."""
MOST_TOGETHER = 16
"""How many acts are answered together: so long may another writer have to wait."""
OF_MANY = 4, 2, 2
"""Threads of each competition where many are served: a slow one keeps none of another's."""
MOST_WAITING = 400
"""How many strangers' requests may wait: a hall that scans at once, not a flood."""

Plain = Callable[[Request], Response]


Outcome = tuple[Response | None, BaseException | None]

_SHARING: set[Plain] = set()
_SHORT: set[Plain] = set()


def shares_commit(answer: Plain) -> Plain:
    """Let a route that does one short act be answered together with others that wait."""
    _SHARING.add(answer)
    return answer


def is_short(answer: Plain) -> Plain:
    """Let a route that only reads, for milliseconds, be answered on the few threads for these."""
    _SHORT.add(answer)
    return answer


class Work(NamedTuple):
    """One request for a thread, and where its answer is awaited."""

    answer: Plain
    request: Request
    given: asyncio.Future[Outcome]
    asked: Store | None


class Pool:
    """A few threads that answer in the order of asking; begun with the first request.

    anyio's threads cost a mark four times as much: a limiter, a turn of the loop, a queue in
    Python and a copied context, none of which our routes use.
    """

    def __init__(self, threads: int, *, together: int = 1, turns: "Turns | None" = None) -> None:
        self._threads, self._together, self._turns = threads, together, turns
        self._begun = False
        self._asked: SimpleQueue[Work] = SimpleQueue()

    @property
    def waiting(self) -> int:
        """How many requests wait for a thread."""
        return self._asked.qsize()

    async def run(self, answer: Plain, request: Request) -> Response:
        """Answer on one of the threads."""
        if not self._begun:  # only ever on the loop's thread
            self._begun = True
            for _ in range(self._threads):
                threading.Thread(target=self._work, daemon=True, name="route").start()
        given: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._asked.put(Work(answer, request, given, ASKED.get()))
        response, failure = await given
        if response is None:
            raise failure or TypeError("a route gave no answer")
        return response

    def _work(self) -> None:
        while True:
            asked = self._next()
            ASKED.set(asked[0].asked)  # a pool is of one competition
            if self._together > 1:
                outcomes = _together(asked)
            elif self._turns is None:
                outcomes = [_answered(asked[0])]
            else:
                with self._turns.turn():
                    outcomes = [_answered(asked[0])]
            _give(asked, outcomes)
            del asked, outcomes

    def _next(self) -> list[Work]:
        """The request that waits longest, and some of those behind it."""
        asked = [self._asked.get()]
        with suppress(Empty):
            while len(asked) < self._together:
                asked.append(self._asked.get_nowait())
        return asked


class Turns:
    """Lets threads go one by one; past one that takes long the next goes on beside it."""

    def __init__(self) -> None:
        self._one, self._begun = threading.Lock(), 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until the thread before has done, or has taken long."""
        is_alone = self._one.acquire(timeout=LONG_SECONDS)
        while not is_alone and time.monotonic() - self._begun < LONG_SECONDS:
            is_alone = self._one.acquire(timeout=LONG_SECONDS)
        if is_alone:
            self._begun = time.monotonic()
        try:
            yield
        finally:
            if is_alone:
                self._one.release()


def _answered(work: Work) -> Outcome:
    try:
        return packed(work.request, work.answer(work.request)), None
    except BaseException as error:
        return None, error


def _together(asked: Sequence[Work]) -> list[Outcome]:
    """Answer requests whose acts share one commit, after it."""
    acts = [partial(work.answer, work.request) for work in asked]
    try:
        given = the_store().together(acts)
    except DatabaseError as error:
        given = [error] * len(asked)
    return [_said(work, one) for work, one in zip(asked, given, strict=True)]


def _said(work: Work, given: Response | BaseException) -> Outcome:
    if isinstance(given, Response):
        return given, None
    if isinstance(given, DatabaseError):
        return refused_by_the_store(work.request, given), None
    return None, given


def _give(asked: Sequence[Work], outcomes: Sequence[Outcome]) -> None:
    """Let each loop go on, once for all that it awaits."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Outcome], Outcome]]] = {}
    for work, outcome in zip(asked, outcomes, strict=True):
        by_loop.setdefault(work.given.get_loop(), []).append((work.given, outcome))
    for loop, given in by_loop.items():
        with suppress(RuntimeError):  # the loop has ended meanwhile, with it who asked
            loop.call_soon_threadsafe(_settle, given)


def _settle(given: Iterable[tuple[asyncio.Future[Outcome], Outcome]]) -> None:
    for future, outcome in given:
        if not future.done():
            future.set_result(outcome)


class _Pools(NamedTuple):
    known: Pool
    sharing: Pool
    short: Pool
    strangers: Pool

    def of(self, answer: Plain) -> Pool:
        """The pool of a route for sign-ins that are known."""
        if answer in _SHARING:
            return self.sharing
        return self.short if answer in _SHORT else self.known


def _pools() -> _Pools:
    known, reads, strangers = (KNOWN, SHORT, STRANGERS) if ASKED.get() is None else OF_MANY
    sharing, short = Pool(1, together=MOST_TOGETHER), Pool(reads, turns=Turns())
    return _Pools(Pool(known), sharing, short, Pool(strangers))


class Threads:
    """Pools for sign-ins seen a short time ago: marks, short reads, the rest; one for all others.

    A short read asks the database some thirty times, and each time several threads would pass the
    interpreter to each other: so they go one by one, until one of them waits for something.
    """

    def __init__(self) -> None:
        self._pools = ByStore(_pools)

    @property
    def waiting(self) -> int:
        """How many requests wait for a thread."""
        return sum(pool.waiting for pools in self._pools.all() for pool in pools)

    async def run(self, answer: Plain, request: Request) -> Response:
        """Answer on a thread; 503 where too many strangers wait already."""
        pools = self._pools.here()
        if SIGNED_IN.is_known(request.scope):
            return await pools.of(answer).run(answer, request)
        if pools.strangers.waiting >= MOST_WAITING:
            return busy()
        return await pools.strangers.run(answer, request)


THREADS = Threads()


def busy() -> Response:
    """503 in both languages: a page made for it would cost what the server has not."""
    said = "\n".join(t("error.database_busy", lang) for lang in LANGS)
    return PlainTextResponse(said, status_code=503, headers={"Retry-After": "3"})


def on_own_threads(routes: Iterable[Route]) -> list[Route]:
    """The routes, each plain function answered on the threads of our own.

    A request's scope is given its route's pattern, by which it is counted.
    """
    return [_moved(route, route.endpoint) for route in routes]


def _moved(route: Route, answer: Callable[[Request], Any]) -> Route:
    is_ours = not iscoroutinefunction(answer)

    async def endpoint(request: Request) -> Response:
        request.scope[ROUTE] = route.path
        if is_ours:
            return await THREADS.run(answer, request)
        return packed(request, await answer(request))

    endpoint.__name__ = getattr(answer, "__name__", "answer")
    return Route(route.path, endpoint, methods=sorted(route.methods or ()))
