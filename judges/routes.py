"""The judges' routes: a link opened; what tablets send and ask.

Plain functions, never coroutines: a database that waits must not stall every socket.
"""

from datetime import datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from competition import DatabaseError, Superseded, clock, sign_ins
from competition.errors import Refused
from competition.network import reaches_others
from competition.people import links
from competition.saying import sentence
from competition.standby import fencing
from judges import api_marks, api_work, pad_alone, pairing, plan_files
from ui.access import COOKIE
from ui.answering import browser_language
from ui.cookies import keep_cookie
from ui.here import the_store
from ui.html import element
from ui.notice import notice_page
from words import t


def open_link(request: Request) -> Response:
    """``GET`` and ``POST /j/<token>``: set this browser's cookie and go to the first page.

    Where the browser holds another person's seat, ``GET`` only asks; the page's button posts.
    A judge goes to the light pad, unless this device is set to open the whole app's page.
    """
    lang = browser_language(request)
    agent = request.headers.get("user-agent", "")
    try:
        at = clock.now(the_store())
        question = None if request.method == "POST" else _question(request, lang, at)
        if question is not None:
            return question
        cookie = links.open_link(
            the_store(),
            request.path_params["token"],
            at=at,
            address=request.client.host if request.client else "",
            device=agent,
            former=request.cookies.get(COOKIE),
        )
        who = sign_ins.who_is(the_store(), cookie, at=at)
    except Superseded as error:
        return _moved(request, error, lang)
    except (Refused, DatabaseError) as error:
        page = notice_page(
            t("judges.link_refused.title", lang),
            sentence(error, lang),
            lang,
        )
        return HTMLResponse(page, status_code=error.status)
    answer = RedirectResponse(pad_alone.first_page(request, who), status_code=303)
    keep_cookie(answer, request, COOKIE, cookie)
    return answer


def _moved(request: Request, error: Superseded, lang: str) -> Response:
    """To the same link at the laptop that took over."""
    token = quote(request.path_params["token"], safe="")
    for address in fencing.second_addresses(the_store()):
        if reaches_others(address):
            return RedirectResponse(f"{address}/j/{token}", status_code=303)
    page = notice_page(t("judges.link_refused.title", lang), sentence(error, lang), lang)
    return HTMLResponse(page, status_code=error.status)


def _question(request: Request, lang: str, at: datetime) -> Response | None:
    """The page that asks before a browser changes from one person's seat to another's."""
    store = the_store()
    try:
        now = sign_ins.who_is(store, request.cookies.get(COOKIE), at=at)
    except Refused:
        return None
    then = links.whose(store, request.path_params["token"], at=at)
    if now.person_id is None or then is None or then["id"] == now.person_id:
        return None
    words = {"now": now.name, "then": then["name"]}
    lang = sign_ins.language(store, now)
    change = element("button", t("judges.change_seat.change", lang, **words), type="submit")
    stay = element("a", t("judges.change_seat.stay", lang, **words), href="/")
    page = notice_page(
        t("judges.change_seat.title", lang, **words),
        t("judges.change_seat.text", lang, **words),
        lang,
        below=element("form", change, stay, method="post", cls="a-choice"),
    )
    # A form of a page that sends no referrer names no origin, and would be refused as foreign.
    return HTMLResponse(page, headers={"Referrer-Policy": "same-origin"})


ROUTES = [
    Route("/j/{token}", open_link, methods=["GET", "POST"]),
    *pairing.ROUTES,
    *pad_alone.ROUTES,
    *api_marks.ROUTES,
    *api_work.ROUTES,
    *plan_files.ROUTES,
]
