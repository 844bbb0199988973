"""The second laptop's page while it follows: how far it is behind, and taking over."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from urllib.parse import parse_qs

from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from competition.standby.authority import TakeoverRefused, require_authority
from competition.standby.duty import Duty
from competition.standby.promoting import NothingToPromote, Promoted
from competition.standby.saying import missing_words, status_words
from ui.answering import browser_language
from ui.door.hosts import is_foreign
from ui.html import element
from ui.notice import notice_page
from ui.theme import read
from words import LANGS, t

LARGEST = 4096
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # else the form would name no origin, as a foreign one
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
FIRST_PAGE = Markup(
    "<script>setInterval(async () => {{ try {{"
    " const answer = await fetch('/state?lang={lang}', {{cache: 'no-store'}});"
    " const told = await answer.json();"
    " document.getElementById('heard').hidden = !told.answers;"
    " document.getElementById('lag').textContent = told.text; }} catch (error) {{"
    " document.getElementById('lag').textContent = {gone}; }} }}, 1000);</script>"
)
LAST_PAGE = Markup(
    "<script>setInterval(async () => {{ try {{"
    " const answer = await fetch('/_stcore/health', {{cache: 'no-store'}});"
    " if (answer.ok) location.replace('/j/{token}');"
    " }} catch (error) {{ return; }} }}, 700);</script>"
)


def standby_app(duty: Duty) -> Starlette:
    """The page, its state for the script on it, and taking over."""
    routes = [
        Route("/", partial(_page, duty)),
        Route("/state", partial(_state, duty)),
        Route("/takeover", partial(_take_over, duty), methods=["POST"]),
    ]
    return Starlette(routes=routes)


def _language(request: Request) -> str:
    wanted = request.query_params.get("lang", "")
    return wanted if wanted in LANGS else browser_language(request)


async def _state(duty: Duty, request: Request) -> Response:
    status = await run_in_threadpool(duty.follower.status)
    text = status_words(status, _language(request))
    told = {"text": text, "state": status.state, "answers": status.answers}
    return JSONResponse(told, headers=HEADERS)


async def _page(duty: Duty, request: Request) -> Response:
    return await run_in_threadpool(_drawn, duty, _language(request))


def _drawn(duty: Duty, lang: str, *, refusal: str = "", number: str = "") -> HTMLResponse:
    say: Callable[..., str] = partial(_say, lang)
    status = duty.follower.status()
    gone = Markup(json.dumps(say("gone")).replace("<", "\\u003c"))
    other = next(one for one in LANGS if one != lang)
    below = element(
        "div",
        Markup("<style>{}</style>").format(Markup(read("standby"))),
        element("p", status_words(status, lang), id="lag", role="status", cls="a-lag"),
        element("p", refusal, role="alert", cls="a-alert") if refusal else "",
        _form(lang, is_heard=status.answers, number=number),
        element("p", element("a", t("ui.language.full", other), href=f"/?lang={other}")),
        FIRST_PAGE.format(lang=lang, gone=gone),
    )
    title = say("title", title=duty.follower.paired.title)
    page = notice_page(title, say("text"), lang, below=below)
    return HTMLResponse(page, status_code=403 if refusal else 200, headers=HEADERS)


def _say(lang: str, key: str, **values: object) -> str:
    return t(f"standby.page.{key}", lang, **values)


def _form(lang: str, *, is_heard: bool, number: str) -> Markup:
    say: Callable[..., str] = partial(_say, lang)
    return element(
        "form",
        element("h2", say("take_over")),
        element("p", say("still_heard"), id="heard", cls="a-alert", hidden=not is_heard),
        element(
            "label",
            element("input", type="checkbox", name_="unplugged", value="yes", required=True),
            element("span", say("unplugged")),
            cls="a-tick",
        ),
        element(
            "label",
            element("span", say("number")),
            element("input", name_="number", value=number, maxlength=100, autocomplete="off"),
            element("small", say("number_hint")),
        ),
        element(
            "label",
            element("span", say("secret")),
            element(
                "input",
                name_="secret",
                type="password",
                maxlength=40,
                autocomplete="off",
                required=True,
            ),
            element("small", say("secret_hint")),
        ),
        element("button", say("take_over"), type="submit"),
        method="post",
        action=f"/takeover?lang={lang}",
        cls="a-choice a-takeover",
    )


async def _take_over(duty: Duty, request: Request) -> Response:
    lang = _language(request)
    if is_foreign(request.scope):
        return JSONResponse({"error": "foreign"}, status_code=403, headers=HEADERS)
    if int(request.headers.get("content-length") or LARGEST + 1) > LARGEST:
        return JSONResponse({"error": "body"}, status_code=413, headers=HEADERS)
    given = parse_qs((await request.body()).decode("utf-8", errors="replace"))
    typed = {name: given.get(name, [""])[0] for name in ("unplugged", "number", "secret")}
    return await run_in_threadpool(_taken, duty, lang, typed)


def _taken(duty: Duty, lang: str, typed: dict[str, str]) -> Response:
    """Take over if the secret is right; else the page again, and why not."""
    now = datetime.now(UTC)
    try:
        require_authority(duty.folder, typed["secret"], at=now)
        if typed["unplugged"] != "yes":
            return _drawn(duty, lang, refusal=_say(lang, "not_unplugged"), number=typed["number"])
        done = duty.take_over(typed["number"], at=now)
    except TakeoverRefused as error:
        refusal = _say(lang, error.code, left=error.left)
        return _drawn(duty, lang, refusal=refusal, number=typed["number"])
    except NothingToPromote:
        return _drawn(duty, lang, refusal=_say(lang, "nothing"), number=typed["number"])
    return HTMLResponse(_over(done, lang), headers=HEADERS)


def _over(done: Promoted, lang: str) -> str:
    title = _say(lang, "done", generation=done.generation)
    below = LAST_PAGE.format(token=done.token)
    return notice_page(title, missing_words(done, lang), lang, below=below)
