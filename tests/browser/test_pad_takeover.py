"""The first laptop dies under an open pad; the second takes over, and the pad goes on there."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from competition.people import links
from competition.stage import hall_links
from competition.standby import codes, pairing
from competition.standby.following import Follower
from competition.standby.promoting import promote
from competition.visitor import Visitor
from tests.browser import pads
from tests.browser import server as servers
from tests.browser.pads import FULL, Pad, applied, saved, stored, word
from tests.browser.proxy import Proxy
from tests.browser.server import HOST, Server, free_port
from tests.browser.waits import until


@dataclass
class Second:
    """The second laptop: it follows step by step, and takes over once."""

    first: Server
    port: int
    follower: Follower
    server: Server | None = None

    def follow(self) -> None:
        """Take a copy now."""
        self.follower.beat()
        self.follower.copy()
        assert self.follower.status().problem == ""

    def take_over(self) -> Server:
        """Put the newest copy in place and serve it."""
        paired = pairing.kept(self.follower.folder)
        assert paired is not None
        done = promote(self.follower.folder, paired, at=datetime.now(UTC))
        assert done.generation == 2
        self.server = servers.start(done.path, filled=self.first.filled, port=self.port)
        return self.server


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Callable[..., Second]]:
    """``second(server, wire)`` is paired with a server that tablets reach by a wire."""
    made: list[Second] = []

    def pair(first: Server, wire: Proxy) -> Second:
        port, codes_made = free_port(), []
        pads.act(first, lambda s, who, at: codes_made.append(codes.make_code(s, who, at=at)))
        own = tuple(f"http://{host}:{port}" for host in (HOST, "127.0.0.1"))
        folder, address = tmp_path / f"second{len(made)}", f"http://127.0.0.1:{wire.port}"
        paired = pairing.pair_with(folder, address, codes_made[0], own)
        direct = replace(paired, address=f"http://127.0.0.1:{first.port}")
        pairing.keep(folder, direct)
        made.append(Second(first, port, Follower(folder, direct)))
        return made[-1]

    yield pair
    for one in made:
        if one.server is not None:
            one.server.stop()
            assert "Traceback" not in one.server.log, one.server.log


@pytest.mark.parametrize("path", ["pad", "judges-pad"])
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
    finally:
        again.stop()
    if path == "pad":
        _sends_on(first, other.port, new_page)


def _sends_on(first: Server, port: int, new_page: Callable[..., Page]) -> None:
    """The former first laptop, started once more, sends a printed link to the second one."""
    again = servers.start(first.path, filled=first.filled, port=first.port)
    try:
        page = new_page("tablet")
        page.goto(f"{again.url}/j/{first.filled.tokens[2]}")
        expect(page.locator(".pad .sum")).to_be_visible()
        assert page.url.startswith(f"http://{HOST}:{port}/")
    finally:
        again.stop()


def test_a_server_that_was_superseded_sends_its_pads_over(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    cut_wire: Callable[[Server], Proxy],
    second: Callable[..., Second],
):
    """Somebody took over while the first laptop still ran: it turns read-only, nothing is lost."""
    first = live_server(partial(pads.fill, judges=2))
    wire = cut_wire(first)
    other = second(first, wire)
    pad = Pad(new_page("tablet"), first, 1, wire.port, "pad").enter()
    pad.tap(0, 1, "18")
    pad.shows(saved(1))
    other.follow()
    pad.fill(FULL[:2])
    pad.shows(saved(2))
    server = other.take_over()
    pad.fill(FULL)
    pad.shows(saved(7))
    pad.button(word("submit")).click()
    pad.shows(word("state_submitted"))
    until(lambda: applied(server, 1, "submit") == 1)
    assert stored(server, 1) == [f"{float(mark):.1f}" for mark in FULL]
    assert (first.path.parent / f"{first.path.name}.superseded").exists()


def test_hall_and_desk_go_on_at_the_second_address(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    cut_wire: Callable[[Server], Proxy],
    second: Callable[..., Second],
):
    """A mere screen enters by its own link, the desk where its cookie is known."""
    first = live_server(partial(pads.fill, judges=2))
    wire = cut_wire(first)
    other = second(first, wire)
    keys: list[str] = []

    def invite(store: db.Store, who: Visitor, at: datetime) -> None:
        keys.append(hall_links.make_hall_link(store, who, first.filled.round_id, at=at))
        keys.append(links.make_link(store, who, first.filled.organizer, at=at))

    pads.act(first, invite)
    near, far = (f"http://{HOST}:{port}" for port in (wire.port, other.port))
    hall, desk = new_page("hall"), new_page("desk")
    with hall.expect_response("**/api/hall/**") as answered:
        hall.goto(f"{near}/h/{keys[0]}")
    answered.value.finished()
    desk.goto(f"{near}/j/{keys[1]}")
    desk.goto(f"{near}/organizers-stage")
    expect(desk.locator(".a-safety")).to_be_visible()
    other.follow()
    first.kill()
    wire.cut()
    other.take_over()
    expect(hall).to_have_url(re.compile(f"^{re.escape(far)}/hall/"))
    expect(hall.locator("main")).to_contain_text("老曹寨村")
    expect(desk).to_have_url(re.compile(f"^{re.escape(far)}/organizers-stage"))
    expect(desk.locator(".a-safety")).to_be_visible()
