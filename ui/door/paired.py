"""Requests of the other laptop's pages: a page whose own server died calls this one.

Allowed are the paired addresses only. Our tablets' routes want the pad's token: a cookie that the
browser may hold for this address counts for nothing then. A staff's page comes in by its ticket.
"""

import time

import anyio.to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import Message, Scope, Send

from competition import DatabaseError
from competition.standby import fencing
from ui.door.hosts import is_foreign
from ui.door.signed import bearer_of
from ui.here import the_store

FRESH_SECONDS = 2.0
API, OPEN, ENTER = "/api/", "/standby/generation", "/standby/enter"
ASKS = "authorization, content-type, arena-head, arena-growth, arena-generation"
_kept: dict[str, tuple[float, frozenset[str]]] = {}


async def allowed_origin(scope: Scope) -> str:
    """The origin of a request from a paired address that may be answered here; else empty."""
    if not is_foreign(scope) or not scope["path"].startswith((API, OPEN, ENTER)):
        return ""
    headers = Headers(scope=scope)
    origin = headers.get("origin", "")
    if scope["path"].startswith(API) and scope["method"] != "OPTIONS" and not bearer_of(scope):
        return ""
    return origin if origin in await _paired() else ""


async def _paired() -> frozenset[str]:
    key = str(the_store().path)
    kept = _kept.get(key)
    if kept is None or kept[0] < time.monotonic():
        kept = (time.monotonic() + FRESH_SECONDS, await anyio.to_thread.run_sync(_ask))
        _kept[key] = kept
    return kept[1]


def _ask() -> frozenset[str]:
    try:
        return fencing.paired_addresses(the_store())
    except DatabaseError:
        return frozenset()


def preflight() -> Response:
    """What a browser asks before it sends a tablet's request to another address."""
    allowed = {
        "Access-Control-Allow-Methods": "GET, POST, PUT",
        "Access-Control-Allow-Headers": ASKS,
        "Access-Control-Max-Age": "600",
    }
    return Response(status_code=204, headers=allowed)


def readable_by(send: Send, origin: str) -> Send:
    """A ``send`` whose answer the page of an origin may read."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Access-Control-Allow-Origin"] = origin
            headers.add_vary_header("Origin")
        await send(message)

    return sending
