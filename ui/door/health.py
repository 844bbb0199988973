"""Routes: signs of life. ``live`` is the process's; ``ready`` takes the way of a judge's request.

A server that was asked to stop is first not ready, so that a proxy sends it nothing further.
"""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from competition import DatabaseError, sign_ins
from competition.errors import SignInNeeded
from ui.door.draining import DRAINING
from ui.here import the_store


async def live(_: Request) -> Response:
    """``GET /healthz/live``: 200 while the process answers; nothing else is asked."""
    return JSONResponse({"state": "live"})


def ready(_: Request) -> Response:
    """``GET /healthz/ready`` and ``/healthz``: 200 if a thread was free and the database answers.

    503 where it does not, and from the moment on at which the server was asked to stop.
    """
    if DRAINING.has_begun:
        return JSONResponse({"state": "stopping"}, status_code=503)
    try:
        sign_ins.who_is(the_store(), "no sign-in", at=datetime.now(UTC))
    except DatabaseError:
        return JSONResponse({"state": "busy"}, status_code=503)
    except SignInNeeded:
        return JSONResponse({"state": "serving"})
    return JSONResponse({"state": "serving"})


ROUTES = [
    Route("/healthz", ready),
    Route("/healthz/live", live),
    Route("/healthz/ready", ready),
]
