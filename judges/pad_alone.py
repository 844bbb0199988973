"""Routes: the same pad on a separate page, without Streamlit around it.

The page of a seat has the version of its text in its address and may be kept for good: so it
opens from the browser's own store where there is no network.
"""

import gzip
from datetime import UTC, datetime
from functools import cache

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from competition import DatabaseError, sign_ins
from competition.errors import Refused
from competition.saying import sentence
from competition.visitor import Visitor
from judges.pad_files import FOLDER, for_page, markup, script, style, version
from judges.pad_settings import settings
from ui.access import COOKIE
from ui.answering import browser_language
from ui.browser import is_too_old
from ui.cookies import keep_cookie
from ui.here import the_store
from ui.notice import notice_page
from words import LANGS, t

PAGE_COOKIE = "arena_page"
"""Which page a judge's link opens on this device: ``full``, or else the light one."""

JUDGES = frozenset({"judge", "chair", "public"})
KEPT = "private, max-age=31536000, immutable"

PAGE = Markup(
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">'
    "<title>{title}</title><style>html,body{{margin:0;height:100%;overscroll-behavior:none}}"
    "{style}</style></head><body>{markup}<noscript>{noscript}</noscript>"
    '<script type="module">{script}\n'
    "mount(document.querySelector('.pad'), {settings});</script></body></html>"
)


def first_page(request: Request, who: Visitor) -> str:
    """The first page after opening a link: the light pad for people who only mark.

    The whole app's page is one setting away, on devices whose browser can show it.
    """
    agent = request.headers.get("user-agent", "")
    is_judge = "judge" in who.roles and who.roles <= JUDGES
    wants_full = request.cookies.get(PAGE_COOKIE) == "full" and not is_too_old(agent)
    return "/pad" if is_judge and not wants_full else "/"


def to_pad(request: Request) -> Response:
    """``GET /pad``: to the page of the signed-in judge, in its present version.

    ``?lang=`` chooses the language, ``?as=full`` or ``light`` the page that links open.
    """
    store, entered = the_store(), _signed_in(request)
    if isinstance(entered, Response):
        return entered
    if request.query_params.get("lang") in LANGS:
        sign_ins.choose_language(store, entered, request.query_params["lang"])
    kind = request.query_params.get("as")
    address = "/judges-pad" if kind == "full" else _address(entered)
    answer = RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})
    if kind in ("full", "light"):
        keep_cookie(answer, request, PAGE_COOKIE, str(kind))
    return answer


def pad_page(request: Request) -> Response:
    """``GET /pad/<seat>/<version>``: the pad itself; an address of another seat leads on."""
    entered = _signed_in(request)
    if isinstance(entered, Response):
        return entered
    if request.url.path != _address(entered):
        return RedirectResponse("/pad", status_code=303, headers={"Cache-Control": "no-store"})
    lang = sign_ins.language(the_store(), entered)
    given = {**settings(entered, lang), "home": "/pad"}
    page = PAGE.format(
        lang="zh-Hans" if lang == "zh" else lang,
        title=t("judges.pad.title", lang),
        style=Markup(style()),
        markup=Markup(markup()),
        noscript=t("judges.pad.needs_script", lang),
        script=Markup(script()),
        settings=Markup(for_page(given)),
    )
    return _compressed(request, page)


def _compressed(request: Request, page: str) -> Response:
    """The page as a browser on a thin line wants it: a quarter of its bytes."""
    headers = {"Cache-Control": KEPT, "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return HTMLResponse(page, headers=headers)
    content = gzip.compress(page.encode(), mtime=0)
    return HTMLResponse(content, headers={**headers, "Content-Encoding": "gzip"})


def read_worker(_: Request) -> Response:
    """``GET /pad/worker.js``: keeps the page under TLS, where a browser allows it."""
    headers = {"Service-Worker-Allowed": "/pad", "Cache-Control": "no-cache"}
    return Response(_worker(), media_type="text/javascript", headers=headers)


@cache
def _worker() -> str:
    return (FOLDER.parent / "pad_worker.js").read_text("utf-8")


def _signed_in(request: Request) -> Visitor | Response:
    """Who is signed in here; else the page that says why not, or the way to the front door."""
    store, lang = the_store(), browser_language(request)
    try:
        who = sign_ins.who_is(store, request.cookies.get(COOKIE), at=datetime.now(UTC))
    except (Refused, DatabaseError) as error:
        page = notice_page(t("judges.pad.title", lang), sentence(error, lang), lang)
        return HTMLResponse(page, status_code=getattr(error, "status", 503))
    return RedirectResponse("/", status_code=303) if who.person_id is None else who


def _address(who: Visitor) -> str:
    return f"/pad/{who.person_id}/{version()}-{sign_ins.language(the_store(), who)}"


ROUTES = [
    Route("/pad", to_pad),
    Route("/pad/worker.js", read_worker),
    Route("/pad/{seat}/{version}", pad_page),
]
