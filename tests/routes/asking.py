"""Asking our own routes in this process: the real routes, a real database, no server."""

import json
from dataclasses import dataclass, field
from typing import Any

from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette

from judges.routes import ROUTES
from ui.access import COOKIE
from ui.answering import BODY

app = Starlette(routes=ROUTES)


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Asker:
    """A browser's cookie, and what it asks."""

    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        """GET a path, with its query."""
        return self.ask("GET", path)

    def ask(self, method: str, path: str, body: Any = None, *, kind: str = "") -> Answer:
        """Any request; ``body`` goes as JSON, or as it is when bytes."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode() if body else b""
        headers = {"host": "arena.test", "content-length": str(len(sent)), **self.headers}
        if sent:
            headers["content-type"] = kind or "application/json"
        if self.cookie:
            headers["cookie"] = f"{COOKIE}={self.cookie}"
        with start_blocking_portal() as portal:
            return portal.call(_call, method, path, headers, sent)


async def _call(method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
    place, _, query = path.partition("?")
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": place,
        "raw_path": place.encode(),
        "query_string": query.encode(),
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
        "scheme": "http",
        "server": ("arena.test", 80),
        "client": ("10.0.0.9", 4000),
        "root_path": "",
        BODY: body,
    }
    got: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        got.append(message)

    await app(scope, receive, send)
    start = got[0]
    return Answer(
        start["status"],
        {k.decode(): v.decode() for k, v in start["headers"]},
        b"".join(message.get("body", b"") for message in got[1:]),
    )
