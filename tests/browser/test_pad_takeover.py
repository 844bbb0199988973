"""The first laptop dies under an open pad; the second takes over, and the pad goes on there."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

import db
from competition.people import links, people
from competition.stage import hall_links
from competition.visitor import Visitor
from tests.browser import pads
from tests.browser import server as servers
from tests.browser.inside import sign_in
from tests.browser.pads import FULL, Pad, applied, saved, stored, word
from tests.browser.proxy import Proxy
from tests.browser.second_laptop import Second
from tests.browser.server import HOST, OTHER_HOST, Server
from tests.browser.waits import until

STAFF = (
    ("phone", 3, "/host", "host/", "main"),
    ("desk", 1, "/organizers-stage", "organizers-stage", ".a-safety"),
    ("hall", 1, "/hall", "hall/", "main"),
    ("desk", 2, "/", r"\?round=", "h1"),
)
"""Size, whose link, the page's address, where it is afterwards, and what is seen on it."""


@pytest.mark.parametrize(
    "path",
    [
        "pad",
        pytest.param(
            "judges-pad",
            marks=pytest.mark.long(
                "browser/test_pad_takeover.py::test_the_open_pad_goes_on_at_the_second_address"
            ),
        ),
    ],
)
def test_the_open_pad_goes_on_at_the_second_address(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    cut_wire: Callable[[Server], Proxy],
    second: Callable[..., Second],
    shot: Callable[..., Path],
    path: str,
):
    """What the copy lacked is given back, what was tapped meanwhile is sent; each is there once.

    The first laptop comes back, is read-only and says so; the pad stays where it is.
    """
    first = live_server(partial(pads.fill, judges=2))
    wire = cut_wire(first)
    other = second(first, wire)
    pad = Pad(new_page("tablet"), first, 1, wire.port, path).enter()
    pad.tap(0, 1, "18")
    pad.shows(saved(1))
    other.follow()
    pad.fill(FULL[:3])
    pad.shows(saved(3))
    first.kill()
    wire.cut()
    pad.type(3, FULL[3])
    shot(pad.page, f"takeover_waiting_{path}")
    server = other.take_over()
    assert stored(server, 1)[:4] == ["18.0", None, None, None]
    pad.shows(saved(4))
    shot(pad.page, f"takeover_done_{path}")
    pad.fill(FULL)
    pad.shows(saved(7))
    assert stored(server, 1) == [f"{float(mark):.1f}" for mark in FULL]
    again = servers.start(first.path, filled=first.filled, port=first.port)
    try:
        wire.restore()
        before = applied(again, 1)
        pad.type(0, "20")
        pad.shows(saved(7))
        assert applied(again, 1) == before
        assert stored(server, 1)[0] == "20.0"
        assert pads.is_clean(server)
        if path == "pad":
            _sends_on(again, other.port, new_page)
    finally:
        again.stop()


def _sends_on(again: Server, port: int, new_page: Callable[..., Page]) -> None:
    """The former first laptop, started again, sends a printed link to the second one."""
    until((again.path.parent / f"{again.path.name}.superseded").exists)
    page = new_page("tablet")
    page.goto(f"{again.url}/j/{again.filled.tokens[2]}")
    expect(page.locator(".pad .sum")).to_be_visible()
    assert page.url.startswith(f"http://{HOST}:{port}/")


@pytest.mark.long(
    "browser/test_pad_takeover.py::test_the_open_pad_goes_on_at_the_second_address",
    "routes/test_second_address.py::test_a_pad_that_shows_a_higher_generation_stops_the_server",
    "competition/standby/test_fencing.py::test_a_higher_generation_makes_the_first_read_only",
)
def test_a_server_that_was_superseded_sends_its_pads_over(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    cut_wire: Callable[[Server], Proxy],
    second: Callable[..., Second],
):
    """The second laptop took over while the first ran: that turns read-only, nothing is lost."""
    first = live_server(partial(pads.fill, judges=2))
    wire = cut_wire(first)
    other = second(first, wire)
    pad = Pad(new_page("tablet"), first, 1, wire.port, "pad").enter()
    pad.tap(0, 1, "18")
    pad.shows(saved(1))
    other.follow()
    pad.type(1, FULL[1])
    pad.shows(saved(2))
    server = other.take_over()
    pad.fill(FULL)
    pad.shows(saved(7))
    pad.button(word("submit")).click()
    pad.shows(word("state_submitted"))
    until(lambda: applied(server, 1, "submit") == 1)
    assert stored(server, 1) == [f"{float(mark):.1f}" for mark in FULL]
    assert (first.path.parent / f"{first.path.name}.superseded").exists()


