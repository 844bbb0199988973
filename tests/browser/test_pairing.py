"""A tablet without a QR code: four digits on it, typed at the desk, and it is a judge's seat."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from competition import sign_ins
from competition.people import pairing
from tests.browser.halls import act, fill
from tests.browser.inside import sign_in
from tests.browser.server import Server
from tests.browser.waits import asked
from words import t

TOUCH = 48


def digits(page: Page) -> str:
    return "".join(page.locator(".p-digits span").all_inner_texts())


def at_the_desk(page: Page, server: Server, role: str, lang: str = "zh") -> None:
    """One of the staff opens the page of pairing."""
    entered = server.filled.entered
    sign_in(page, server, entered.tokens[str(getattr(entered, role).person_id)])
    page.goto(f"{server.url}/organizers-pairing?lang={lang}")
    expect(page.locator(".st-key-pairing-form")).to_be_visible()


def type_digits(page: Page, code: str) -> None:
    """Type the digits for the seat that is offered, and look at the tablet found."""
    field = page.locator(".st-key-pairing-form [data-testid=stTextInput] input")
    field.fill(code)
    page.locator(".st-key-pairing-form").get_by_test_id("stBaseButton-primaryFormSubmit").click()


def confirm(page: Page) -> None:
    page.get_by_test_id("stDialog").get_by_test_id("stBaseButton-primary").click()


def test_a_tablet_that_was_paired_goes_on_by_itself(
    live_server: Callable[..., Server], new_page: Callable[..., Page]
):
    """It keeps its digits over a reload, and opens the pad; another one goes on waiting."""
    server = live_server(fill)
    tablet, other = new_page("phone", "zh"), new_page("tablet")
    for page in (tablet, other):
        page.goto(f"{server.url}/pair")
    code, kept = digits(tablet), digits(other)
    assert code != kept
    fits(tablet)
    tablet.reload()
    assert digits(tablet) == code
    judge = server.filled.entered.judges[16]
    act(server, "scorekeeper", pairing.pair_tablet, judge, code)
    expect(tablet.locator(".pad .sum")).to_be_visible()
    assert who_is(server, tablet) == judge
    asked(other, "/api/pair")
    assert digits(other) == kept


@pytest.mark.long(
    "browser/test_pairing.py::test_a_tablet_that_was_paired_goes_on_by_itself",
    "organizers/prepare/test_pairing.py::"
    "test_digits_become_a_seat_once_the_tablet_found_is_confirmed",
)
@pytest.mark.parametrize(
    ("size", "lang"), [("phone", "zh"), ("tablet", "zh"), ("tablet_upright", "en")]
)
def test_a_tablet_gets_its_seat_at_the_desk(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
    size: str,
    lang: str,
):
    """The scorekeeper looks at device and digits and confirms; the tablet goes on by itself.

    A slip of the finger is answered in words, and nothing is paired; another tablet that waits
    goes on waiting with its own digits.
    """
    server = live_server(fill)
    tablet, other = new_page(size, lang), new_page("tablet")
    for page in (tablet, other):
        page.goto(f"{server.url}/pair")
    code, kept = digits(tablet), digits(other)
    assert code != kept
    assert len(code) == 4
    shot(tablet, f"pair_{size}_{lang}")
    fits(tablet)
    tablet.reload()
    assert digits(tablet) == code
    desk = new_page("desk", "zh")
    at_the_desk(desk, server, "scorekeeper")
    dialog = desk.get_by_test_id("stDialog")
    wrong = next(one for one in ("0417", "0418", "0419") if one not in (code, kept))
    type_digits(desk, wrong)
    expect(dialog.locator(".a-refused")).to_contain_text(wrong)
    expect(dialog.get_by_test_id("stBaseButton-primary")).to_have_count(0)
    shot(desk, "pair_wrong_digits")
    desk.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    type_digits(desk, code)
    expect(dialog).to_contain_text(code)
    shot(desk, f"pair_desk_{size}")
    confirm(desk)
    expect(desk.locator(".st-key-pairing-form")).to_contain_text("评委16")
    expect(tablet.locator(".pad .sum")).to_be_visible()
    seat = t("pad.seat", lang, seat="16")
    expect(tablet.locator(".pad .seat, .pad .sofar").filter(has_text=seat).first).to_be_attached()
    shot(tablet, f"pair_in_{size}_{lang}")
    assert who_is(server, tablet) == server.filled.entered.judges[16]
    expect(desk.locator("tbody tr").first).to_contain_text(
        t("organizers.pairing.devices", "zh", count=1)
    )
    asked(other, "/api/pair")
    assert digits(other) == kept


def fits(page: Page) -> None:
    """Nothing wider than the screen; the language's targets can be touched."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    for box in page.locator(".p-lang").all():
        size = box.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= TOUCH


def who_is(server: Server, page: Page) -> str | None:
    """Whose seat the cookie of a page's browser stands for."""
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    assert "arena_pairing" not in cookies
    store = db.Store(server.path)
    try:
        return sign_ins.who_is(store, cookies["arena_seat"], at=datetime.now(UTC)).person_id
    finally:
        store.close()
