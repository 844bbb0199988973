"""The cookies of a sign-in, a screen and a pairing: unread by scripts, sent to this site only."""

from starlette.requests import Request
from starlette.responses import Response

MONTHS = 400 * 24 * 3600
"""The longest that browsers keep a cookie; the sign-in itself ends earlier, at the server."""


def keep_cookie(
    answer: Response, request: Request, name: str, value: str, *, seconds: int = MONTHS
) -> None:
    """Set a cookie, encrypted connections only where this one is."""
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
