"""Routes: a document of a filing, and one of a plan that was released to counties."""

from collections.abc import Callable
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from competition import DatabaseError, Store, sign_ins
from competition.documents.materials import DocumentFile
from competition.errors import Refused
from competition.filing.attaching import open_filed_document
from competition.programme.exchanging import open_exchanged
from competition.saying import sentence
from competition.visitor import Visitor
from ui.access import COOKIE
from ui.answering import browser_language
from ui.here import the_store
from ui.notice import notice_page
from ui.sending import document_answer
from words import t


def read_filed(request: Request) -> Response:
    """``GET /filed/<filing>/<document>``: the file, under a generated name."""
    return _answer(request, open_filed_document)


def read_exchanged(request: Request) -> Response:
    """``GET /exchange/<release>/<document>``: a document of a released plan."""
    return _answer(request, open_exchanged)


def _answer(
    request: Request, open_it: Callable[[Store, Visitor, str, str], DocumentFile]
) -> Response:
    store, lang = the_store(), browser_language(request)
    try:
        who = sign_ins.who_is(store, request.cookies.get(COOKIE), at=datetime.now(UTC))
        if who.person_id is None:
            return RedirectResponse("/", status_code=303)
        lang = sign_ins.language(store, who)
        ids = request.path_params["of"], request.path_params["document"]
        return document_answer(open_it(store, who, *ids))
    except (Refused, DatabaseError) as error:
        page = notice_page(t("judges.documents.title", lang), sentence(error, lang), lang)
        return HTMLResponse(page, status_code=getattr(error, "status", 503))


ROUTES = [
    Route("/filed/{of}/{document}", read_filed),
    Route("/exchange/{of}/{document}", read_exchanged),
]
