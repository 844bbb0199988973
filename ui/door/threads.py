"""Threads of our own routes: static files and strangers never take those that judges need."""

import asyncio
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from inspect import iscoroutinefunction
from queue import SimpleQueue
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ui.door.signed import SIGNED_IN
from ui.watch.counts import ROUTE
from words import LANGS, t

KNOWN, STRANGERS = 12, 4
MOST_WAITING = 400
"""How many strangers' requests may wait: a hall that scans at once, not a flood."""

Plain = Callable[[Request], Response]


Outcome = tuple[Response | None, BaseException | None]


class Work(NamedTuple):
    """One request for a thread, and where its answer is awaited."""

    answer: Plain
    request: Request
    given: asyncio.Future[Outcome]


class Pool:
    """A few threads that answer in the order of asking; begun with the first request.

    anyio's threads cost a mark four times as much: a limiter, a turn of the loop, a queue in
    Python and a copied context, none of which our routes use.
    """

    def __init__(self, threads: int) -> None:
        self._threads = threads
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
        self._asked.put(Work(answer, request, given))
        response, failure = await given
        if response is None:
            raise failure or TypeError("a route gave no answer")
        return response

    def _work(self) -> None:
        while True:
            answer, request, given = self._asked.get()
            outcome: Outcome
            try:
                outcome = answer(request), None
            except BaseException as error:
                outcome = None, error
            with suppress(RuntimeError):  # the loop has ended meanwhile, with it who asked
                given.get_loop().call_soon_threadsafe(_settle, given, outcome)
            del answer, request, given, outcome


def _settle(given: asyncio.Future[Outcome], outcome: Outcome) -> None:
    if not given.done():
        given.set_result(outcome)


class Threads:
    """Two pools: one for sign-ins seen a short time ago, one for all other requests."""

    def __init__(self) -> None:
        self._known = Pool(KNOWN)
        self._strangers = Pool(STRANGERS)

    @property
    def waiting(self) -> int:
        """How many requests wait for a thread."""
        return self._known.waiting + self._strangers.waiting

    async def run(self, answer: Plain, request: Request) -> Response:
        """Answer on a thread; 503 where too many strangers wait already."""
        if SIGNED_IN.is_known(request.scope):
            return await self._known.run(answer, request)
        if self._strangers.waiting >= MOST_WAITING:
            return busy()
        return await self._strangers.run(answer, request)


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
        given: Response = await (THREADS.run(answer, request) if is_ours else answer(request))
        return given

    endpoint.__name__ = getattr(answer, "__name__", "answer")
    return Route(route.path, endpoint, methods=sorted(route.methods or ()))
