"""The first entrants of a session: held, side by side on the pad, announced together."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import db
from competition.sign_ins import visitor_of
from competition.stage import moves, releasing
from competition.visitor import Visitor
from tests.browser import pads
from tests.browser.axe import serious
from tests.browser.conftest import SIZES
from tests.browser.pads import FULL, Pad, applied, stored, word
from tests.browser.server import Server
from tests.browser.waits import painted

HELD = 3
OTHERS = (FULL, ("22", "10", "14", "5", "11", "10", "7.5"), ("16.5", "8", "9", "9", "13", "8", "6"))


def fill(store: db.Store) -> pads.Hall:
    """One judge, so that their sheets are all the host waits for; three are held and in."""
    hall = pads.fill(store, judges=1, hall="scores", held_first=HELD)
    with store.reading() as tx:
        who = visitor_of(tx, hall.judges[1])
    for number, sheet in enumerate(OTHERS, start=1):
        pads.hand_in(hall, number, sheet, store, who, datetime.now(UTC))
    return hall


@pytest.fixture
def server(live_server: Callable[..., Server]) -> Server:
    """The hall in which the first three are held."""
    return live_server(fill)


def compared(pad: Pad) -> Pad:
    """The pad with the held sheets side by side."""
    pad.page.locator(".pad .who").click()
    pad.page.locator(".pad .panel-acts .btn").nth(1).click()
    return pad


def beside(pad: Pad, entrant: int, place: int) -> Locator:
    """A mark of the panel where the held stand side by side."""
    return (
        pad.page.locator(".pad .columns tbody tr").nth(place).locator(".held-mark").nth(entrant - 1)
    )


def test_held_sheets_stand_side_by_side_and_may_be_changed_until_they_are_announced(
    server: Server, new_page: Callable[..., Page]
):
    """Having heard three, the judge moves the first; the host announces all; then it is fixed."""
    pad = Pad(new_page("tablet"), server, 1, server.port, "pad").enter()
    compared(pad)
    for size in ("phone", "tablet"):
        fits(pad, size)
    titles = pad.page.locator(".pad .columns thead .num")
    expect(titles).to_have_text([word("number", number=n) for n in (1, 2, 3)])
    totals = pad.page.locator(".pad .columns .total")
    expect(totals).to_have_text(["84.0", "79.5", "69.5"])
    beside(pad, 1, 0).click()
    pad.tap(0, 0, "23.5")
    pad.button(word("compare_held", count=HELD)).click()
    expect(beside(pad, 1, 0)).to_have_text("23.5")
    expect(totals.nth(0)).to_have_text("88.0")
    pad.button(word("close")).click()
    pad.shows(word("state_held"))
    assert [stored(server, 1, entrant=n)[0] for n in (1, 2, 3)] == ["23.5", "22.0", "16.5"]
    assert applied(server, 1, "submit") == HELD

    def announce(store: db.Store, who: Visitor, at: datetime) -> None:
        steps = ("called", "presenting", "answering", "marking", "done")
        for number, missed in ((1, steps[2:]), (2, steps), (3, steps)):
            for step in missed:
                where = (server.filled.round_id, server.filled.entrants[number], step)
                moves.move_stage(store, who, *where, at=at)
        releasing.release_score(
            store, who, server.filled.round_id, server.filled.entrants[2], at=at
        )

    pads.act(server, announce)
    pad.shows(word("state_locked"))
    expect(pad.page.locator(".pad .row").first).to_have_attribute("role", "group")
    pad.page.locator(".pad .who").click()
    expect(pad.page.locator(".pad .panel-sheets")).to_be_visible()
    expect(pad.button(word("compare_held", count=HELD))).to_have_count(0)
    assert pads.one(server, "SELECT count(*) FROM releases") == HELD
    assert pads.one(server, "SELECT count(DISTINCT batch) FROM releases") == 1
    assert pads.one(server, "SELECT count(*) FROM sheets WHERE locked_at IS NOT NULL") == HELD
    assert pads.is_clean(server)


def fits(pad: Pad, size: str) -> None:
    """Keys of 56 px, nothing cut off, where the held stand side by side."""
    width, height = SIZES[size]
    pad.page.set_viewport_size({"width": width, "height": height})
    painted(pad.page)
    assert pad.page.evaluate("document.documentElement.scrollWidth") <= width
    for place in range(7):
        box = beside(pad, 3, place).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 56
        assert box["x"] + box["width"] <= width


@pytest.mark.long(
    "browser/test_pad_held.py::"
    "test_held_sheets_stand_side_by_side_and_may_be_changed_until_they_are_announced",
    "browser/test_pad_look.py::test_axe_finds_nothing_serious",
)
def test_side_by_side_fits_every_screen(
    server: Server, new_page: Callable[..., Page], shot: Callable[..., Path]
):
    """Both languages, light and dark: keys of 56 px, nothing cut off, nothing axe calls serious."""
    pad = Pad(new_page("tablet"), server, 1, server.port, "pad").enter()
    page = pad.page
    for lang, scheme in (("zh", "light"), ("en", "dark")):
        page.locator(".pad .languages button").nth(int(lang == "en")).click()
        compared(pad)
        page.emulate_media(color_scheme=scheme)
        for size in ("tablet", "tablet_upright", "phone"):
            fits(pad, size)
            shot(page, f"pad_held_{size}_{lang}")
            assert [one["id"] for one in serious(page)] == []
        page.locator(".pad .close").click()
