"""Which part of the app a path belongs to, and so who may ask for it.

Streamlit answers every path that no route takes with its page; a path that is new here is
therefore a page, for the signed in.
"""

from typing import Literal

from starlette.types import Scope

from ui.watch.counts import ROUTE

Place = Literal["ours", "open", "closed", "upload", "inner", "page"]

OURS = (
    "j",
    "h",
    "api",
    "documents",
    "filed",
    "exchange",
    "evidence",
    "download",
    "pad",
    "hall",
    "host",
    "pair",
    "healthz",
    "metrics",
    "glossary",
    "results",
    "verify",
    "standby",
    "receipt",
    "vote",
)
"""First parts of the paths of our own routes: each asks its own rights."""
OPENING = ("/j/", "/h/", "/pair")
"""Links: what asks for one has opened it, so only a person's own request may."""
VOTING = ("/vote/", "/api/vote/")
"""The audience's phones: thousands at once, with a separate budget."""
UNSIGNED = ("/api/pair", "/api/results.json", "/api/hall/", "/api/vote/")
"""Asked by browsers without a sign-in."""
SOCKET = "/_stcore/stream"
UPLOADS = "/_stcore/upload_file/"
OPEN = ("/static/",)
OURS_OPEN = ("/results", "/api/results.json")
"""Our own paths whose answer is the same for every visitor and comes from memory."""
OPEN_FILES = ("/_stcore/health", "/favicon.png", *OURS_OPEN)
"""These, and Streamlit's sign of life."""
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
"""Streamlit's figures and its interface for programs: no page here needs them."""
INNER = ("/_stcore/", "/media/", "/component/", "/app/static/", "/oauth2callback", "/auth/")
"""What Streamlit's page asks for by itself."""


def place_of(path: str) -> Place:
    """The part of the app a path belongs to."""
    if path in OPEN_FILES:
        return "open"
    if path.removeprefix("/").split("/", 1)[0] in OURS:
        return "ours"
    for place, prefixes in _PREFIXES:
        if path.startswith(prefixes):
            return place
    return "page"


def route_of(scope: Scope) -> str:
    """A request's route as a pattern, never as it was typed; else the part of the app."""
    route: str | None = scope.get(ROUTE)
    return route or place_of(scope["path"])


def is_for_signed_in(path: str) -> bool:
    """Whether only the signed in ask for a path, and get JSON."""
    return path.startswith("/api/") and not path.startswith(UNSIGNED)


_PREFIXES: tuple[tuple[Place, tuple[str, ...]], ...] = (
    ("upload", (UPLOADS,)),
    ("closed", CLOSED),
    ("open", OPEN),
    ("inner", INNER),
)
