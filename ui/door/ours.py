"""Our own routes, answered by the door itself: no request of theirs passes Streamlit's middlewares.

Streamlit refuses unsafe paths, keeps a session and compresses.  The first is done here as well; no
route of ours asks for a session; and only what is large is compressed, quickly.
"""

from collections.abc import Iterable

from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.path_security import is_unsafe_path_pattern

from ui.door.nowhere import nowhere
from ui.door.threads import on_own_threads

SMALLEST, LEVEL = 4096, 1
"""An answer is compressed from this many bytes on: a judge's work or a page, never an echo."""


class Ours:
    """The routes as one app, each plain function on the threads of our own."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._answer: ASGIApp = GZipMiddleware(
            ExceptionMiddleware(Router(on_own_threads(routes))),
            minimum_size=SMALLEST,
            compresslevel=LEVEL,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; a path that steps out of its folder or names a machine reaches no route."""
        if is_unsafe_path_pattern(scope["path"].removeprefix("/")):
            answer = await nowhere(Request(scope))
            await answer(scope, receive, send)
            return
        await self._answer(scope, receive, send)
