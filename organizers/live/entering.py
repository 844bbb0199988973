"""``POST /standby/enter``: a page of the laptop that died brings its sign-in here, in its body."""

from datetime import datetime
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from competition import DatabaseError, Store, clock, sign_ins
from competition.errors import Refused
from competition.saying import sentence
from competition.standby import passes
from competition.visitor import PUBLIC, Visitor
from ui.access import COOKIE
from ui.answering import body_of, browser_language
from ui.cookies import keep_cookie
from ui.door.places import place_of
from ui.here import the_store
from ui.html import element
from ui.notice import notice_page
from words import t

LONGEST = 2000
SCREENS = ("/hall/", "/host/")


def enter(request: Request) -> Response:
    """Sign the browser in by its page's ticket and go to the same page here.

    A browser that holds the same person's sign-in keeps it; another person's is asked about.
    """
    store, lang, given = the_store(), browser_language(request), _form(request)
    ticket, to = given.get("ticket", ""), _page(given.get("to", ""))
    try:
        at = clock.now(store)
        who, here = passes.bearer_of_ticket(store, ticket, at=at), _here(store, request, at)
        answer = RedirectResponse(to, status_code=303)
        if here.person_id == who.person_id:
            return answer
        if here.person_id is not None and given.get("sure") != "yes":
            return _question(store, who, here, ticket, to)
        device = request.headers.get("user-agent", "")
        keep_cookie(answer, request, COOKIE, passes.enter(store, ticket, device=device, at=at))
        return answer
    except (Refused, DatabaseError) as error:
        text = f"{sentence(error, lang)}{t('standby.enter.text', lang)}"
        page = notice_page(t("standby.enter.title", lang), text, lang)
        return HTMLResponse(page, status_code=error.status)


def _form(request: Request) -> dict[str, str]:
    given = parse_qs(body_of(request).decode("utf-8", errors="replace"), max_num_fields=10)
    return {name: values[0] for name, values in given.items()}


def _page(to: str) -> str:
    """The page to go to: one of this server's own, the first one for anything else."""
    path = to.partition("?")[0]
    is_plain = path.startswith("/") and "//" not in path and "\\" not in path
    is_ours = place_of(path) == "page" or path.startswith(SCREENS)
    is_short = len(to) < LONGEST and to.isascii() and to.isprintable()
    return to if is_plain and is_ours and is_short else "/"


def _here(store: Store, request: Request, at: datetime) -> Visitor:
    try:
        return sign_ins.who_is(store, request.cookies.get(COOKIE), at=at)
    except Refused:
        return PUBLIC


def _question(store: Store, then: Visitor, now: Visitor, ticket: str, to: str) -> Response:
    """The page that asks before a browser changes from one person's seat to another's."""
    lang, words = sign_ins.language(store, now), {"now": now.name, "then": then.name}
    hidden = {"ticket": ticket, "to": to, "sure": "yes"}
    form = element(
        "form",
        *(element("input", type="hidden", name_=name, value=hidden[name]) for name in hidden),
        element("button", t("judges.change_seat.change", lang, **words), type="submit"),
        element("a", t("judges.change_seat.stay", lang, **words), href="/"),
        method="post",
        cls="a-choice",
    )
    title, text = (t(f"judges.change_seat.{name}", lang, **words) for name in ("title", "text"))
    # A form of a page that sends no referrer names no origin, and would be refused as foreign.
    headers = {"Referrer-Policy": "same-origin"}
    return HTMLResponse(notice_page(title, text, lang, below=form), headers=headers)


ROUTES = [Route("/standby/enter", enter, methods=["POST"])]
