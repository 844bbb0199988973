"""Ways through the pages: the round in the address, rows that lead on, a lost server."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import server as servers
from tests.browser import signatures
from tests.browser.hands import READY
from tests.browser.inside import lead, sign_in
from tests.browser.server import Server
from tests.templates import Templates, three_rounds
from words import t

FIRST, SECOND = "village_final", "township_final"


@contextmanager
def come_in(templates: Templates, folder: Path, page: Page) -> Iterator[tuple[Page, Server]]:
    """The organizer of the sample of three rounds, two of them open, at its overview."""
    path = folder / "arena.db"
    entered = templates.copy("three_rounds", three_rounds, path)
    server = servers.start(path, filled=entered)
    sign_in(page, server, entered.tokens[entered.organizer.person_id])
    page.goto(f"{server.url}/organizers-overview?round={entered.rounds[FIRST]}")
    yield page, server
    server.stop()
    assert "Traceback" not in server.log, server.log


@pytest.fixture(scope="module")
def inside(
    templates: Templates,
    tmp_path_factory: pytest.TempPathFactory,
    kept_page: Callable[..., Page],
) -> Iterator[tuple[Page, Server]]:
    """The same desk for the tests below, which write nothing; the last stops the server."""
    with come_in(templates, tmp_path_factory.mktemp("ways"), kept_page("desk", "zh")) as entered:
        yield entered


@pytest.fixture
def alone(
    templates: Templates, tmp_path: Path, new_page: Callable[..., Page]
) -> Iterator[tuple[Page, Server]]:
    """A desk of its own, for what is written."""
    with come_in(templates, tmp_path, new_page("desk", "zh")) as entered:
        yield entered


def picked(page: Page):
    """The round that the top line names."""
    return page.get_by_role("combobox", name=t("ui.round.choose", "zh")).first


def go(page: Page, name: str) -> None:
    """Go to an entry of the menu."""
    page.locator("[data-testid=stSidebar]").get_by_role("link", name=name, exact=True).click()


def test_the_round_stays_through_choice_menu_and_back(inside: tuple[Page, Server]):
    """Two rounds are open. The address says which one is shown; only a choice changes it."""
    page, server = inside
    rounds, samples = server.filled.rounds, server.filled.samples
    other = samples[SECOND].name
    picked(page).click()
    page.get_by_role("option", name=other, exact=True).click()
    expect(page).to_have_url(re.compile(rounds[SECOND]))
    expect(page.locator(READY)).to_be_attached()  # the address changes before the menu is drawn
    go(page, t("entry.rules", "zh"))
    expect(page.locator("h1")).to_have_text(t("organizers.rubric.title", "zh"))
    assert f"round={rounds[SECOND]}" in page.url
    page.go_back()
    expect(page.locator("h1")).to_have_text(t("organizers.overview.title", "zh"))
    expect(picked(page)).to_have_value(other)


@pytest.mark.long(
    "browser/test_ways.py::test_the_round_stays_through_choice_menu_and_back",
    "organizers/test_round_in_address.py::test_the_round_shown_is_written_into_the_address",
    "organizers/test_round_in_address.py::test_a_reload_after_closing_shows_the_closed_round",
    "organizers/test_round_in_address.py::test_certifying_leaves_the_round_as_it_is",
    "organizers/test_round_in_address.py::test_a_dialog_names_its_round",
)
def test_the_round_stays_through_reload_second_tab_back_closing_and_certifying(
    alone: tuple[Page, Server], new_page: Callable[..., Page], shot: Callable[..., Path]
):
    """Two rounds are open. The address says which one is shown; only a choice changes it."""
    page, server = alone
    rounds, samples = server.filled.rounds, server.filled.samples
    village, township = rounds[FIRST], rounds[SECOND]
    other = samples[SECOND].name
    tab = page.context.new_page()
    tab.goto(f"{server.url}/organizers-overview?round={village}")
    page.goto(f"{server.url}/organizers-overview?round={village}")
    picked(page).click()
    page.get_by_role("option", name=other, exact=True).click()
    expect(page).to_have_url(re.compile(township))
    expect(page.locator(READY)).to_be_attached()  # the address changes before the menu is drawn
    go(page, t("entry.rules", "zh"))
    expect(page.locator("h1")).to_have_text(t("organizers.rubric.title", "zh"))
    assert f"round={township}" in page.url
    page.reload()
    expect(picked(page)).to_have_value(other)
    close(tab, samples[FIRST].name)
    for _ in range(2):  # as it is, and after F5
        expect(tab.locator(".a-title")).to_contain_text(t("round_state.closed", "zh"))
        assert f"round={village}" in tab.url
        tab.reload()
    go(tab, t("entry.standings", "zh"))
    signatures.button(tab, "sign_certificate").click()
    expect(dialog(tab).locator(".a-about")).to_have_text(samples[FIRST].name)
    dialog(tab).get_by_test_id("stBaseButton-primary").click()
    expect(tab.get_by_text(t("organizers.certify.panel.signed", "zh"))).to_be_visible()
    signatures.sign_second(new_page("tablet", "zh"), server, village)
    tab.reload()
    for _ in range(2):
        expect(tab.locator(".a-hash").first).to_be_visible()
        expect(picked(tab)).to_have_value(samples[FIRST].name)
        assert f"round={village}" in tab.url
        tab.reload()
    page.go_back()
    expect(picked(page)).to_have_value(other)
    page.get_by_role("button", name=t("organizers.act.close_round", "zh")).click()
    expect(dialog(page).locator(".a-about")).to_have_text(other)
    shot(page, "ways_round")


def dialog(page: Page) -> Locator:
    """The open dialog."""
    return page.get_by_test_id("stDialog")


def close(page: Page, title: str) -> None:
    """Close the round that an overview shows; its dialog names it."""
    page.get_by_role("button", name=t("organizers.act.close_round", "zh")).click()
    expect(dialog(page).locator(".a-about")).to_have_text(title)
    dialog(page).get_by_label(t("organizers.ask.reason", "zh")).fill("样例：评委中途离场")
    dialog(page).get_by_test_id("stBaseButton-primary").click()


def test_rows_are_found_while_one_types_and_lead_to_their_explanation(
    inside: tuple[Page, Server], shot: Callable[..., Path]
):
    """At a desk and at 390 px, where the place in the list stands on the screen."""
    page, server = inside
    lead(page, f"/organizers-standings?round={server.filled.rounds[FIRST]}")
    rows = page.locator(".a-standings tbody tr")
    expect(rows).to_have_count(40)
    expect(page.locator(READY)).to_be_attached()
    field = page.get_by_role("searchbox", name=t("ui.find.label", "zh"))
    number = rows.nth(4).locator("td").nth(1).inner_text()
    field.fill(number)
    expect(page.locator(".a-standings tbody tr:visible").first).to_contain_text(number)
    assert page.locator(".a-standings tbody tr:visible").count() < 5
    village = page.locator(".a-standings tbody tr:visible td.a-name b").first.inner_text()
    page.get_by_role("button", name=t("ui.find.copy", "zh"), exact=True).click()
    said = t("ui.find.copied", "zh", count=page.locator(".a-standings tbody tr:visible").count())
    page.evaluate("document.querySelector('[data-testid=stMain]').append(new Comment('drawn'))")
    expect(page.get_by_text(said)).to_be_visible()
    field.fill("")
    field.press("Control+V")
    expect(field).to_have_value(re.compile(f"{number}.*{village}"))
    field.fill("")
    expect(page.locator(".a-standings tbody tr:visible")).to_have_count(40)
    page.set_viewport_size({"width": 390, "height": 844})
    seat = rows.first.locator("td.a-seat")
    expect(seat).to_be_visible()
    assert seat.evaluate("cell => cell.getBoundingClientRect().right") <= 390
    shot(page, "ways_standings_phone")


def test_a_lost_server_is_told_in_our_words(inside: tuple[Page, Server], shot: Callable[..., Path]):
    """Streamlit's dialog is English; what the reader sees is not."""
    page, server = inside
    page.wait_for_function("window.arenaLost")  # its script comes after the page
    server.stop()
    head = page.locator("[data-arena-lost] > h2")
    expect(head).to_have_attribute("data-says", t("ui.lost.title", "zh"))
    assert head.evaluate("one => getComputedStyle(one).fontSize") == "0px"
    shot(page, "ways_lost")
