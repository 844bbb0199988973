"""The app starts, answers a browser, and asks nobody else for anything."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, expect

import db
from competition.people import links
from tests.browser.server import Server


def begin(store: db.Store) -> str:
    """A competition with nothing in it but its organizer; their token."""
    at = datetime.now(UTC)
    _, token = links.begin(store, title="样例比赛", organizer="李梅", at=at)
    return token


def test_the_organizer_enters_by_link_and_stays(
    kept_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """The link becomes a cookie, the address shows no token, a reload needs no link."""
    server = kept_server(begin)
    page = new_page("desk", "zh")
    page.goto(f"{server.url}/j/{server.filled}")
    expect(page.locator("[data-testid=stApp]")).to_be_visible()
    expect(page.get_by_text("李梅").first).to_be_visible()
    assert server.filled not in page.url
    page.reload()
    expect(page.get_by_text("李梅").first).to_be_visible()
    shot(page, "smoke_organizer")


def test_whoever_comes_without_a_link_sees_the_landing_page(
    kept_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """A name, and how to get in; nobody's data."""
    server = kept_server(begin)
    page = new_page("phone", "zh")
    page.goto(server.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("李梅")).to_have_count(0)
    expect(page.locator("script")).to_have_count(0)
    shot(page, "smoke_landing_phone")


def test_the_wire_can_be_cut_and_restored(
    kept_server: Callable[..., Server],
    new_page: Callable[..., Page],
    cut_wire: Callable,
):
    """A cut wire fails a request at once; a restored one lets the next through."""
    server = kept_server(begin)
    wire = cut_wire(server)
    page = new_page("tablet", "en")
    page.goto(f"{server.url.rsplit(':', 1)[0]}:{wire.port}")
    ask = "fetch('/_stcore/health').then(a => a.ok, () => false)"
    assert page.evaluate(ask) is True
    wire.cut()
    assert page.evaluate(ask) is False
    wire.restore()
    assert page.evaluate(ask) is True
