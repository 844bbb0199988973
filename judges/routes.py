"""The judges' routes: a link opened; what tablets send and ask.

Plain functions, never coroutines: a database that waits must not stall every socket.
"""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from competition import sign_ins
from competition.errors import Refused
from competition.people import links
from competition.saying import sentence
from judges import api_marks, api_work, pad_alone, pairing, plan_files
from ui.access import COOKIE, the_store
from ui.answering import browser_language
from ui.browser import is_too_old
from ui.notice import notice_page
from words import t

YEAR = 365 * 24 * 3600


def open_link(request: Request) -> Response:
    """``GET /j/<token>``: set this browser's cookie and go to the first page.

    A judge whose browser is too old for the app's pages goes to the plain pad.
    """
    lang, at = browser_language(request), datetime.now(UTC)
    agent = request.headers.get("user-agent", "")
    try:
        cookie = links.open_link(
            the_store(),
            request.path_params["token"],
            at=at,
            address=request.client.host if request.client else "",
            device=agent,
            former=request.cookies.get(COOKIE),
        )
        who = sign_ins.who_is(the_store(), cookie, at=at)
    except Refused as error:
        page = notice_page(
            t("judges.link_refused.title", lang),
            sentence(error, lang),
            lang,
        )
        return HTMLResponse(page, status_code=error.status)
    marks = any(grant.role == "judge" for grant in who.grants)
    first = "/pad" if marks and is_too_old(agent) else "/"
    answer = RedirectResponse(first, status_code=303)
    answer.set_cookie(
        COOKIE,
        cookie,
        max_age=YEAR,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


ROUTES = [
    Route("/j/{token}", open_link),
    *pairing.ROUTES,
    *pad_alone.ROUTES,
    *api_marks.ROUTES,
    *api_work.ROUTES,
    *plan_files.ROUTES,
]
