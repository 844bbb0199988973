"""Our own routes beside Streamlit: its protections hold on them, and none of its pages answers."""

import asyncio
import gzip
import threading

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message

import arena_app
from tests.door.running import run
from ui.door import Ours
from ui.door.packing import packed
from ui.door.places import OPEN_FILES, place_of
from ui.door.threads import Pool, Turns


def small(_: Request) -> Response:
    """An echo."""
    return JSONResponse({"saved": 7})


def large(_: Request) -> Response:
    """A judge's work."""
    return JSONResponse({"sheets": ["a sheet"] * 1000})


def file(request: Request) -> Response:
    """What a route takes for a file's name."""
    return PlainTextResponse(request.path_params["name"])


def broken(_: Request) -> Response:
    """A mistake that would end a coroutine without a word."""
    raise StopIteration


ROUTES = [
    Route("/api/small", small),
    Route("/api/large", large),
    Route("/api/broken", broken),
    Route("/documents/{name:path}", file),
]


def ask(path: str, method: str = "GET") -> list[Message]:
    """What the routes answer a browser that takes compressed answers."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"accept-encoding", b"gzip")]
    scope = {"type": "http", "method": method, "path": path, "query_string": b""}
    run(Ours(ROUTES)({**scope, "headers": headers, "app": None}, receive, send))
    return sent


def test_every_route_of_ours_is_reached_past_streamlit():
    """The door knows each by its path: one that it took for a page would never be answered."""
    for route in arena_app.ROUTES:
        assert place_of(route.path) == "ours" or route.path in OPEN_FILES, route.path


@pytest.mark.parametrize(
    "path", ["/documents/../arena.db", "/documents/\\..\\arena.db", "/documents/a\x00b", "/c:/x"]
)
def test_a_path_that_steps_out_reaches_no_route(path: str):
    """Streamlit refuses it on its own paths; here it leads nowhere, in words."""
    start, body = ask(path)
    assert start["status"] == 404
    assert b"arena.db" not in body["body"]


def test_a_method_that_a_route_has_not_is_405():
    """It is no failure, and no page."""
    assert ask("/api/small", "DELETE")[0]["status"] == 405


def test_what_is_large_is_compressed_and_an_echo_is_not():
    """Compressing an echo costs more than it saves."""
    assert b"gzip" not in dict(ask("/api/small")[0]["headers"]).values()
    assert dict(ask("/api/large")[0]["headers"])[b"content-encoding"] == b"gzip"


def test_any_error_of_a_route_reaches_the_one_who_asked():
    """Also one that asyncio does not carry: no request waits for ever."""
    with pytest.raises(RuntimeError):
        ask("/api/broken")


def test_a_pool_answers_no_more_at_once_than_it_has_threads():
    """The third waits, and is answered when one of the two is free."""
    pool, go = Pool(2), threading.Event()
    begun = threading.Semaphore(0)

    def held(_: Request) -> Response:
        begun.release()
        assert go.wait(60)
        return PlainTextResponse("done")

    async def three() -> int:
        asked = [asyncio.ensure_future(pool.run(held, Request({"type": "http"}))) for _ in "abc"]
        while pool.waiting != 1:
            await asyncio.sleep(0)
        waiting = pool.waiting
        go.set()
        await asyncio.gather(*asked)
        return waiting

    assert run(three()) == 1
    assert [begun.acquire(blocking=False) for _ in range(4)] == [True, True, True, False]


def test_short_reads_go_one_by_one_and_past_one_that_waits():
    """Two at once only while the first takes longer than any short read does."""
    pool, go, inside = Pool(2, turns=Turns()), threading.Event(), []

    def held(_: Request) -> Response:
        assert go.wait(60)
        return PlainTextResponse("waited")

    def short(_: Request) -> Response:
        inside.append(go.is_set())
        go.set()
        return PlainTextResponse("short")

    async def both() -> list[bytes]:
        request = Request({"type": "http", "headers": []})
        answers = await asyncio.gather(pool.run(held, request), pool.run(short, request))
        return [bytes(one.body) for one in answers]

    assert run(both()) == [b"waited", b"short"]
    assert inside == [False]


def test_a_large_answer_is_as_it_was_for_a_browser_that_takes_none_compressed():
    """And what is compressed already, or is no text, is sent as it is."""
    request = Request({"type": "http", "headers": []})
    gzipped = Request({"type": "http", "headers": [(b"accept-encoding", b"gzip")]})
    content = b"a" * 10_000
    plain = packed(request, PlainTextResponse(content))
    assert (plain.body, plain.headers["vary"]) == (content, "Accept-Encoding")
    small = packed(gzipped, PlainTextResponse(content))
    assert gzip.decompress(small.body) == content
    assert small.headers["content-length"] == str(len(small.body))
    kept = PlainTextResponse(content, headers={"content-encoding": "gzip"})
    assert packed(gzipped, kept).body == content
    assert packed(gzipped, Response(content, media_type="application/pdf")).body == content
