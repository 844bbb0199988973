"""Where many competitions are served: a request's competition is found by its host, or refused."""

import anyio.to_thread
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from competition import Store
from competition.province.serving import Installation
from ui.door.places import SOCKET, UPLOADS
from ui.door.sockets import closed
from ui.here import ASKED, SERVING, host_name, is_session_of

PROTOCOLS = b"sec-websocket-protocol"
SIGNS_OF_LIFE = ("/healthz", "/healthz/live", "/healthz/ready", "/_stcore/health")
"""Asked by a proxy at an address, not at a host: the province's store answers."""


class Hosted:
    """ASGI middleware before the door.

    A host that is not in the list gets 404, one whose competition is not open 503; nothing is
    opened for either. A request names one host: two of them, or none, are refused, and what a proxy
    adds beside the host counts for nothing.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find the competition, and pass on."""
        installation = SERVING.installation
        if installation is None or scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        is_life = scope["type"] == "http" and scope["path"] in SIGNS_OF_LIFE
        host = installation.members.host if is_life else _host(scope)
        store = await _found(installation, host)
        if store is None:
            await _refuse(scope, receive, send, is_listed=installation.is_listed(host))
        elif not _is_own_session(scope, store):
            await _refuse(scope, receive, send, is_listed=False)
        else:
            asked = ASKED.set(store)
            try:
                await self.app(scope, receive, send)
            finally:
                ASKED.reset(asked)


def _host(scope: Scope) -> str:
    """The one host that a request names; empty for none or several."""
    given = [value for name, value in scope["headers"] if name == b"host"]
    return host_name(given[0].decode("latin-1")) if len(given) == 1 else ""


async def _found(installation: Installation, host: str) -> Store | None:
    store = installation.at_host(host)
    if store is None and host and installation.is_due:
        await anyio.to_thread.run_sync(installation.look_again)
        store = installation.at_host(host)
    return store


def _is_own_session(scope: Scope, store: Store) -> bool:
    """Whether a session that the request names, to go on or to give a file to, is of its host."""
    path = scope["path"]
    named = []
    if path == SOCKET:
        given = [value for name, value in scope["headers"] if name == PROTOCOLS]
        named = [one.strip() for value in given for one in value.decode("latin-1").split(",")]
    elif path.startswith(UPLOADS):
        named = path.removeprefix(UPLOADS).split("/")[:1]
    return all(is_session_of(one, store) for one in named)


async def _refuse(scope: Scope, receive: Receive, send: Send, *, is_listed: bool) -> None:
    if scope["type"] == "websocket":
        await closed(receive, send)
        return
    text, status = ("not served now", 503) if is_listed else ("unknown host", 404)
    await PlainTextResponse(text, status_code=status)(scope, receive, send)
