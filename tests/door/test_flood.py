"""More strangers than a hall has: they wait for each other, a signed-in browser for none."""

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from ui.door import Door
from ui.door.budgets import Bucket
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
    asyncio.run(door(scope, receive, send))
    return sent[0]["status"], sent[1]["body"].decode()


def test_a_flood_is_told_to_come_again_in_words():
    """Once the strangers' budget is used up for longer than anyone would wait."""
    door = Door(app, landing)
    assert ask(door, "/") == (200, "landing")
    door.strangers = Bucket(1, 0.01)
    assert ask(door, "/") == (200, "landing")
    for path in ("/", "/j/x", "/api/now", "/media/x"):
        status, text = ask(door, path)
        assert status == 503
        assert all(t("error.database_busy", lang) in text for lang in LANGS)


def test_static_files_take_nothing_of_the_budget():
    """A page of the signed in fetches some thirty of them at once."""
    door = Door(app, landing)
    door.strangers = Bucket(0, 0.01)
    assert ask(door, "/static/js/index.js") == (200, "the app")
