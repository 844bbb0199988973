"""Threads of our own routes: static files and strangers never take those that judges need."""

from collections.abc import Callable, Iterable
from inspect import iscoroutinefunction

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ui.door.signed import SIGNED_IN
from words import LANGS, t

KNOWN, STRANGERS = 12, 4
MOST_WAITING = 400
"""How many strangers' requests may wait: a hall that scans at once, not a flood."""

Plain = Callable[[Request], Response]


class Threads:
    """Two limiters: one for sign-ins seen a short time ago, one for all other requests."""

    def __init__(self) -> None:
        self._known = anyio.CapacityLimiter(KNOWN)
        self._strangers = anyio.CapacityLimiter(STRANGERS)

    async def run(self, answer: Plain, request: Request) -> Response:
        """Answer on a thread; 503 where too many strangers wait already."""
        if SIGNED_IN.is_known(request.scope):
            return await anyio.to_thread.run_sync(answer, request, limiter=self._known)
        if self._strangers.statistics().tasks_waiting >= MOST_WAITING:
            return busy()
        return await anyio.to_thread.run_sync(answer, request, limiter=self._strangers)


THREADS = Threads()


def busy() -> Response:
    """503 in both languages: a page made for it would cost what the server has not."""
    said = "\n".join(t("error.database_busy", lang) for lang in LANGS)
    return PlainTextResponse(said, status_code=503, headers={"Retry-After": "3"})


def on_own_threads(routes: Iterable[Route]) -> list[Route]:
    """The routes, each plain function answered on the threads of our own."""
    return [
        route if iscoroutinefunction(route.endpoint) else _moved(route, route.endpoint)
        for route in routes
    ]


def _moved(route: Route, answer: Plain) -> Route:
    async def endpoint(request: Request) -> Response:
        return await THREADS.run(answer, request)

    endpoint.__name__ = getattr(answer, "__name__", "answer")
    return Route(route.path, endpoint, methods=sorted(route.methods or ()))
