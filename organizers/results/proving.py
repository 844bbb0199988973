"""``/receipt``: a code from a judge's paper, looked up without a sign-in."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from competition import DatabaseError, clock
from competition.errors import Refused
from competition.results.receipts import Proved, look_up
from competition.results.recipe_words import number
from competition.saying import sentence
from organizers import naming
from ui.answering import browser_language
from ui.here import the_store
from ui.html import Markup, element, join
from ui.notice import notice_page
from words import t

MOST_TYPED = 40


def show(request: Request) -> Response:
    """``GET /receipt?code=…``: the field, and what the code proves."""
    lang = browser_language(request)
    typed = request.query_params.get("code", "")[:MOST_TYPED]
    title, text, below, status = t("receipt.title", lang), t("receipt.text", lang), Markup(""), 200
    if typed:
        try:
            store = the_store()
            address = request.client.host if request.client else ""
            proved = look_up(store, typed, address=address, at=clock.now(store))
            title, text = t("receipt.stands", lang, version=proved.version), ""
            below = _proof(proved, lang)
        except (Refused, DatabaseError) as error:
            title, text = t("receipt.unknown", lang), sentence(error, lang)
            status = getattr(error, "status", 503)
    page = notice_page(title, text, lang, below=below + _form(lang))
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return HTMLResponse(page, status, headers=headers)


def _form(lang: str) -> Markup:
    field = Markup(
        '<input name="code" maxlength="{}" autocomplete="off" autocapitalize="characters"'
        ' placeholder="ABCDE-12345" class="r-code">'
    ).format(MOST_TYPED)
    label = element("label", t("receipt.label", lang), field, cls="r-label")
    button = element("button", t("receipt.look", lang), type="submit")
    return element(
        "form", element("style", Markup(CSS)), label, button, method="get", cls="a-choice"
    )


def _proof(proved: Proved, lang: str) -> Markup:
    """The sheet without its judge, then the hashes from its leaf to the certified root."""
    place = proved.place
    number_said = naming.number(place["number"], lang)
    who = " ".join(filter(None, (number_said, naming.title(place), naming.around(place))))
    rows = [
        element("tr", element("td", name), element("td", number(mark), cls="r-n"))
        for name, mark in proved.marks
    ]
    total = element(
        "tr", element("th", t("receipt.total", lang)), element("th", number(proved.total))
    )
    steps = [
        element("li", t(f"receipt.{side}", lang), " ", element("code", other))
        for side, other in proved.path
    ]
    facts = {"leaf": proved.leaf, "root": proved.root, "sha256": proved.sha256}
    hashes = [
        element("p", t(f"receipt.{name}", lang), element("br"), element("code", value))
        for name, value in facts.items()
    ]
    return element(
        "div",
        element("p", element("b", who), element("br"), proved.round_title),
        element("table", *rows, total),
        element("p", t("receipt.means", lang, sheets=proved.sheets, steps=len(proved.path))),
        element(
            "details",
            element("summary", t("receipt.hashes", lang)),
            join([*hashes, element("ol", *steps)], ""),
        ),
        cls="r-proof",
    )


CSS = """
.a-choice > .r-label { border: 0; padding: 0; justify-items: stretch; color: var(--mute); }
.r-code { font: inherit; font-size: 26px; min-height: 64px; border: 1px solid var(--edge);
  border-radius: var(--r-key); background: var(--bg); letter-spacing: 1px; text-align: center;
  text-transform: uppercase; width: 100%; box-sizing: border-box; color: var(--ink); }
.r-proof { margin-top: 16px; }
.r-proof p { margin: 12px 0; color: var(--ink); }
.r-proof table { width: 100%; border-collapse: collapse; }
.r-proof td, .r-proof th { padding: 8px 4px; border-bottom: 1px solid var(--line);
  text-align: left; }
.r-proof td:last-child, .r-proof th:last-child { text-align: right; }
.r-proof code { font-size: 13px; overflow-wrap: anywhere; }
.r-proof summary { cursor: pointer; color: var(--pri); min-height: 44px; display: grid;
  align-items: center; }
"""

ROUTES = [Route("/receipt", show)]
