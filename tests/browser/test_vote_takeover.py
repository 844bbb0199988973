"""The first laptop dies while phones vote; the second takes over at the same address."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from commands.bench import phones
from competition.ids import digest
from competition.voting import holding
from db import votes
from tests.browser import pads
from tests.browser.proxy import Proxy
from tests.browser.second_laptop import Second
from tests.browser.server import HOST, Server
from tests.browser.test_vote import CARDS, Voted, say, vote_of_arena
from tests.browser.waits import until

PHONES = CARDS - 1
SOME, MORE = 5, 10
"""Ballots after which a copy is taken, and after which the first laptop dies."""


def ballots_of(server: Server) -> dict[str, str]:
    """The ballots that a laptop has: code's hash to choices."""
    with pads.opened(server) as store, store.reading() as tx:
        return {row["hash"]: row["choices"] for row in votes.ballots(tx, server.filled.id)}


@contextmanager
def beating(second: Second) -> Iterator[None]:
    """The second laptop says each moment how far it is."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(0.2):
            second.follower.beat()

    thread = threading.Thread(target=beat)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def voting(port: int, plan: phones.Plan) -> Iterator[list[phones.Came]]:
    """Phones that vote and ask until the second laptop has their ballot, as the page does."""
    came: list[phones.Came] = []
    thread = threading.Thread(target=lambda: came.append(asyncio.run(phones.hall(port, plan))))
    thread.start()
    try:
        yield came
    finally:
        thread.join()


def test_no_ballot_is_lost_by_a_takeover_and_none_counts_twice(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    cut_wire: Callable[[Server], Proxy],
    second: Callable[..., Second],
    shot: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
):
    """Phones in the rush, and a page that was answered that its ballot is counted."""
    monkeypatch.setattr(phones, "PATIENCE", 5.0)
    first = live_server(vote_of_arena)
    found: Voted = first.filled
    mine, *codes = found.codes
    wire = cut_wire(first)
    other = second(first, wire)
    pads.act(first, lambda store, who, at: holding.open_vote(store, who, found.id, at=at))
    other.follow()
    phone = new_page("phone", "zh")
    phone.clock.install()
    phone.goto(f"http://{HOST}:{wire.port}/vote/{found.id}?lang=zh#{mine}")
    plan = phones.Plan(
        found.id, codes, list(found.arena.entrants.values()), 0.5, 4.0, rush=4.0, pause=0.3
    )
    with voting(wire.port, plan), beating(other):
        until(lambda: len(ballots_of(first)) > SOME)
        other.follow()
        phone.locator(".place").nth(3).click()
        phone.locator(".go").click()
        expect(phone.get_by_text(say("voted"), exact=True)).to_be_visible()
        expect(phone.get_by_text(say("copying"))).to_be_visible()
        receipt = phone.locator(".rule dd").nth(1).inner_text()
        until(lambda: len(ballots_of(first)) > MORE)
        first.kill()
        wire.cut()
        answered = ballots_of(first)
        phone.clock.run_for(30_000)
        expect(phone.get_by_text(say("offline"))).to_be_visible()
        shot(phone, "vote_phone_takeover")
        server = other.take_over()
        lacks = answered.keys() - ballots_of(server).keys()
        assert digest(mine) in lacks
        wire.target = server.port
        wire.restore()
        phone.clock.run_for(30_000)
        until(lambda: digest(mine) in ballots_of(server))
    expect(phone.get_by_text(say("offline"))).to_have_count(0)
    expect(phone.locator(".rule dd").nth(1)).to_have_text(receipt)
    expect(phone.get_by_text(say("thanks"))).to_be_visible()
    kept = ballots_of(server)
    assert answered.items() <= kept.items()
    assert len(kept) == PHONES + 1
    pads.act(server, lambda store, who, at: holding.close_vote(store, who, found.id, at=at))
    with pads.opened(server) as store, store.reading() as tx:
        assert sum(votes.totals(tx, found.id).values()) == PHONES + 1
    assert pads.is_clean(server)
