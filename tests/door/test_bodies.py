"""Half-sent requests: none holds a thread, each is ended in time."""

import json
import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import pytest

import db
from tests.browser import server as servers
from tests.competition import event as events
from tests.door.conftest import House
from ui.access import COOKIE
from ui.door import bodies
from ui.door import wire as headers
from ui.door.bodies import LARGEST

CHUNKED = "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNK = f"{4096:x}\r\n{' ' * 4096}\r\n"


PATIENCE_SECONDS = 4.0
"""How long the server waits here; in the app it is longer."""


def impatient(arguments: list[str]) -> None:
    """Be the app's process, which waits for headers and bodies only so long."""
    headers.HEADER_SECONDS = PATIENCE_SECONDS
    bodies.read_body.__kwdefaults__["seconds"] = PATIENCE_SECONDS
    servers.serving_app(arguments)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The event open on an impatient server."""
    path = tmp_path_factory.mktemp("door") / "arena.db"
    store = db.Store(path)
    event = events.opened(store)
    server = servers.start(path, run=impatient)
    yield House(server, event)
    server.stop()
    store.close()


@contextmanager
def wire(house: House, sent: str) -> Iterator[socket.socket]:
    """A connection on which part of a request was sent."""
    with socket.create_connection(("127.0.0.1", house.port), timeout=60) as opened:
        opened.sendall(sent.encode())
        yield opened


def head(method: str, path: str, length: int, cookie: str = "") -> str:
    """Headers that announce a body."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {length}"]
    lines += ["Content-Type: application/json", f"Cookie: {COOKIE}={cookie}"]
    return "\r\n".join(lines) + "\r\n\r\n"


def test_half_sent_bodies_stop_no_route_and_end_in_408(house: House):
    """28 took every thread for 100 seconds; now a mark is saved while 60 of them wait."""
    judge = house.browser(2)
    language = {"lang": "zh", "seat": house.event.judges[2]}
    with ExitStack() as stack:
        cookies = [judge.cookie, ""]
        halves = [
            stack.enter_context(wire(house, head("PUT", "/api/marks", 500, cookies[n % 2]) + "{"))
            for n in range(60)
        ]
        assert judge.ask("GET", f"/api/now?round={house.event.round_id}").status == 200
        assert judge.ask("POST", "/api/language", language).status == 200
        assert house.browser().ask("GET", "/healthz").status == 200
        assert select.select(halves, [], [], 0)[0] == [], "answered only after the bodies ended"
        answers = {half.recv(1024).split(b"\r\n")[0] for half in halves}
    assert answers == {b"HTTP/1.1 408 Request Timeout"}


def test_a_half_sent_body_with_an_invented_sign_in_is_not_waited_for(house: House):
    """Refused by its headers, in the words of every refusal, and hung up on."""
    with wire(house, head("PUT", "/api/marks", 500, "invented") + "{") as half:
        answer = b"".join(iter(lambda: half.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.1 401")
    assert b"sign_in_needed" in answer


def test_half_sent_headers_are_closed(house: House):
    """Each would keep a descriptor for as long as its sender likes.

    The first request of a connection buys the second no time.
    """
    first = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    with (
        wire(house, "") as silent,
        wire(house, f"{first}X-Slow: ") as slow,
        wire(house, f"{first}\r\nGET /healthz HTTP/1.1\r\nX-") as second,
    ):
        assert second.recv(1024).startswith(b"HTTP/1.1 200")
        for half in (silent, slow, second):
            with suppress(ConnectionResetError):
                while half.recv(1024):
                    assert half is second, "an answer to half a request"


@pytest.mark.parametrize("path", ["/api/marks", "/j/x", "/", "/_stcore/health", "/media/x"])
def test_a_large_body_is_refused_before_it_is_read(house: House, path: str):
    """By its place, or by its length: the announced one, or the one that comes."""
    sizes = [head("POST", path, LARGEST + 1), CHUNKED.format(path=path) + CHUNK * 17]
    for sent in sizes:
        with wire(house, sent) as opened:
            assert opened.recv(1024)[:12] in (b"HTTP/1.1 413", b"HTTP/1.1 401")


def test_a_whole_body_of_any_cut_is_taken(house: House):
    """A body in two packets is one body."""
    judge = house.browser(2)
    body = json.dumps({"lang": "zh", "seat": house.event.judges[2]})
    with wire(house, head("POST", "/api/language", len(body), judge.cookie) + body[:4]) as opened:
        opened.sendall(body[4:].encode())
        assert opened.recv(1024).startswith(b"HTTP/1.1 200")