@dataclass
class Rogue:
    """A server that took an address of the second laptop's and claims a high generation.

    Attributes
    ----------
    asked : list of str
        Method, path and body of each request.
    """

    port: int
    asked: list[str]


@pytest.fixture
def rogue() -> Iterator[Rogue]:
    """It answers whatever it is asked, but has no copy of the file."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            size = int(self.headers.get("content-length") or "0")
            asked.append(f"{self.command} {self.path} {self.rfile.read(size).decode()}")
            event = parse_qs(urlsplit(self.path).query).get("event", [""])[0]
            told = {"event": event, "generation": "99-f.a", "serves": True, "answer": "a" * 64}
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Headers", "*")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_: object) -> None:
            return

    for method in ("GET", "POST", "PUT", "OPTIONS"):
        setattr(Handler, f"do_{method}", Handler.answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Rogue(server.server_port, asked)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(False, id="hall and host"),
        pytest.param(
            True,
            id="and others",
            marks=pytest.mark.long(
                "browser/test_pad_takeover.py::test_hall_and_staff_go_on_at_the_second_address",
                "competition/standby/test_passes.py::"
                "test_a_page_of_the_staff_enters_where_another_laptop_took_over",
                "routes/test_entering.py::test_screens_and_the_hosts_page_go_on_where_they_were",
            ),
        ),
    ],
)
def test_hall_and_staff_go_on_at_the_second_address(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    cut_wire: Callable[[Server], Proxy],
    second: Callable[..., Second],
    rogue: Rogue,
    more: bool,
):
    """Each without a new sign-in: a screen by its link, the staff by what the page keeps.

    A server at one of the named addresses that only claims a generation is shown nothing.
    """
    first = live_server(partial(pads.fill, judges=2))
    wire = cut_wire(first)
    other = second(first, wire, rogue.port)
    keys: list[str] = []

    def invite(store: db.Store, who: Visitor, at: datetime) -> None:
        host = people.add_person(store, who, name="普雯", at=at)
        people.grant_role(store, who, host, "host", at=at)
        keys.append(hall_links.make_hall_link(store, who, first.filled.round_id, at=at))
        for person in (first.filled.organizer, first.filled.supervisor, host):
            keys.append(links.make_link(store, who, person, at=at))

    pads.act(first, invite)
    near, far = f"http://{HOST}:{wire.port}", f"http://{OTHER_HOST}:{other.port}"
    hall, pages = new_page("hall"), []
    with hall.expect_request_finished(lambda one: "/api/hall/" in one.url):
        hall.goto(f"{near}/h/{keys[0]}")
    for size, key, path, place, there in STAFF[: None if more else 1]:
        page = new_page(size)
        sign_in(page, first, keys[key], port=wire.port)
        page.goto(f"{near}{path}")
        expect(page.locator(there)).not_to_be_empty()
        pages.append((page, place, there))
    heading = pages[-1][0].get_by_role("heading", level=1)
    title = heading.inner_text() if more else ""
    other.follow()
    first.kill()
    wire.cut()
    until(lambda: len(rogue.asked) > len(pages))
    other.take_over()
    expect(hall).to_have_url(re.compile(f"^{re.escape(far)}/hall/"))
    expect(hall.locator("main")).to_contain_text("老曹寨村")
    for page, place, there in pages:
        expect(page).to_have_url(re.compile(f"^{re.escape(far)}/{place}"))
        expect(page.locator(there)).to_be_visible()
        if there == "main":
            expect(page.locator(there)).to_contain_text("老曹寨村")
    if more:
        expect(heading).to_have_text(title)
    assert all(asked.startswith("GET /standby/generation?") for asked in rogue.asked)
    assert "ticket" not in " ".join(page.url for page, *_ in pages)
