"""An error that no code foresaw: a number for its reader, the rest for the log."""

from html import unescape

import pytest
from starlette.types import Message, Receive, Scope, Send

from tests.door.running import run
from tests.door.test_flood import landing
from ui.door import Door
from words import LANGS, t


async def failing(scope: Scope, _: Receive, send: Send) -> None:
    """An app with a mistake; below /begun it has answered already."""
    if scope["path"].endswith("begun"):
        await send({"type": "http.response.start", "status": 200, "headers": []})
    raise ZeroDivisionError("secret of 甲")


def ask(path: str, lang: str) -> list[Message]:
    """What the door answers."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"accept-language", lang.encode())]
    scope: Scope = {"type": "http", "method": "GET", "path": path, "query_string": b""}
    run(Door(failing, landing)(scope | {"headers": headers}, receive, send))
    return sent


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", ["/j/x", "/api/now", "/hall", "/static/x"])
def test_the_number_is_on_the_page_and_in_the_log(
    path: str, lang: str, caplog: pytest.LogCaptureFixture
):
    """In the reader's language; a tablet gets both. The error's own text stays in the log."""
    start, body = ask(path, lang)
    said = unescape(body["body"].decode())
    [record] = [one for one in caplog.records if one.name == "arena"]
    number = str(record.args[0])
    assert start["status"] == 500
    for shown in LANGS if path.startswith("/api/") else (lang,):
        assert t("error.unexpected", shown, number=number) in said
    assert "secret" not in said
    assert "secret of 甲" in caplog.text


def test_an_answer_that_has_begun_is_not_begun_again():
    """The server hangs up; the reader's browser says that the page broke off."""
    with pytest.raises(ZeroDivisionError):
        ask("/download/begun", "zh")
