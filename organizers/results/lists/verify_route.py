"""Route: 打开我 of a certified round: whole for readers of the record, else what is public."""

from datetime import UTC, datetime
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from competition import DatabaseError, sign_ins
from competition.errors import Refused
from competition.results.record import open_record
from competition.saying import sentence, way_out
from exports import open_me
from ui.access import COOKIE
from ui.answering import browser_language
from ui.here import the_store
from ui.notice import notice_page
from words import LANGS, t

ADDRESS = "/verify"


def verify(request: Request) -> Response:
    """``GET /verify?round=ID&lang=zh``: the page, as it lies in a bundle."""
    store, asked = the_store(), request.query_params.get("lang", "")
    lang = asked if asked in LANGS else browser_language(request)
    try:
        who = sign_ins.who_is(store, request.cookies.get(COOKIE), at=datetime.now(UTC))
        proof = open_record(store, who, request.query_params.get("round", ""))
    except (Refused, DatabaseError) as error:
        said = f"{sentence(error, lang)}{way_out(error, lang)}"
        page = notice_page(t("exports.open_me.title", lang), said, lang)
        return HTMLResponse(page, getattr(error, "status", 503))
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": f"{open_me.policy()}; frame-ancestors 'none'",
    }
    return HTMLResponse(_page(proof, lang), headers=headers)


@lru_cache(maxsize=4)
def _page(proof: bytes, lang: str) -> bytes:
    return open_me.page(proof, lang)


ROUTES = [Route(ADDRESS, verify)]
