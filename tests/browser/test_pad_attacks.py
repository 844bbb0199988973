"""What a hall does to a pad that no plan has foreseen: nothing is lost, and all of it is said."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from playwright.sync_api import Page, Route, expect

import db
from competition.lineup import panel
from competition.rounds import rounds
from competition.visitor import Visitor
from tests.browser import pads
from tests.browser.pads import FULL, Pad, applied, saved, stored, word
from tests.browser.proxy import Proxy
from tests.browser.server import Server
from words import t

Sit = Callable[..., tuple[Pad, Proxy]]

DENIED = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied'); }})"
FULL_UP = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"
WECHAT = (
    "Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"
    " Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160065 MicroMessenger/8.0.42 Language/zh_CN"
)


def troubles(pad: Pad) -> None:
    """Open what needs attention."""
    pad.shows(word("attention"))
    pad.page.locator(".pad .look.alert").click()


def test_submitted_on_a_dead_wire_and_closed_meanwhile(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    cut_wire: Callable[[Server], Proxy],
):
    """The marks ask for a second person; that the submit came too late is said once."""
    server = live_server(partial(pads.fill, judges=1))
    wire = cut_wire(server)
    pad = Pad(new_page("tablet"), server, 1, wire.port, "pad").enter()
    wire.cut()
    pad.fill(FULL)
    pad.page.locator(".pad .submit").click()
    expect(pad.page.locator(".pad .outcome h2")).to_contain_text(word("submit_waits"))

    def close(store: db.Store, who: Visitor, at: datetime) -> None:
        rounds.close_round(store, who, server.filled.round_id, at=at, reason="时间到")

    pads.act(server, close)
    wire.restore()
    troubles(pad)
    boxes = pad.page.locator(".pad .trouble")
    expect(boxes).to_have_count(2)
    expect(boxes.nth(0)).to_contain_text(word("kind_submit"))
    expect(boxes.nth(1)).to_contain_text("19.5")
    pad.button(word("understood")).click()
    assert pad.kept == 0
    assert stored(server, 1) == [None] * 7
    assert pads.one(server, "SELECT count(*) FROM requested_marks") == 7
    assert pads.is_clean(server)


def test_recused_with_a_whole_sheet_unsent_is_said_once(sit: Sit, hall: Server):
    """Seven marks and a submit are one trouble with eight lines, and one tap to have read it."""
    pad, wire = sit(path="pad")
    wire.cut()
    pad.fill(FULL)
    pad.page.locator(".pad .submit").click()

    def recuse(store: db.Store, who: Visitor, at: datetime) -> None:
        found = hall.filled
        key = (found.round_id, found.entrants[1], found.judges[pad.judge])
        panel.declare_recusal(store, who, *key, reason="同单位", at=at)

    pads.act(hall, recuse)
    wire.restore()
    troubles(pad)
    expect(pad.page.locator(".pad .trouble")).to_have_count(1)
    expect(pad.page.locator(".pad .trouble")).to_contain_text("同单位")
    expect(pad.page.locator(".pad .trouble li")).to_have_count(8)
    pad.button(word("understood")).click()
    assert pad.kept == 0
    assert stored(hall, pad.judge) == [None] * 7


@pytest.mark.long(
    "browser/test_pad.py::test_a_second_tab_takes_over_and_both_values_are_shown",
    "browser/test_pad_logic.py::test_a_full_or_forbidden_storage_keeps_in_memory_and_says_so",
    "browser/test_pad_logic.py::"
    "test_what_found_no_room_is_kept_while_the_page_lives_and_moves_in_later",
)
@pytest.mark.parametrize("script", [DENIED, FULL_UP], ids=["denied", "full"])
def test_without_storage_the_page_itself_keeps_what_was_tapped(
    sit: Sit, hall: Server, new_page: Callable[..., Page], script: str
):
    """It says so while it matters; after the cut all is stored, conflicts can be settled."""
    pad, wire = sit(path="pad", prepare=script)
    pad.tap(0, 1, "19")
    pad.shows(saved(1))
    wire.cut()
    pad.type(1, "13")
    pad.tap(0, 1, "20")
    pad.shows(word("no_storage"))
    pad.shows(word("pending", n=2))
    spare = Pad(new_page("tablet"), hall, pad.judge, hall.port, "pad").enter()
    spare.button(word("take_over")).click()
    spare.tap(0, 1, "21")
    wire.restore()
    expect(pad.page.locator(".pad .ended")).to_contain_text(word("taken_title"))
    pad.button(word("take_back")).click()
    troubles(pad)
    pad.button(word("use_mine", value="20.0")).click()
    pad.button(word("close")).click()
    pad.shows(saved(2))
    assert stored(hall, pad.judge)[:2] == ["20.0", "13.0"]


@pytest.mark.parametrize(
    "days",
    [
        1,
        pytest.param(
            -1,
            marks=pytest.mark.long(
                "browser/test_pad_attacks.py::test_a_tablet_whose_clock_is_a_day_off"
            ),
        ),
    ],
)
def test_a_tablet_whose_clock_is_a_day_off(sit: Sit, hall: Server, days: int):
    """Order, times shown and the time left are the server's."""
    pad, wire = sit(path="pad", clock=datetime.now(UTC) + timedelta(days=days))
    wire.cut()
    pad.tap(0, 1, "18")
    pad.tap(0, 1, "19")
    wire.restore()
    pad.shows(saved(1))
    pad.fill(FULL)
    pad.shows(saved(7))
    pad.page.locator(".pad .submit").click()
    expect(pad.page.locator(".pad .outcome h2")).to_contain_text(word("state_submitted"))
    left = [word("time_left", time=word("seconds", seconds=n)) for n in range(pads.GRACE + 1)]
    expect(pad.page.locator(".pad .outcome")).to_contain_text(re.compile("|".join(left)))
    expect(pad.page.locator(".pad .outcome h2")).to_contain_text(word("state_locked"))
    assert stored(hall, pad.judge)[0] == "19.5"
    assert applied(hall, pad.judge) == 2 + 7


