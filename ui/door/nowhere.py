"""Addresses below our own that no route takes: else Streamlit would answer them with its page."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from ui.answering import browser_language
from ui.door.places import OURS
from ui.notice import notice_page
from words import t


async def nowhere(request: Request) -> Response:
    """404: a page that says how to come in, or a word to a program."""
    if request.url.path.startswith("/api"):
        return PlainTextResponse("not found", status_code=404)
    lang = browser_language(request)
    page = notice_page(t("ui.nowhere.title", lang), t("ui.nowhere.text", lang), lang)
    return HTMLResponse(page, status_code=404)


ROUTES = [Route(path, nowhere) for part in OURS for path in (f"/{part}", f"/{part}/{{rest:path}}")]
"""The last of our routes."""
