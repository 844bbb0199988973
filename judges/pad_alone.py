"""Route: the same pad on a page of its own, without Streamlit around it."""

from datetime import UTC, datetime

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from competition import DatabaseError, sign_ins
from competition.errors import Refused
from competition.saying import sentence
from judges.pad_files import for_page, markup, script, style
from judges.pad_settings import settings
from ui.access import COOKIE, the_store
from ui.answering import browser_language
from ui.notice import notice_page
from words import t

PAGE = Markup(
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">'
    "<title>{title}</title><style>html,body{{margin:0;height:100%;overscroll-behavior:none}}"
    "{style}</style></head><body>{markup}<noscript>{noscript}</noscript>"
    '<script type="module">{script}\n'
    "mount(document.querySelector('.pad'), {settings});</script></body></html>"
)


def pad_alone(request: Request) -> Response:
    """``GET /pad``: the pad of whoever is signed in; nobody is sent to the front door."""
    store, lang = the_store(), browser_language(request)
    try:
        who = sign_ins.who_is(store, request.cookies.get(COOKIE), at=datetime.now(UTC))
    except (Refused, DatabaseError) as error:
        page = notice_page(t("judges.pad.title", lang), sentence(error, lang), lang)
        return HTMLResponse(page, status_code=getattr(error, "status", 503))
    if who.person_id is None:
        return RedirectResponse("/", status_code=303)
    lang = sign_ins.language(store, who)
    given = {**settings(who, lang), "home": "/pad"}
    page = PAGE.format(
        lang="zh-Hans" if lang == "zh" else lang,
        title=t("judges.pad.title", lang),
        style=Markup(style()),
        markup=Markup(markup()),
        noscript=t("judges.pad.needs_script", lang),
        script=Markup(script()),
        settings=Markup(for_page(given)),
    )
    return HTMLResponse(page)


ROUTES = [Route("/pad", pad_alone)]
