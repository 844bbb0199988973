"""The host's page in a browser: what is read out, the button at the thumb, no second score."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SIZES
from tests.browser.halls import Arena, call, fill
from tests.browser.inside import sign_in
from tests.browser.server import Server
from tests.browser.waits import asked, painted
from words import t

LOOKED = """() => {
  const found = [];
  for (const one of document.querySelectorAll('main *')) {
    const place = one.getBoundingClientRect();
    const text = [...one.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!text || !place.width) continue;
    if (place.right > innerWidth + 1 || place.left < -1) found.push(one.textContent.slice(0, 20));
    if (parseFloat(getComputedStyle(one).fontSize) < 13) found.push(one.textContent.slice(0, 20));
  }
  const main = document.querySelector('main').getBoundingClientRect();
  if (document.documentElement.scrollWidth > innerWidth || main.height > innerHeight + 1)
    found.push(`${document.documentElement.scrollWidth} ${main.height}`);
  return found;
}"""


def open_host(page: Page, server: Server, lang: str = "zh") -> None:
    """The host opens the page."""
    found: Arena = server.filled
    sign_in(page, server, found.entered.tokens[str(found.entered.host.person_id)])
    page.goto(f"{server.url}/host/{found.round_id}?lang={lang}")


def looked(page: Page) -> None:
    """Nothing runs out of the screen, nothing is too small; the button is under the thumb."""
    assert page.evaluate(LOOKED) == []
    button = page.locator("footer button").bounding_box()
    size = page.viewport_size
    assert button is not None
    assert size is not None
    assert button["height"] >= 56
    assert button["y"] > size["height"] * 0.6


def test_the_host_reads_shows_and_goes_on(
    kept_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """Three held ones at once, then one by one; a double tap announces one and no second."""
    server = kept_server(fill)
    phone = new_page("phone", "zh")
    open_host(phone, server)
    button = phone.locator("footer button")
    expect(button).to_have_text(t("organizers.host.read_together", "zh"))
    expect(phone.locator(".p-final")).to_have_count(3)
    for size in ("tablet_upright", "tablet", "phone"):
        width, height = SIZES[size]
        phone.set_viewport_size({"width": width, "height": height})
        painted(phone)
        looked(phone)
        shot(phone, f"host_{size}_three")
    button.click()
    expect(button).to_have_text(t("organizers.host.read", "zh"))
    expect(phone.locator(".p-final")).to_have_count(1)
    expect(button).to_be_enabled()
    expect(phone.locator(".p-now b")).to_have_text(t("organizers.host.shows.list", "zh"))
    lines = phone.locator(".p-say dt").all_inner_texts()
    assert lines[:2] == [
        t("organizers.host.dropped_high", "zh"),
        t("organizers.host.dropped_low", "zh"),
    ]
    looked(phone)
    shot(phone, "host_phone")
    number = phone.locator(".p-no").inner_text()
    button.dblclick()
    expect(phone.locator(".p-no")).not_to_have_text(number)
    shown = f"{number} {t('organizers.host.shows.score', 'zh')}"
    expect(phone.locator(".p-now b")).to_have_text(shown)
    expect(button).to_be_enabled()
    asked(phone, "/api/host/")
    expect(phone.locator(".p-now b")).to_have_text(shown)
    call(server, 17, "done")
    call(server, 18, "called", "presenting")
    expect(phone.locator("#time")).to_contain_text("/ 8:00")
    looked(phone)


@pytest.mark.long(
    "browser/test_host.py::test_the_host_reads_shows_and_goes_on",
)
@pytest.mark.parametrize(("size", "lang"), [("tablet", "zh"), ("tablet_upright", "en")])
def test_a_tablet_on_the_lectern(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
    size: str,
    lang: str,
):
    """Score and introduction beside or above each other; then the line that the stage asks for."""
    server = live_server(fill)
    page = new_page(size, lang)
    open_host(page, server, lang)
    page.locator("footer button").click()
    expect(page.locator(".p-final")).to_have_count(1)
    expect(page.locator("footer button")).to_be_enabled()
    looked(page)
    shot(page, f"host_{size}_{lang}")
    call(server, 17, "done")
    call(server, 18, "called", "presenting")
    expect(page.locator("#time")).to_contain_text("/ 8:00")
    looked(page)
    shot(page, f"host_{size}_{lang}_presenting")


def test_without_the_hosts_link_there_is_nothing_to_see(
    kept_server: Callable[..., Server], new_page: Callable[..., Page]
):
    """A stranger, and a judge of the panel: neither names nor scores."""
    server = kept_server(fill)
    found: Arena = server.filled
    page = new_page("phone", "zh")
    page.goto(f"{server.url}/host/{found.round_id}?lang=zh")
    expect(page.locator("body")).to_contain_text(t("organizers.host.refused", "zh"))
    expect(page.locator(".p-final")).to_have_count(0)
