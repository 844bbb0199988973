"""Our own routes, answered by the door itself: no request of theirs passes Streamlit's middlewares.

Streamlit refuses unsafe paths, keeps a session and compresses.  The first is done here as well; no
route of ours asks for a session; and only what is large is compressed, quickly.
"""

from collections import Counter
from collections.abc import Iterable

from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.path_security import is_unsafe_path_pattern

from ui.door.nowhere import nowhere
from ui.door.threads import on_own_threads


class Ours:
    """The routes as one app, each plain function on the threads of our own.

    A route without a part to fill in is found by its path, not by trying all of them.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        ours = on_own_threads(routes)
        times = Counter(route.path for route in ours)
        self._by_path = {
            route.path: route for route in ours if "{" not in route.path and times[route.path] == 1
        }
        self._router = Router(ours)
        self._answer: ASGIApp = ExceptionMiddleware(self._routed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; a path that steps out of its folder or names a machine reaches no route."""
        if is_unsafe_path_pattern(scope["path"].removeprefix("/")):
            answer = await nowhere(Request(scope))
            await answer(scope, receive, send)
            return
        await self._answer(scope, receive, send)

    async def _routed(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = self._by_path.get(scope["path"])
        if route is None:
            await self._router(scope, receive, send)
            return
        scope.update(endpoint=route.endpoint, path_params={})
        await route.handle(scope, receive, send)
