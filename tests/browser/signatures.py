"""A result signed by two people, each on their own page."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.inside import sign_in
from tests.browser.server import Server
from words import t


def button(page: Page, act: str) -> Locator:
    """The button of a signature, whatever the check code it shows."""
    name = t(f"organizers.certify.act.{act}", "zh", sha256="").partition(" ")[0]
    return page.get_by_role("button", name=name)


def press(page: Page, act: str) -> None:
    """Open a signature's dialog, and sign."""
    button(page, act).click()
    name = t(f"organizers.certify.confirm.{act}", "zh")
    page.get_by_test_id("stDialog").get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_test_id("stDialog")).to_have_count(0)


def sign_second(page: Page, server: Server, round_id: str) -> None:
    """The supervisor gives the second signature."""
    entered = server.filled
    sign_in(page, server, entered.tokens[entered.supervisor.person_id])
    page.goto(f"{server.url}/organizers-standings?round={round_id}&lang=zh")
    press(page, "certify")
    expect(page.locator(".a-hash").first).to_be_visible()
