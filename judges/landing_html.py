"""The landing page as plain HTML, for a browser without a sign-in; it starts no session."""

from functools import cache

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from competition import DatabaseError
from competition.errors import Refused
from competition.saying import Sayable, sentence, way_out
from ui.answering import browser_language
from ui.browser import WECHAT
from ui.html import Markup, brand, element
from ui.theme import style
from words import LANGS, t

STEPS = ("scan", "open", "check")


def landing(request: Request, ended: Refused | DatabaseError | None) -> Response:
    """The whole page; ``ended`` is the reason why a sign-in has ended."""
    wanted = request.query_params.get("lang", "")
    lang = wanted if wanted in LANGS else browser_language(request)
    wechat = WECHAT in request.headers.get("user-agent", "")
    status = getattr(ended, "status", 503) if ended is not None else 200
    if ended is not None:
        return HTMLResponse(_page(lang, landing_body(lang, ended, wechat=wechat)), status)
    return HTMLResponse(_kept(lang, wechat=wechat))


@cache
def _kept(lang: str, *, wechat: bool) -> str:
    """The page without a sign-in: made once for each language."""
    return _page(lang, landing_body(lang, None, wechat=wechat))


def _page(lang: str, body: Markup) -> str:
    languages = [
        element("a", t("ui.language.short", other), href=f"/?lang={other}", lang=other)
        for other in LANGS
        if other != lang
    ]
    top = element("div", brand(lang), element("nav", *languages), cls="j-top")
    return Markup(
        '<!doctype html><html lang="{}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<title>{}</title><style>{}{}</style>"
        '<main data-testid="stMainBlockContainer"><div class="st-key-narrow">{}{}</div></main>'
    ).format(
        "zh-Hans" if lang == "zh" else lang,
        t("ui.brand", lang),
        Markup(style("judge")),
        Markup(CSS),
        top,
        body,
    )


CSS = """
body { margin: 0; background: var(--bg); color: var(--ink); font-family: var(--sans);
  font-size: 20px; line-height: 1.5; }
.j-top { display: flex; justify-content: space-between; align-items: center; min-height: 64px; }
.j-top a { display: grid; place-items: center; min-width: 56px; min-height: 48px;
  color: var(--pri); }
"""


def landing_body(lang: str, ended: Sayable | None, *, wechat: bool) -> Markup:
    """What the page says: how to come in, or why the sign-in has ended."""
    where = element("div", t("judges.landing.where", lang), cls="j-where")
    if ended is None:
        way = element("a", t("pairing.landing", lang), href=f"/pair?lang={lang}", target="_self")
        said = _how(lang, wechat=wechat) + element("div", way, cls="j-go j-quiet")
    else:
        way = element("a", t("judges.landing.reload", lang), href="/", target="_self")
        said = _ended(lang, ended) + element("div", way, cls="j-go")
    not_you = element("div", t("judges.landing.not_you", lang), cls="j-notme")
    return element("div", where, said, not_you, cls="j-landing")


def _how(lang: str, *, wechat: bool) -> Markup:
    head = element("h1", t("judges.landing.title", lang), cls="j-small")
    box = element("div", head, element("div", t("judges.landing.scan_text", lang)), cls="j-me")
    rows = [
        element(
            "div", element("b", str(i)), element("span", t(f"judges.landing.step_{step}", lang))
        )
        for i, step in enumerate(STEPS, start=1)
    ]
    note = element("p", t("judges.landing.wrong_link", lang), cls="j-note")
    if wechat:
        note = element("p", t("judges.wechat.scan", lang), cls="j-note") + note
    what = element("p", t("judges.landing.what", lang), cls="j-note")
    return box + element("div", *rows, cls="j-steps") + note + what


def _ended(lang: str, ended: Sayable) -> Markup:
    head = element("h1", t("judges.landing.ended_title", lang), cls="j-small")
    words = [element("div", line) for line in (sentence(ended, lang), way_out(ended, lang)) if line]
    calm = element("p", t("judges.landing.ended_text", lang), cls="j-note")
    return element("div", head, *words, cls="j-me") + calm
