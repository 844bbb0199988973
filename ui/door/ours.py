"""Our own routes, answered by the door itself: no request of theirs passes Streamlit's middlewares.

Streamlit refuses unsafe paths, keeps a session and compresses.  The first is done here as well; no
route of ours asks for a session; and only what is large is compressed, quickly.
"""

from collections import Counter
from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.path_security import is_unsafe_path_pattern

from ui.door.nowhere import nowhere
from ui.door.threads import on_own_threads


class Ours:
    """The routes as one app, each plain function on the threads of our own.

    A route without a part to fill in is found by its path, not by trying all of them, and answered
    past what Starlette wraps around a route.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        ours = on_own_threads(routes)
        times = Counter(route.path for route in ours)
        self._by_path = {
            route.path: route for route in ours if "{" not in route.path and times[route.path] == 1
        }
        self._answer: ASGIApp = ExceptionMiddleware(Router(ours))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; a path that steps out of its folder or names a machine reaches no route."""
        if is_unsafe_path_pattern(scope["path"].removeprefix("/")):
            lost = await nowhere(Request(scope))
            await lost(scope, receive, send)
            return
        route = self._by_path.get(scope["path"])
        if route is None or scope["method"] not in (route.methods or ()):
            await self._answer(scope, receive, send)
            return
        answer: Response
        try:
            answer = await route.endpoint(Request(scope, receive))
        except HTTPException as error:
            answer = PlainTextResponse(error.detail, error.status_code, error.headers)
        await answer(scope, receive, send)
