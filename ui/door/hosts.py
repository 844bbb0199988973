"""Host name and origin of a request: both must be this server's."""

from urllib.parse import SplitResult, urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import Scope


def is_known_host(scope: Scope) -> bool:
    """Whether the request names this server by one of its names.

    An unknown name that leads here is another site's (DNS rebinding): the browser would give
    that site's script our answers.
    """
    allowed = st.get_option("server.allowedHosts")
    host = Headers(scope=scope).get("host", "")
    return not allowed or (_split(f"//{host}").hostname or "") in allowed


def is_foreign(scope: Scope) -> bool:
    """Whether a page of another site sends the request."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    return origin is not None and (_split(origin).netloc or None) != headers.get("host", "")


def is_idle(scope: Scope) -> bool:
    """Whether no person has asked: a browser that fetches ahead, a program that looks first."""
    headers = Headers(scope=scope)
    purposes = (headers.get(name, "") for name in ("sec-purpose", "purpose", "x-moz"))
    return scope["method"] == "HEAD" or any("prefetch" in purpose for purpose in purposes)


def _split(address: str) -> SplitResult:
    """The parts of an address; none of a text that is no address."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
