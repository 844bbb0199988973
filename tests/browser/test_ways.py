"""Ways through the pages: the round in the address, rows that lead on, a lost server."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from competition.results import copying
from examples import village_final
from examples.entering import Entered, enter
from tests.browser.server import Server
from tests.opening import NAMES
from words import t

SLOW = 30_000
SECOND = "加赛"


def fill(store: db.Store) -> Entered:
    """The village final, open, and a second round that is prepared beside it."""
    entered = enter(
        store, village_final(2022), at=datetime.now(UTC) - timedelta(hours=9), names=NAMES
    )
    round_id = next(iter(entered.rounds.values()))
    entered.rounds[2] = copying.copy_round(
        store,
        entered.organizer,
        round_id,
        title=SECOND,
        stage="final",
        category="village",
        takes="all",
        at=datetime.now(UTC),
    )
    return entered


@pytest.fixture
def inside(
    live_server: Callable[..., Server], new_page: Callable[..., Page]
) -> tuple[Page, Server]:
    """The organizer, come in by their link."""
    server = live_server(fill)
    page = new_page("desk", "zh")
    entered = server.filled
    page.goto(f"{server.url}/j/{entered.tokens[entered.organizer.person_id]}")
    expect(page.locator("h1.a-h1")).to_be_visible(timeout=SLOW)
    return page, server


def picked(page: Page):
    """The round that the top line names."""
    return page.get_by_role("combobox", name=t("ui.round.choose", "zh")).first


def go(page: Page, name: str) -> None:
    """Go to an entry of the menu."""
    page.locator("[data-testid=stSidebar]").get_by_role("link", name=name, exact=True).click()


def test_the_round_stays_through_reload_second_tab_back_and_closing(
    inside: tuple[Page, Server], shot: Callable[..., Path]
):
    """The address says which round; nothing but a choice changes it."""
    page, server = inside
    first, second = server.filled.rounds.values()
    picked(page).click()
    page.get_by_role("option", name=SECOND, exact=True).click()
    expect(page).to_have_url(re.compile(second), timeout=SLOW)
    go(page, t("entry.rules", "zh"))
    expect(page.locator("h1")).to_have_text(t("organizers.rubric.title", "zh"), timeout=SLOW)
    assert f"round={second}" in page.url
    page.reload()
    expect(picked(page)).to_have_value(SECOND, timeout=SLOW)
    tab = page.context.new_page()
    tab.goto(page.url)
    expect(picked(tab)).to_have_value(SECOND, timeout=SLOW)
    tab.goto(f"{server.url}/organizers-overview?round={first}")
    tab.get_by_role("button", name=t("organizers.act.close_round", "zh")).click()
    dialog = tab.get_by_test_id("stDialog")
    title = server.filled.samples[next(iter(server.filled.samples))].name
    expect(dialog.locator(".a-about")).to_have_text(title, timeout=SLOW)
    dialog.get_by_label(t("organizers.ask.reason", "zh")).fill("样例：评委中途离场")
    dialog.get_by_test_id("stBaseButton-primary").click()
    expect(tab.locator(".a-title")).to_contain_text(t("round_state.closed", "zh"), timeout=SLOW)
    tab.reload()
    expect(tab.locator(".a-title")).to_contain_text(t("round_state.closed", "zh"), timeout=SLOW)
    assert f"round={first}" in tab.url
    page.go_back()
    expect(picked(page)).to_have_value(SECOND, timeout=SLOW)
    shot(page, "ways_round")


def test_a_lost_server_is_told_in_our_words(inside: tuple[Page, Server], shot: Callable[..., Path]):
    """Streamlit's dialog is English; what the reader sees is not."""
    page, server = inside
    server.stop()
    head = page.locator("[data-arena-lost] > h2")
    expect(head).to_have_attribute("data-says", t("ui.lost.title", "zh"), timeout=SLOW)
    assert head.evaluate("one => getComputedStyle(one).fontSize") == "0px"
    shot(page, "ways_lost")


def test_rows_are_found_while_one_types_and_lead_to_their_explanation(
    inside: tuple[Page, Server], shot: Callable[..., Path]
):
    """At a desk and at 390 px, where the place in the list stands on the screen."""
    page, server = inside
    first = next(iter(server.filled.rounds.values()))
    page.goto(f"{server.url}/organizers-standings?round={first}")
    rows = page.locator(".a-standings tbody tr")
    expect(rows).to_have_count(40, timeout=SLOW)
    field = page.get_by_role("searchbox", name=t("ui.find.label", "zh"))
    number = rows.nth(4).locator("td").nth(1).inner_text()
    field.fill(number)
    expect(page.locator(".a-standings tbody tr:visible").first).to_contain_text(number)
    assert page.locator(".a-standings tbody tr:visible").count() < 5
    field.fill("")
    expect(page.locator(".a-standings tbody tr:visible")).to_have_count(40)
    page.set_viewport_size({"width": 390, "height": 844})
    seat = rows.first.locator("td.a-seat")
    expect(seat).to_be_visible()
    assert seat.evaluate("cell => cell.getBoundingClientRect().right") <= 390
    shot(page, "ways_standings_phone")