@pytest.mark.long(
    "browser/test_pad_logic.py::test_changes_are_kept_in_the_order_of_the_taps",
    "browser/test_pad.py::test_every_tap_through_a_cut_is_kept_on_the_plain_page",
)
@pytest.mark.parametrize("count", [20, 100])
def test_many_marks_of_two_sheets_wait_and_arrive_each_once(sit: Sit, hall: Server, count: int):
    """In the order they were tapped."""
    pad, wire = sit(path="pad")
    pad.turn(0)
    pad.page.locator(".pad .anchor").nth(1).click()
    wire.cut()
    tap = """async count => {
      for (let tap = 0; tap < count; tap += 1) {
        const keys = document.querySelectorAll('.pad .markkey');
        keys[tap % 2].click();
        await new Promise(requestAnimationFrame);
      }
    }"""
    pad.page.evaluate(tap, count)
    pad.page.locator(".pad .who").click()
    pad.page.locator(".pad .sheet-open").nth(1).click()
    pad.page.locator(".pad .anchor").nth(1).click()
    pad.page.evaluate(tap, count)
    pad.shows(word("pending", n=2 * count))
    assert pad.kept == 2 * count
    wire.restore()
    pad.shows(saved(1))
    assert (applied(hall, pad.judge), pad.kept) == (2 * count, 0)
    assert stored(hall, pad.judge)[0] == stored(hall, pad.judge, entrant=2)[0] == "18.5"


def test_a_wire_that_swallows_everything_is_a_dead_one(sit: Sit, hall: Server):
    """Nothing answers and nothing is refused: after seconds the pad says offline, and goes on."""
    pad, wire = sit(path="pad", prepare="delete window.AbortController")
    pad.shows(saved(0))
    wire.hang()
    pad.tap(0, 1, "19")
    pad.shows(word("offline"))
    pad.type(1, "13")
    wire.restore()
    pad.shows(saved(2))
    assert stored(hall, pad.judge)[:2] == ["19.0", "13.0"]


def test_a_pad_opened_without_its_server_takes_the_seat_later(
    sit: Sit, hall: Server, new_page: Callable[..., Page]
):
    """Else two tablets would mark for one seat and neither would know."""
    first = Pad(new_page("tablet"), hall, next(hall.filled.free), hall.port, "pad")

    def nobody(route: Route) -> None:
        route.abort()

    first.page.route("**/api/**", nobody)
    first.page.goto(f"{hall.url}/j/{hall.filled.tokens[first.judge]}", wait_until="commit")
    first.page.goto(first.address)
    first.shows(word("offline"))
    with first.page.expect_response("**/api/seat"):
        first.page.unroute("**/api/**")
    second = Pad(new_page("tablet"), hall, first.judge, hall.port, "pad").enter()
    expect(second.page.locator(".pad .ended")).to_contain_text(word("held_title"))


def test_a_language_chosen_on_a_dead_wire_stays_chosen(sit: Sit, hall: Server):
    """The server hears of it when it is there again; a reload speaks it too."""
    pad, wire = sit(path="pad")
    wire.cut()
    pad.page.locator(".pad .languages button").nth(1).click()
    with pad.page.expect_response("**/api/language"):
        wire.restore()
    pad.open()
    pad.shows(t("pad.saved", "en", saved=0, of=7))


@pytest.mark.long(
    "browser/test_pad.py::test_a_sheet_is_marked_saved_and_submitted",
    "browser/test_pad.py::test_an_old_webview_marks_too",
)
def test_inside_wechat_the_pad_marks_in_the_apps_own_page(sit: Sit, hall: Server):
    """A browser of these years: it needs no plain page."""
    pad, wire = sit(agent=WECHAT, size="phone")
    assert pad.page.url == pad.address
    wire.cut()
    pad.tap(0, 1, "19")
    wire.restore()
    pad.shows(saved(1))
    assert stored(hall, pad.judge)[0] == "19.0"
