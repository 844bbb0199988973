"""Route: the glossary of docs/ as a page, in the reader's language."""

import re
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ui.answering import browser_language
from ui.html import Markup, element, join
from ui.notice import notice_page
from words import LANGS, t

FOLDER = Path(__file__).parent.parent / "docs"
ADDRESS = "/glossary"
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


@cache
def terms(lang: str) -> tuple[tuple[str, str, str], ...]:
    """Each term in a language, its name in the other one, and its meaning."""
    text = (FOLDER / lang / "glossary.md").read_text(encoding="utf-8")
    return tuple(ROW.findall(text)[1:])


def link(lang: str) -> Markup:
    """A link to the glossary, for the foot of a page."""
    return element("a", t("ui.glossary.title", lang), href=f"{ADDRESS}?lang={lang}")


def glossary(request: Request) -> Response:
    """``GET /glossary``: public, the same for all visitors."""
    asked = request.query_params.get("lang", "")
    lang = asked if asked in LANGS else browser_language(request)
    entries = [
        element("p", element("b", term), " · ", other, element("br"), meaning)
        for term, other, meaning in terms(lang)
    ]
    below = element("div", join(entries), cls="a-terms")
    title, text = t("ui.glossary.title", lang), t("ui.glossary.text", lang)
    return HTMLResponse(notice_page(title, text, lang, below=below))


ROUTES = [Route(ADDRESS, glossary)]
