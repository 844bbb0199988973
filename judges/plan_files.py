"""Route: a plan document, for judges who mark the entrant and for staff."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from competition import DatabaseError, sign_ins
from competition.aliases import aliases
from competition.documents import materials
from competition.errors import Refused
from competition.saying import sentence
from ui.access import COOKIE
from ui.answering import browser_language
from ui.here import the_store
from ui.notice import notice_page
from ui.sending import document_answer
from words import t


def read_document(request: Request) -> Response:
    """``GET /documents/<id>?round=…``: the file, under a generated name."""
    store, lang = the_store(), browser_language(request)
    try:
        who = sign_ins.who_is(store, request.cookies.get(COOKIE), at=datetime.now(UTC))
        if who.person_id is None:
            return RedirectResponse("/", status_code=303)
        lang = sign_ins.language(store, who)
        round_id = request.query_params.get("round", "")
        document_id = aliases(store, who, round_id).shown(request.path_params["document"])
        document = materials.open_document(store, who, round_id, document_id)
    except (Refused, DatabaseError) as error:
        page = notice_page(t("judges.documents.title", lang), sentence(error, lang), lang)
        return HTMLResponse(page, status_code=getattr(error, "status", 503))
    return document_answer(document)


ROUTES = [Route("/documents/{document}", read_document)]
