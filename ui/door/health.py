"""Route: a sign of life that takes the way every judge's request takes."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from competition import DatabaseError, sign_ins
from competition.errors import SignInNeeded
from ui.access import the_store


def healthz(_: Request) -> Response:
    """``GET /healthz``: 200 if a thread was free and the database answers, else 503."""
    try:
        sign_ins.who_is(the_store(), "no sign-in", at=datetime.now(UTC))
    except DatabaseError:
        return JSONResponse({"state": "busy"}, status_code=503)
    except SignInNeeded:
        return JSONResponse({"state": "serving"})
    return JSONResponse({"state": "serving"})


ROUTES = [Route("/healthz", healthz)]
