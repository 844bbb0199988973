"""Two processes and nginx: sign in, mark, the hall follows; each is killed once under load.

Pad, desk and hall go over by themselves; no mark is lost or doubled.
"""

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import db
from commands.bench import proxy
from commands.bench.hall import Hall
from commands.bench.load import Tablet
from commands.bench.marking import acknowledged, unpaused
from commands.bench.soak import judged
from competition.people import links
from competition.stage import hall_links, moves
from tests.browser import pads
from tests.browser.inside import sign_in
from tests.browser.pads import FULL, Pad, saved, stored, word
from tests.browser.proxied import Installation, installed
from tests.browser.server import Server
from tests.browser.waits import until

pytestmark = pytest.mark.skipif(
    proxy.NGINX is None and os.environ.get("ARENA_NGINX") != "required",
    reason="nginx is not installed: apt-get install nginx-light",
)

LOG = logging.getLogger(__name__)
"""How soon each page was back: shown by ``-o log_cli=true``; ``bench failover`` measures it."""
JUDGES, LOADED = 6, (3, 4, 5, 6)
MORE = 8
"""Marks that come through before a process is killed, and again after it."""


def tablets(place: Installation, server: Server) -> list[Tablet]:
    """Tablets of the judges who have no browser here; they mark the last entrant's sheet."""
    filled: pads.Hall = server.filled
    hall = Hall(filled.event, filled.round_id, [filled.entrants[7]])
    with pads.opened(server) as store:
        with store.reading() as tx:
            rows = tx.rows("SELECT * FROM criteria WHERE round_id = :r", r=filled.round_id)
        for number in LOADED:
            hall.judges.append(filled.judges[number])
            token, at = filled.tokens[number], datetime.now(UTC)
            hall.cookies.append(links.open_link(store, token, at=at, address=token))
    hall.criteria = [
        {"id": row["id"], "maximum": row["maximum"], "step": row["step"]} for row in rows
    ]
    return [Tablet(hall, place.port, at, seed=at) for at in range(len(LOADED))]


@pytest.fixture
def filled(tmp_path: Path) -> tuple[Path, pads.Hall]:
    """A small hall in a new file."""
    path = tmp_path / "arena.db"
    store = db.Store(path)
    hall = pads.fill(store, judges=JUDGES)
    store.close()
    return path, hall


@pytest.mark.parametrize(
    "has_desk",
    [
        pytest.param(False, id="pad and hall"),
        pytest.param(
            True,
            id="and the desk",
            marks=pytest.mark.long(
                "browser/test_two_processes.py::test_a_killed_process_loses_nothing",
                "browser/test_live.py::test_a_seat_follows_its_pad_and_nothing_moves",
            ),
        ),
    ],
)
def test_a_killed_process_loses_nothing(
    filled: tuple[Path, pads.Hall],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
    has_desk: bool,
):
    """Killed one after the other under load, and started again between: all pages go on."""
    keys: list[str] = []

    def invite(hall: pads.Hall, store: db.Store, who: Any, at: Any) -> None:
        keys.append(hall_links.make_hall_link(store, who, hall.round_id, at=at))
        keys.append(links.make_link(store, who, hall.organizer, at=at))

    with installed(*filled) as place:
        server = place.processes[0]
        near = f"http://{server.host}:{place.port}"
        pads.act(server, partial(invite, filled[1]))
        pad = Pad(new_page("tablet"), server, 1, place.port, "pad").enter()
        desk, hall = new_page("desk") if has_desk else None, new_page("hall")
        if desk:
            sign_in(desk, server, keys[1], port=place.port)
            desk.goto(f"{near}/organizers-stage")
            expect(desk.locator(".a-safety")).to_be_visible()
        hall.goto(f"{near}/h/{keys[0]}")
        expect(hall.locator("main")).to_contain_text(pads.VILLAGES[0])
        pad.tap(0, 1, "18")
        pad.shows(saved(1))
        assert {cookie["name"] for cookie in pad.page.context.cookies()} >= {"arena_route"}
        marking = tablets(place, server)
        with unpaused(marking):
            for killed, entrant in ((0, 2), (1, 3)):
                until(partial(_grown, marking, acknowledged(marking) + MORE))
                place.kill(killed)
                since = monotonic()
                _calls(server, filled[1], entrant)
                pad.type(entrant - 1, FULL[entrant - 1])
                pad.shows(saved(entrant))
                LOG.info("pad after %.1f s", monotonic() - since)
                expect(hall.locator("main")).to_contain_text(pads.VILLAGES[entrant - 1])
                LOG.info("hall after %.1f s", monotonic() - since)
                if desk:
                    answered = desk.get_by_role("button", name=f"，{entrant}号转入答辩")
                    expect(answered).to_be_visible()
                    LOG.info("desk after %.1f s", monotonic() - since)
                    shot(desk, f"two_processes_{killed}")
                until(partial(_grown, marking, acknowledged(marking) + MORE))
                if killed == 0:
                    place.start_again(killed)
        pad.fill(FULL)
        pad.shows(saved(7))
        pad.button(word("submit")).click()
        pad.shows(word("state_submitted"))
        assert stored(server, 1) == [f"{float(mark):.1f}" for mark in FULL]
        for process in place.processes:
            assert "Traceback" not in process.log, process.log
    counted = judged(server.path, marking[0].hall, marking, 0)
    assert (counted.lost, counted.wrong, counted.refused, counted.findings) == (0, 0, 0, 0)
    assert counted.marks == acknowledged(marking)


def _grown(marking: list[Tablet], wanted: int) -> bool:
    return acknowledged(marking) >= wanted


def _calls(server: Server, hall: pads.Hall, entrant: int) -> None:
    """The stage goes on to another entrant, by the organizer at another machine."""

    def go_on(store: db.Store, who: Any, at: Any) -> None:
        for stage in ("marking", "done"):
            moves.move_stage(store, who, hall.round_id, hall.entrants[entrant - 1], stage, at=at)
        for stage in ("called", "presenting"):
            moves.move_stage(store, who, hall.round_id, hall.entrants[entrant], stage, at=at)

    pads.act(server, go_on)
