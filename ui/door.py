"""What every request passes: known host, no foreign write, headers that keep links secret."""

from urllib.parse import SplitResult, urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OURS = ("/j/", "/h/", "/api/", "/documents/", "/pad", "/hall", "/pair")
POLICY_VIOLATION = 1008
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


class Door:
    """ASGI middleware: what our own routes and the socket refuse before anything else.

    A request to ``/j/`` or ``/api/`` under a host name the server does not go by is refused
    (400), and so is a write that another site's page has sent (403).  A socket that another
    site's page opens is closed here: Streamlit would look up its outer address first.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on and add the headers to the answer."""
        if scope["type"] == "websocket" and _is_foreign(scope):
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        ours = scope["path"].startswith(OURS)
        refusal = _refusal(scope) if ours else None

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if ours:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await (refusal or self.app)(scope, receive, sending)


def _refusal(scope: Scope) -> PlainTextResponse | None:
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    allowed = st.get_option("server.allowedHosts")
    if allowed and (_split(f"//{host}").hostname or "") not in allowed:
        return PlainTextResponse("unknown host", status_code=400)
    if scope["method"] not in ("GET", "HEAD") and _is_foreign(scope):
        return PlainTextResponse("foreign origin", status_code=403)
    return None


def _is_foreign(scope: Scope) -> bool:
    """Whether a page of another site is asking."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    return origin is not None and (_split(origin).netloc or None) != headers.get("host", "")


def _split(address: str) -> SplitResult:
    """The parts of an address; none of something that is no address."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
