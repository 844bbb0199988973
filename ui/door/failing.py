"""The answer of a route that failed: no traceback, no bare *Internal Server Error*."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from competition.saying import sentence
from ui.answering import browser_language, refused_body
from ui.door.places import route_of
from ui.notice import notice_page
from ui.unexpected import noted
from ui.watch.counts import NUMBER
from words import t


def failed(error: Exception, request: Request) -> Response:
    """JSON to a tablet, else a page of words; the error itself goes to the log."""
    number, route = request.scope.get(NUMBER, ""), route_of(request.scope)
    said, lang = noted(error, number, route), browser_language(request)
    if request.url.path.startswith("/api/"):
        return JSONResponse(refused_body(said, lang), status_code=500)
    page = notice_page(t("ui.failed", lang), sentence(said, lang), lang)
    return HTMLResponse(page, status_code=500)
