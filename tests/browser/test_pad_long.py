"""The pad's journeys through long times: a minute without a network, ten minutes asleep.

The page's clock leaps over them; ``ARENA_SLEEP_SECONDS`` lets the second truly pass.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser import pads
from tests.browser.pads import Pad, applied, saved, stored, word
from tests.browser.proxy import Proxy
from tests.browser.server import Server

BETWEEN_TAPS = 2.5
CUT_SECONDS = 60
TAPS = int(CUT_SECONDS / BETWEEN_TAPS)
LEVELS = ("18", "18.5", "19", "19.5", "20", "20.5", "21", "21.5")

SLEEP = float(os.environ.get("ARENA_SLEEP_SECONDS", "0"))
"""How long the tablet truly sleeps; at 0 its clock leaps over the ten minutes instead."""


@pytest.mark.long(
    "browser/test_pad.py::test_every_tap_through_a_cut_is_kept_on_the_plain_page",
    "browser/test_pad_long.py::test_a_tablet_that_slept_for_ten_minutes_goes_on",
)
def test_a_tap_every_two_and_a_half_seconds_through_a_minute_is_kept(
    sit: Callable[..., tuple[Pad, Proxy]], hall: Server
):
    """Past the moment when Streamlit blocks its page; on two sheets in turn.

    Nothing is stored meanwhile, then every tap is, each once.
    """
    pad, wire = sit(clock=datetime.now(UTC))
    pad.shows(saved(0))
    wire.cut()
    last: dict[int, str] = {}
    for tap in range(TAPS):
        entrant = 1 + tap * 2 // TAPS
        if tap and entrant not in last:
            pad.page.locator(".pad .who").click()
            pad.page.locator(".pad .sheet-open").nth(entrant - 1).click()
        last[entrant] = LEVELS[tap % len(LEVELS)]
        pad.tap(0, 1, last[entrant])
        assert pad.value(0) == f"{float(last[entrant]):.1f}"
        pad.page.clock.run_for(BETWEEN_TAPS * 1000)
    pad.shows(word("offline"))
    assert stored(hall, pad.judge) == stored(hall, pad.judge, entrant=2) == [None] * 7
    assert pad.kept == TAPS
    wire.restore()
    pad.shows(saved(1))
    expect(pad.page.locator(".pad .bar")).not_to_contain_text(word("pending", n=""))
    for entrant, mark in last.items():
        assert stored(hall, pad.judge, entrant=entrant)[0] == f"{float(mark):.1f}"
    assert applied(hall, pad.judge) == TAPS
    assert pad.kept == 0


@pytest.mark.parametrize(
    "path",
    [
        "pad",
        pytest.param(
            "judges-pad",
            marks=pytest.mark.long(
                "browser/test_pad_long.py::test_a_tablet_that_slept_for_ten_minutes_goes_on"
            ),
        ),
    ],
)
def test_a_tablet_that_slept_for_ten_minutes_goes_on(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    cut_wire: Callable[[Server], Proxy],
    path: str,
):
    """Its timers stood still; in the app its socket is dead and its session forgotten, too."""
    server = live_server(
        partial(pads.fill, judges=1), STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL="0"
    )
    wire = cut_wire(server)
    page = new_page("tablet")
    if not SLEEP:
        page.clock.install()
    pad = Pad(page, server, 1, wire.port, path).enter()
    pad.tap(0, 1, "18")
    pad.shows(saved(1))
    wire.cut()
    pad.tap(0, 1, "19")
    pad.type(1, "13")
    browser = page.context.new_cdp_session(page)
    browser.send("Page.setWebLifecycleState", {"state": "frozen"})
    page.wait_for_timeout(SLEEP * 1000)
    browser.send("Page.setWebLifecycleState", {"state": "active"})
    if not SLEEP:
        page.clock.fast_forward("10:00")
    wire.restore()
    pad.shows(saved(2))
    assert stored(server, 1)[:3] == ["19.0", "13.0", None]
    pad.type(2, "12")
    pad.shows(saved(3))
    assert stored(server, 1)[:3] == ["19.0", "13.0", "12.0"]
    assert applied(server, 1) == 4
    assert pad.kept == 0
    assert pads.is_clean(server)
