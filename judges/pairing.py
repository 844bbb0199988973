"""The routes of a tablet that is given a seat at the desk: four digits, and coming in."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from competition import DatabaseError, Store, clock, sign_ins
from competition.errors import Refused
from competition.people import pairing
from competition.people.pairing import Waiting
from competition.saying import Sayable, sentence, way_out
from judges.pad_alone import first_page
from ui.access import COOKIE
from ui.answering import browser_language
from ui.cookies import keep_cookie
from ui.here import the_store
from ui.html import Markup, brand, element
from ui.icons import icon_css
from ui.notice import notice_page
from ui.theme import read
from ui.tokens import standalone_css
from words import LANGS, t

PAIRING = "arena_pairing"
"""The cookie that says which pairing is this browser's."""
TEN_MINUTES = 600


def show(request: Request) -> Response:
    """``GET /pair``: four digits for the desk; once paired, the seat's cookie and the first page.

    Reloading shows the same digits while they are good.
    """
    store, lang = the_store(), _language(request)
    kept = request.cookies.get(PAIRING)
    try:
        at = clock.now(store)
        waiting = pairing.begin_pairing(
            store,
            at=at,
            address=request.client.host if request.client else "",
            device=request.headers.get("user-agent", ""),
            secret=kept,
        )
        if waiting.is_paired:
            return _come_in(store, request, waiting, at, lang)
    except (Refused, DatabaseError) as error:
        return _refused(error, lang)
    answer = HTMLResponse(_page(waiting, _now_here(store, request, at), lang))
    keep_cookie(answer, request, PAIRING, waiting.secret, seconds=TEN_MINUTES)
    return answer


def _come_in(store: Store, request: Request, waiting: Waiting, at: datetime, lang: str) -> Response:
    """The seat's cookie; the seat reads the language that the tablet showed its digits in."""
    former = request.cookies.get(COOKIE)
    cookie = pairing.enter_paired(store, waiting.secret, at=at, former=former)
    who = sign_ins.who_is(store, cookie, at=at)
    sign_ins.choose_language(store, who, lang)
    answer = RedirectResponse(first_page(request, who), status_code=303)
    answer.delete_cookie(PAIRING)
    keep_cookie(answer, request, COOKIE, cookie)
    return answer


def _now_here(store: Store, request: Request, at: datetime) -> str:
    """The person signed in on this device; empty for none."""
    try:
        return sign_ins.who_is(store, request.cookies.get(COOKIE), at=at).name
    except Refused:
        return ""


def _refused(error: Refused | DatabaseError, lang: str) -> HTMLResponse:
    saying: Sayable = error
    text = f"{sentence(saying, lang)}{way_out(saying, lang)}"
    page = notice_page(t("pairing.tablet.title", lang), text, lang)
    return HTMLResponse(page, status_code=getattr(error, "status", 503))


def _language(request: Request) -> str:
    wanted = request.query_params.get("lang", "")
    return wanted if wanted in LANGS else browser_language(request)


def _page(waiting: Waiting, name: str, lang: str) -> str:
    tag: Mapping[str, str] = {"zh": "zh-Hans"}
    return Markup(
        '<!doctype html><html lang="{}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<noscript><meta http-equiv="refresh" content="4"></noscript>'
        "<title>{}</title><style>{}{}</style><body>{}<script>{}</script></body></html>"
    ).format(
        tag.get(lang, lang),
        t("pairing.tablet.title", lang),
        Markup(standalone_css()),
        Markup(icon_css() + read("base") + read("pair")),
        _body(waiting, name, lang),
        Markup(_script()),
    )


def _body(waiting: Waiting, name: str, lang: str) -> Markup:
    languages = [
        element(
            "a",
            t("ui.language.short", other),
            href=f"/pair?lang={other}",
            cls="p-lang p-here" if other == lang else "p-lang",
            lang=other,
        )
        for other in LANGS
    ]
    digits = element(
        "div",
        *(element("span", digit) for digit in waiting.code),
        cls="p-digits",
        role="img",
        aria_label=" ".join(waiting.code),
    )
    now = element("p", t("pairing.tablet.now", lang, name=name), cls="p-now") if name else ""
    return element(
        "main",
        element("div", brand(lang), element("nav", *languages), cls="p-top"),
        element("h1", t("pairing.tablet.say", lang)),
        digits,
        element("p", t("pairing.tablet.then", lang)),
        element("p", t("pairing.tablet.seconds", lang), cls="p-quiet"),
        now,
        element("p", "", id="state", aria_live="polite", data_lost=t("pairing.tablet.lost", lang)),
    )


@cache
def _script() -> str:
    return (Path(__file__).parent / "pairing.js").read_text(encoding="utf-8")


def state(request: Request) -> Response:
    """``GET /api/pair``: waiting, paired or over, for the browser that holds the pairing."""
    kept = request.cookies.get(PAIRING, "")
    try:
        tablet = pairing.pairing_state(the_store(), kept, at=datetime.now(UTC))
    except DatabaseError as error:
        return JSONResponse({"error": error.code}, status_code=503)
    return JSONResponse({"state": tablet})


ROUTES = [Route("/pair", show), Route("/api/pair", state)]
