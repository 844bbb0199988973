"""The log: a line a request and an error, each with the number that the reader was given."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from tests.competition.event import Event
from tests.door.running import run
from tests.door.test_flood import landing
from tests.routes.client import Client, secret_of
from tests.routes.requests import EVERY, JUDGE, READS, request
from ui.access import COOKIE
from ui.door import Door, Watched
from ui.door.signed import SCREEN
from ui.watch.log import Log, scrubbed

CANARY = "canary7Kx0fQmZ2pWvN8sL"
PIN = "83157264"


def lines(path: Path) -> list[dict[str, Any]]:
    """What was written, each line read as JSON."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_answer_has_a_number_and_the_log_its_line(
    client: Client, event: Event, tmp_path: Path
):
    """Route, method, status and milliseconds; the route as a pattern."""
    log = Log(str(tmp_path / "arena.log"))
    judge = client.entered(event, JUDGE)
    answers = [judge.ask(*request(key, event)) for key in EVERY]
    log.close()
    written = {line["number"]: line for line in lines(tmp_path / "arena.log")}
    for (method, path), answer in zip(EVERY, answers, strict=True):
        line = written[answer.headers["arena-request"]]
        assert (line["method"], line["route"], line["status"]) == (method, path, answer.status)
        assert line["ms"] >= 0
    assert len({answer.headers["arena-request"] for answer in answers}) == len(EVERY)


def test_no_secret_reaches_the_log(client: Client, event: Event, tmp_path: Path):
    """A link, a cookie, a screen's key, a PIN, a code, a body and a bearer, on every route."""
    log = Log(str(tmp_path / "arena.log"))
    link = secret_of(event, JUDGE)
    judge = client.entered(event, JUDGE)
    cookies = {"cookie": f"{COOKIE}={CANARY}; {SCREEN}={CANARY}"}
    bearer = {"authorization": f"Bearer {CANARY}"}
    for key in EVERY:
        method, path, body = request(key, event)
        dirty = f"{path}{'&' if '?' in path else '?'}pin={PIN}&code={CANARY}"
        text = None if key in READS else {**(body or {}), "pin": PIN, "text": CANARY, "id": CANARY}
        judge.ask(method, dirty, text)
        client.ask(method, dirty, text, headers=cookies)
        client.ask(method, dirty, text, headers=bearer)
    for path in (f"/j/{link}", f"/j/{CANARY}", f"/h/{CANARY}", f"/receipt/{CANARY}"):
        for method in ("GET", "POST", CANARY):
            replace(client).ask(method, path, headers=cookies)
    client.ask("GET", f"/{CANARY}?{PIN}", headers={"host": CANARY})
    log.close()
    text = (tmp_path / "arena.log").read_text("utf-8")
    assert len(text.splitlines()) > 3 * len(EVERY)
    for secret in (CANARY, PIN, link, judge.cookie, event.judges[JUDGE], event.round_id):
        assert secret not in text


def failing(scope: Scope, receive: Receive, send: Send) -> Any:
    """An app whose error quotes what came with the request."""
    try:
        raise KeyError(f"{PIN} {CANARY}")
    except KeyError as error:
        raise ValueError(f"no seat for {CANARY!r} with pin {PIN} 甲") from error


@pytest.mark.parametrize("path", ["/j/x", "/api/now"])
def test_an_error_s_number_is_on_the_page_in_the_header_and_in_the_log(path: str, tmp_path: Path):
    """Its type and place are written; what its text quotes is blotted out."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    log = Log(str(tmp_path / "arena.log"))
    scope: Scope = {"type": "http", "method": "GET", "path": path, "query_string": b""}
    run(Watched(Door(failing, landing))(scope | {"headers": []}, receive, send))
    log.close()
    error, answer = lines(tmp_path / "arena.log")
    number = dict(sent[0]["headers"])[b"arena-request"].decode()
    assert error["number"] == answer["number"] == number
    assert (answer["status"], error["level"]) == (500, "error")
    assert number in sent[1]["body"].decode()
    assert "ValueError" in error["error"]
    assert "KeyError" in error["error"]
    assert "test_log.py" in error["error"]
    for secret in (CANARY, PIN):
        assert secret not in (tmp_path / "arena.log").read_text("utf-8")


def test_what_could_be_a_secret_is_blotted_out():
    """Values between quotes, tokens, PINs; what a person needs to mend it stays."""
    assert scrubbed("NOT NULL constraint failed: marks.value") == (
        "NOT NULL constraint failed: marks.value"
    )
    assert scrubbed(f"bad 'x' and \"y\" {CANARY} {PIN} 12") == "bad … and … … … 12"


def test_without_a_setting_only_errors_are_written(
    client: Client, event: Event, capfd: pytest.CaptureFixture[str]
):
    """A laptop's window stays quiet."""
    log = Log("")
    client.ask("GET", "/healthz")
    log.close()
    assert capfd.readouterr().err == ""


def test_a_full_file_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: Client):
    """The newest lines are in the file that was named; the oldest files go."""
    monkeypatch.setattr("ui.watch.log.FILE_BYTES", 400)
    log = Log(str(tmp_path / "arena.log"))
    for _ in range(40):
        client.ask("GET", "/healthz")
    log.close()
    assert len(list(tmp_path.iterdir())) == 6
    assert (tmp_path / "arena.log").stat().st_mode & 0o777 == 0o600
