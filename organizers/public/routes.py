"""Routes: ``/results`` and ``/api/results.json``, for all, from memory, with an ETag by version."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from competition import DatabaseError
from competition.results.public import Published
from organizers.public.kept import Kept
from organizers.public.page import page
from ui.answering import browser_language
from ui.here import ByStore
from words import LANGS, t

PAGE, JSON = "/results", "/api/results.json"
ASKS_AGAIN = {"Cache-Control": "no-cache"}
"""A browser may keep it, and asks each time whether it is still the version."""


def _draw(published: Published) -> dict[str, bytes]:
    return {lang: page(published, lang).encode() for lang in LANGS}


KEPT = ByStore(lambda: Kept(_draw))


async def results_json(request: Request) -> Response:
    """``GET /api/results.json``: what is public, ``304`` where the browser has this version."""
    try:
        published = (await KEPT.here().now()).published
    except DatabaseError as error:
        return JSONResponse({"error": error.code}, status_code=503)
    headers = {**ASKS_AGAIN, "ETag": published.etag}
    if request.headers.get("if-none-match") == published.etag:
        return Response(status_code=304, headers=headers)
    return Response(published.body, headers=headers, media_type="application/json")


async def results_page(request: Request) -> Response:
    """``GET /results``: the same as a page; ``?code=`` looks a certificate's code up."""
    asked = request.query_params.get("lang", "")
    lang = asked if asked in LANGS else browser_language(request)
    try:
        shown = await KEPT.here().now()
    except DatabaseError:
        return PlainTextResponse(t("error.database_busy", lang), status_code=503)
    code = request.query_params.get("code", "")
    if code:
        return Response(page(shown.published, lang, code=code), media_type="text/html")
    etag = shown.published.etag.removesuffix('"') + f'-{lang}"'
    headers = {**ASKS_AGAIN, "ETag": etag, "Vary": "Accept-Language"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(shown.pages[lang], headers=headers, media_type="text/html")


ROUTES = [Route(JSON, results_json), Route(PAGE, results_page)]
