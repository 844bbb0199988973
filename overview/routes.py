"""Route: a photo or document of a village, for those who reach it."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from competition import DatabaseError, sign_ins
from competition.errors import Refused
from competition.programme.evidence import open_evidence
from competition.saying import sentence
from ui.access import COOKIE
from ui.answering import browser_language
from ui.here import the_store
from ui.notice import notice_page
from ui.sending import document_answer
from words import t


def read_evidence(request: Request) -> Response:
    """``GET /evidence/<id>``: the file, under a generated name."""
    store, lang = the_store(), browser_language(request)
    try:
        who = sign_ins.who_is(store, request.cookies.get(COOKIE), at=datetime.now(UTC))
        if who.person_id is None:
            return RedirectResponse("/", status_code=303)
        lang = sign_ins.language(store, who)
        return document_answer(open_evidence(store, who, request.path_params["evidence"]))
    except (Refused, DatabaseError) as error:
        page = notice_page(t("judges.documents.title", lang), sentence(error, lang), lang)
        return HTMLResponse(page, status_code=getattr(error, "status", 503))


ROUTES = [Route("/evidence/{evidence}", read_evidence)]
