"""The one page over plain http beside ``--tls``: install the authority, and later remove it.

A tablet that does not trust the server yet cannot read a page of it without a warning.
"""

import hashlib
import ssl
import threading
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.answering import browser_language
from ui.door.hosts import is_known_host
from ui.door.wire import PromptProtocol
from ui.html import element
from ui.notice import notice_page
from words import LANGS, t

SYSTEMS = ("apple", "android", "windows")
MOST = 64
"""Connections at a time: tablets fetch one file each."""


def install_app(authority: Path, port: int) -> ASGIApp:
    """The page and the file; ``port`` is where the encrypted app is."""
    der = ssl.PEM_cert_to_DER_cert(authority.read_text("ascii"))
    fingerprint = hashlib.sha256(der).digest().hex(":").upper()

    async def page(request: Request) -> Response:
        wanted = request.query_params.get("lang", "")
        lang = wanted if wanted in LANGS else browser_language(request)
        app = f"https://{request.url.hostname}:{port}/"
        return HTMLResponse(_page(lang, app, fingerprint))

    async def file(_: Request) -> Response:
        name = 'attachment; filename="arena-authority.crt"'
        headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
        return Response(der, media_type="application/x-x509-ca-cert", headers=headers)

    app = Starlette(routes=[Route("/", page), Route("/arena-authority.crt", file)])

    async def known_hosts_only(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_known_host(scope):
            await PlainTextResponse("unknown host", status_code=400)(scope, receive, send)
            return
        await app(scope, receive, send)

    return known_hosts_only


def _page(lang: str, app: str, fingerprint: str) -> str:
    def say(key: str) -> str:
        return t(f"ui.install.{key}", lang)

    steps = [
        element(
            "details", element("summary", say(f"{name}.name")), element("p", say(f"{name}.how"))
        )
        for name in SYSTEMS
    ]
    fetch = element("a", say("fetch"), href="/arena-authority.crt", cls="a-first")
    below = element(
        "div",
        element("div", fetch, element("a", say("go"), href=app), cls="a-choice"),
        *steps,
        element("p", say("check")),
        element("p", element("code", fingerprint)),
        element("h1", say("remove")),
        element("p", say("remove_how")),
    )
    return notice_page(say("title"), say("text"), lang, below=below)


def serve_beside(authority: Path, host: str, *, port: int, app_port: int) -> None:
    """Serve the page on a separate port, on a thread that ends with the process."""
    config = uvicorn.Config(
        install_app(authority, app_port),
        host=host,
        port=port,
        http=PromptProtocol,
        ws="none",
        lifespan="off",
        limit_concurrency=MOST,
        access_log=False,
        server_header=False,
        log_level="warning",
        proxy_headers=False,
    )
    threading.Thread(target=uvicorn.Server(config).run, daemon=True, name="install").start()
