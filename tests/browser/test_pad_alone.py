"""The light page of a judge: opened by the link, and without a network."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from competition.people import links
from tests.browser import pads
from tests.browser.pads import Pad, saved, stored, word
from tests.browser.proxy import Proxy
from tests.browser.server import HOST, Server
from words import t

Sit = Callable[..., tuple[Pad, Proxy]]


def test_a_link_opens_the_light_page_and_one_setting_the_whole_app(
    hall: Server, new_page: Callable[..., Page]
):
    """By the judge, on the device; and back again."""
    page, judge = new_page("tablet"), next(hall.filled.free)
    link = f"{hall.url}/j/{hall.filled.tokens[judge]}"
    page.goto(link)
    expect(page.locator(".pad .sum")).to_be_visible()
    assert "/pad/" in page.url
    assert page.evaluate("performance.getEntriesByType('resource').length") < 10
    page.locator(".pad .more:visible").click()
    page.locator(".pad .line", has_text=word("page_full")).click()
    expect(page.locator(".pad .sum")).to_be_visible()
    assert page.url.endswith("/judges-pad")
    led = page.evaluate("async link => (await fetch(link)).url", link)
    assert led == f"{hall.url}/", led
    page.locator(".pad .more:visible").click()
    page.locator(".pad .line", has_text=word("page_light")).click()
    expect(page.locator(".pad .sum")).to_be_visible()
    assert "/pad/" in page.url


def test_the_page_opens_without_a_network_over_plain_http(sit: Sit, hall: Server):
    """A closed tab opened again on a dead wire: all of it is there, and marking goes on."""
    pad, wire = sit(path="pad")
    pad.tap(0, 1, "19.5")
    pad.shows(saved(1))
    wire.cut()
    pad.tap(1, 1, "11")
    pad.shows(word("pending", n=1))
    address, context = pad.page.url, pad.page.context
    pad.page.close()
    again = Pad(context.new_page(), hall, pad.judge, wire.port, "pad")
    again.page.goto(address)
    expect(again.page.locator(".pad .sum")).to_be_visible()
    assert (again.value(0), again.value(1)) == ("19.5", "11.0")
    again.shows(word("offline"))
    again.tap(2, 0, "14")
    wire.restore()
    again.shows(saved(3))
    assert stored(hall, pad.judge)[:3] == ["19.5", "11.0", "14.0"]


def test_a_reload_on_a_dead_wire_asks_first(sit: Sit):
    """Over plain http the browser would show its own error page."""
    pad, wire = sit(path="pad")
    pad.tap(0, 1, "19.5")
    wire.cut()
    pad.tap(1, 1, "11")
    pad.shows(word("offline"))
    pad.page.locator(".pad .more:visible").click()
    expect(pad.page.locator(".pad .panel")).to_contain_text(word("offline_reload"))
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    pad.page.on("dialog", stay)
    pad.page.evaluate("setTimeout(() => location.reload())")
    pad.page.wait_for_function("() => true")
    expect(pad.page.locator(".pad .sum")).to_be_visible()
    pad.page.wait_for_event("dialog") if not asked else None
    assert asked == ["beforeunload"]
    pad.page.remove_listener("dialog", stay)
    wire.restore()


def test_where_a_browser_allows_it_even_a_reload_needs_no_network(
    hall: Server, browser: Browser, cut_wire: Callable[[Server], Proxy]
):
    """As under TLS: this machine's own address is a secure one to a browser."""
    wire, judge = cut_wire(hall), next(hall.filled.free)
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    try:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{wire.port}/j/{hall.filled.tokens[judge]}")
        expect(page.locator(".pad .sum")).to_be_visible()
        page.evaluate("navigator.serviceWorker.ready")
        page.wait_for_function("async () => (await (await caches.open('arena-pad')).keys()).length")
        pad = Pad(page, hall, judge, wire.port, "pad")
        wire.cut()
        pad.tap(0, 1, "19.5")
        pad.shows(word("offline"))
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        expect(page.locator(".pad .sum")).to_be_visible()
        assert pad.value(0) == "19.5"
        page.goto(f"http://127.0.0.1:{wire.port}/pad")
        expect(page.locator(".pad .sum")).to_be_visible()
        wire.restore()
        pad.shows(saved(1))
    finally:
        context.close()


