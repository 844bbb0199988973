"""Every request has a number: in its answer's header, in the log, and on the page of an error."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.door.places import route_of
from ui.unexpected import new_number
from ui.watch.counts import COUNTS, METHODS, NUMBER, OTHER, ROUTE
from ui.watch.log import log_answer

HEADER = b"arena-request"
SOCKET = "socket"
NO_ANSWER = 499
"""Counted where the client went away before it was answered."""


class Watched:
    """ASGI middleware before the door: gives numbers, counts, and writes one line a request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and count what was answered."""
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        number = scope[NUMBER] = new_number()
        header = (HEADER, number.encode())
        status, begun, is_counted = NO_ANSWER, time.monotonic(), False

        async def sending(message: Message) -> None:
            nonlocal status, is_counted
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), header]
            elif not message.get("more_body", False):  # before the client has it and goes on
                is_counted = True
                _counted(scope, status, begun)
            await send(message)

        COUNTS.open_requests += 1
        try:
            await self.app(scope, receive, sending)
        finally:
            COUNTS.open_requests -= 1
            if not is_counted:
                _counted(scope, status, begun)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[NUMBER] = new_number()
        status, begun = 403, time.monotonic()

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "websocket.accept":
                status = 101
                COUNTS.open_sockets += 1
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            COUNTS.open_sockets -= status == 101
            scope[ROUTE] = SOCKET
            _counted(scope, status, begun)


def _counted(scope: Scope, status: int, begun: float) -> None:
    method = scope.get("method", "GET")
    route, method = route_of(scope), method if method in METHODS else OTHER
    seconds = time.monotonic() - begun
    COUNTS.answered(route, method, status, seconds)
    log_answer(scope[NUMBER], method, route, status, seconds)
