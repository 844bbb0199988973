"""The judges' routes: a link opened, marks saved, a sheet submitted or read.

Plain functions, never coroutines: a database that waits must not stall every socket.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import anyio.from_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from competition import Busy, Store, links, sheets, sign_ins
from competition.errors import BadInput, Refused, SignInNeeded
from competition.saying import Sayable, sentence
from competition.visitor import Visitor
from ui.access import COOKIE, the_store
from ui.notice import notice_page
from words import LANGS, t

LARGEST = 64 * 1024
MOST_CHANGES = 50
YEAR = 365 * 24 * 3600


def open_link(request: Request) -> Response:
    """``GET /j/<token>``: set this browser's cookie and go to the first page."""
    lang = _browser_language(request)
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

    return _answer(request, act)


def submit(request: Request) -> Response:
    """``POST /api/submit``: submit a complete sheet. Body: ``{seat, round, entrant, rev}``."""

    def act(store: Store, who: Visitor, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        return sheets.submit_sheet(store, who, **_which(body), rev=_whole(body, "rev"), at=at)

    return _answer(request, act)


def read_sheet(request: Request) -> Response:
    """``GET /api/sheet?round=…&entrant=…``: the judge's own sheet as the server holds it."""

    def act(store: Store, who: Visitor, _: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        query = request.query_params
        return sheets.own_sheet(store, who, query.get("round", ""), query.get("entrant", ""), at=at)

    return _answer(request, act)


Act = Callable[[Store, Visitor, Mapping[str, Any], datetime], dict[str, Any]]


def _answer(request: Request, act: Act) -> JSONResponse:
    """Do an act for the cookie's person; every refusal is a status, a code and a sentence."""
    store, at = the_store(), datetime.now(UTC)
    lang = _browser_language(request)
    try:
        who = sign_ins.who_is(store, request.cookies.get(COOKIE), at=at)
        if who.person_id is None:
            raise SignInNeeded
        lang = sign_ins.language(store, who)
        body = {} if request.method == "GET" else _body(request)
        return JSONResponse(act(store, who, body, at))
    except Refused as error:
        return _refusal(error, error.status, lang)
    except Busy as error:
        return _refusal(error, 503, lang)


def _refusal(error: Sayable, status: int, lang: str) -> JSONResponse:
    return JSONResponse({"error": error.code, "message": sentence(error, lang)}, status_code=status)


def _body(request: Request) -> Mapping[str, Any]:
    if request.headers.get("content-type", "").split(";")[0] != "application/json":
        raise BadInput(field="content-type", value="")
    if int(request.headers.get("content-length") or LARGEST + 1) > LARGEST:
        raise BadInput(field="body", value="")
    try:
        body = json.loads(anyio.from_thread.run(request.body))
    except ValueError as error:
        raise BadInput(field="body", value="") from error
    if not isinstance(body, dict):
        raise BadInput(field="body", value="")
    return body


def _which(body: Mapping[str, Any]) -> dict[str, str]:
    return {
        "seat": _text(body, "seat"),
        "round_id": _text(body, "round"),
        "entrant_id": _text(body, "entrant"),
    }


def _change(given: object) -> sheets.MarkChange:
    if not isinstance(given, dict):
        raise BadInput(field="changes", value="")
    value = given.get("value")
    if value is not None and not isinstance(value, str):
        raise BadInput(field="value", value=str(value)[:20])
    return sheets.MarkChange(
        criterion_id=_text(given, "criterion"),
        value=value,
        client_id=_text(given, "id"),
        base_rev=_whole(given, "rev"),
    )


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 64:
        raise BadInput(field=name, value=str(value)[:20])
    return value


def _whole(given: Mapping[str, Any], name: str) -> int:
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
        raise BadInput(field=name, value=str(value)[:20])
    return value


def _browser_language(request: Request) -> str:
    wanted = request.headers.get("accept-language", "")[:2].lower()
    return wanted if wanted in LANGS else LANGS[0]


ROUTES = [
    Route("/j/{token}", open_link),
    Route("/api/marks", save_marks, methods=["PUT"]),
    Route("/api/submit", submit, methods=["POST"]),
    Route("/api/sheet", read_sheet),
]
