"""The judges' routes: a link opened, marks saved, a sheet submitted or read.

Plain functions, never coroutines: a database that waits must not stall every socket.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from competition import Store, links, own_work, sheets
from competition.errors import BadInput, Refused
from competition.saying import sentence
from competition.visitor import Visitor
from ui.access import COOKIE, the_store
from ui.answering import answer, browser_language, text, whole
from ui.notice import notice_page
from words import t

MOST_CHANGES = 50
YEAR = 365 * 24 * 3600


def open_link(request: Request) -> Response:
    """``GET /j/<token>``: set this browser's cookie and go to the first page."""
    lang = browser_language(request)
    try:
        cookie = links.open_link(
            the_store(),
            request.path_params["token"],
            at=datetime.now(UTC),
            address=request.client.host if request.client else "",
            device=request.headers.get("user-agent", ""),
            former=request.cookies.get(COOKIE),
        )
    except Refused as error:
        page = notice_page(
            t("judges.link_refused.title", lang),
            sentence(error, lang),
            lang,
        )
        return HTMLResponse(page, status_code=error.status)
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(
        COOKIE,
        cookie,
        max_age=YEAR,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


def save_marks(request: Request) -> Response:
    """``PUT /api/marks``: store changes and answer with what the server now holds.

    Body: ``{seat, round, entrant, changes: [{id, criterion, value, rev}]}``; ``value`` is a
    decimal string, or null to clear.
    """

    def act(store: Store, who: Visitor, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        changes = body.get("changes")
        if not isinstance(changes, list) or not 0 < len(changes) <= MOST_CHANGES:
            raise BadInput(field="changes", value="")
        return sheets.record_marks(
            store, who, **_which(body), changes=[_change(c) for c in changes], at=at
        )

    return answer(request, act)


def submit(request: Request) -> Response:
    """``POST /api/submit``: submit a complete sheet. Body: ``{seat, round, entrant, rev}``."""

    def act(store: Store, who: Visitor, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        return sheets.submit_sheet(store, who, **_which(body), rev=whole(body, "rev"), at=at)

    return answer(request, act)


def read_sheet(request: Request) -> Response:
    """``GET /api/sheet?round=…&entrant=…``: the judge's own sheet as the server holds it."""

    def act(store: Store, who: Visitor, _: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        query = request.query_params
        return own_work.own_sheet(
            store, who, query.get("round", ""), query.get("entrant", ""), at=at
        )

    return answer(request, act)


def _which(body: Mapping[str, Any]) -> dict[str, str]:
    return {
        "seat": text(body, "seat"),
        "round_id": text(body, "round"),
        "entrant_id": text(body, "entrant"),
    }


def _change(given: object) -> sheets.MarkChange:
    if not isinstance(given, dict):
        raise BadInput(field="changes", value="")
    value = given.get("value")
    if value is not None and not isinstance(value, str):
        raise BadInput(field="value", value=str(value)[:20])
    return sheets.MarkChange(
        criterion_id=text(given, "criterion"),
        value=value,
        client_id=text(given, "id"),
        base_rev=whole(given, "rev"),
    )


ROUTES = [
    Route("/j/{token}", open_link),
    Route("/api/marks", save_marks, methods=["PUT"]),
    Route("/api/submit", submit, methods=["POST"]),
    Route("/api/sheet", read_sheet),
]
