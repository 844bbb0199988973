"""More strangers than a hall has: they wait for each other, a signed-in browser for none."""

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from tests.door.running import run
from ui.access import COOKIE
from ui.door import Door
from ui.door import door as door_module
from ui.door.budgets import Bucket
from ui.door.places import SOCKET
from ui.here import ByStore
from words import LANGS, t


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers every request."""
    await PlainTextResponse("the app")(scope, receive, send)


def landing(_: Request, __: object) -> Response:
    """The landing page."""
    return PlainTextResponse("landing")


def ask(door: Door, path: str) -> tuple[int, str]:
    """Status and text of a stranger's request."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    run(door(scope, receive, send))
    return sent[0]["status"], sent[1]["body"].decode()


def test_a_flood_is_told_to_come_again_in_words(monkeypatch: pytest.MonkeyPatch):
    """Once the strangers' budget is used up for longer than anyone would wait."""
    monkeypatch.setattr(door_module, "LONGEST_WAIT", 0.0)
    door = Door(app, landing)
    assert ask(door, "/") == (200, "landing")
    door.strangers = ByStore(lambda: Bucket(1, 0.01))
    assert ask(door, "/") == (200, "landing")
    for path in ("/", "/j/x", "/api/now", "/media/x"):
        status, text = ask(door, path)
        assert status == 503
        assert all(t("error.database_busy", lang) in text for lang in LANGS)


def test_a_flood_is_refused_no_faster_than_its_connections_wait(monkeypatch: pytest.MonkeyPatch):
    """A refusal at once would be asked for again at once: 400 connections took the interpreter."""
    door, waits = Door(app, landing), []
    door.strangers = ByStore(lambda: Bucket(0, 0.01))

    async def noted(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(door_module.asyncio, "sleep", noted)
    assert ask(door, "/")[0] == 503
    assert waits == [door_module.LONGEST_WAIT]


def test_a_socket_with_an_invented_sign_in_waits_before_it_is_looked_up(
    monkeypatch: pytest.MonkeyPatch,
):
    """The look asks the database: a flood of sockets asked it without a budget."""
    asked: list[str] = []

    async def look(_: Scope) -> None:
        asked.append("looked up")

    monkeypatch.setattr(door_module, "LONGEST_WAIT", 0.0)
    monkeypatch.setattr(door_module, "_person", look)
    door = Door(app, landing)
    door.strangers = ByStore(lambda: Bucket(0, 0.01))

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        asked.append(message["type"])

    cookie = (b"cookie", f"{COOKIE}=invented".encode())
    scope: Scope = {"type": "websocket", "path": SOCKET, "headers": [cookie]}
    run(door(scope, receive, send))
    assert asked == ["websocket.close"]


def test_static_files_take_nothing_of_the_budget():
    """A page of the signed in fetches some thirty of them at once."""
    door = Door(app, landing)
    door.strangers = ByStore(lambda: Bucket(0, 0.01))
    assert ask(door, "/static/js/index.js") == (200, "the app")