@pytest.mark.long(
    "browser/test_pad_logic.py::test_a_storage_that_was_cleared_under_the_page_is_filled_again",
    "browser/test_pad.py::test_every_tap_through_a_cut_is_kept_on_the_plain_page",
)
def test_a_storage_cleared_under_the_page_loses_nothing(sit: Sit, hall: Server):
    """With two marks unsent: they are in storage again before the wire is back."""
    pad, wire = sit(path="pad")
    wire.cut()
    pad.tap(0, 1, "19.5")
    pad.tap(1, 1, "11")
    pad.shows(word("pending", n=2))
    pad.page.evaluate("localStorage.clear()")
    pad.page.wait_for_function(
        "() => Object.keys(localStorage).filter((one) => one.includes('.change.')).length === 2"
    )
    context = pad.page.context
    pad.page.close()
    wire.restore()
    again = Pad(context.new_page(), hall, pad.judge, wire.port, "pad").open()
    again.shows(saved(2))
    assert stored(hall, pad.judge)[:2] == ["19.5", "11.0"]


def test_a_revoked_link_ends_the_pad_in_words(sit: Sit, hall: Server):
    """What was not sent is said to be kept."""
    pad, wire = sit(path="pad")
    wire.cut()
    pad.tap(0, 1, "19.5")
    link = pads.one(
        hall, "SELECT id FROM links WHERE person_id = :p", p=hall.filled.judges[pad.judge]
    )
    pads.act(hall, lambda store, who, at: links.revoke_link(store, who, link, at=at))
    wire.restore()
    expect(pad.page.locator(".pad .ended")).to_contain_text(t("error.sign_in_needed", "zh"))
    expect(pad.page.locator(".pad .ended")).to_contain_text(word("kept", n=1))
    assert stored(hall, pad.judge)[0] is None


@pytest.mark.long(
    "browser/test_pad_logic.py::test_a_change_at_which_the_server_fails_holds_up_no_other",
    "browser/test_pad_alone.py::test_a_server_that_cannot_store_now_is_no_lost_network",
)
@pytest.mark.parametrize("path", ["pad", "judges-pad"])
def test_one_change_at_which_the_server_fails_holds_up_no_other(sit: Sit, hall: Server, path: str):
    """It is no lost network; and it goes again by itself."""
    pad, _ = sit(path=path)
    bad = hall.filled.criteria[1]
    fails = True

    def answer(route: object) -> None:
        body = route.request.post_data or ""  # type: ignore[attr-defined]
        if fails and bad in body:
            route.fulfill(status=500, body="Internal Server Error")  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    pad.page.route("**/api/marks", answer)
    for place, key in ((0, "19.5"), (1, "11"), (2, "11")):
        pad.tap(place, 1, key)
    expect(pad.page.locator(".pad .row .i.ok")).to_have_count(2)
    pad.shows(word("pending", n=1))
    expect(pad.page.locator(".pad .bar-offline")).to_have_count(0)
    assert stored(hall, pad.judge)[:3] == ["19.5", None, "11.0"]
    fails = False
    pad.shows(saved(3))
    assert stored(hall, pad.judge)[:3] == ["19.5", "11.0", "11.0"]


def test_a_server_that_cannot_store_now_is_no_lost_network(sit: Sit, hall: Server):
    """A full disk or a held lock: the pad says that, keeps the mark and sends it again."""
    pad, _ = sit(path="pad")
    pad.page.route("**/api/marks", lambda route: route.fulfill(status=503, body="busy"))
    pad.tap(0, 1, "19.5")
    pad.shows(word("server_fault"))
    expect(pad.page.locator(".pad .bar-offline")).to_have_count(0)
    pad.page.unroute("**/api/marks")
    pad.shows(saved(1))
    assert stored(hall, pad.judge)[0] == "19.5"
    assert HOST in pad.page.url
