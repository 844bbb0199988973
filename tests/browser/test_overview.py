"""Leader, county, office and a reader without rights, in the browser."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.inside import go, sign_in
from tests.browser.pads import is_clean
from tests.browser.server import Server
from tests.overview.conftest import with_programme
from words import t

LINKS = ("which=missing", "measure=overdue", "measure=fund")
"""Lists to which 一屏 leads."""
QUIET = "[data-testid=stApp][data-test-script-state=notRunning]"


class Reader:
    """A person at a page, whose clicks are counted."""

    def __init__(self, page: Page, server: Server, token: str) -> None:
        self.page, self.clicks = page, 0
        sign_in(page, server, token)

    def settle(self) -> None:
        """Wait until the page has run."""
        expect(self.page.locator(QUIET)).to_be_visible()

    def click(self, text: str, within: str = "body") -> None:
        """Press the first link or button of a text."""
        self.clicks += 1
        self.page.locator(within).get_by_text(text, exact=True).first.click()
        self.settle()

    def press(self, selector: str) -> None:
        """Press the first link that a selector finds."""
        self.clicks += 1
        self.page.locator(selector).first.click()
        self.settle()

    def find(self, typed: str) -> None:
        """Type into the search: as much as a click."""
        self.clicks += 1
        box = self.page.get_by_label(t("overview.village.find", "zh"))
        box.fill(typed)
        box.press("Enter")
        self.settle()

    def begin(self) -> None:
        """Count from here."""
        self.clicks = 0

    def text(self) -> str:
        """What the page shows."""
        return self.page.locator("[data-testid=stMain]").inner_text()


@pytest.fixture
def served(kept_server: Callable[..., Server]) -> Server:
    return kept_server(with_programme)


@pytest.mark.long(
    "overview/test_figures.py::test_every_list_is_as_long_as_its_figure_and_says_the_same",
    "overview/test_pages.py::test_every_page_of_the_overview_opens_with_its_title",
    "overview/test_pages.py::test_a_village_is_opened_by_its_address",
    "browser/test_looks.py::test_the_overview_fits_and_loses_no_column",
)
def test_a_leader_answers_five_questions_in_at_most_three_clicks_each(
    served: Server, new_page: Callable[..., Page], shot: Callable[..., Path]
):
    """Each begins at 一屏, or in the menu; typing into the search is counted as a click."""
    page = new_page("desk", "zh")
    leader = Reader(page, served, served.filled.programme["leader"])
    page.goto(f"{served.url}/overview-screen?lang=zh")
    leader.settle()
    # Who has not handed in, sheets and steps?  Where does the money come from, who got it?  One
    # click each from here; that the lists are right, test_figures looks.
    for one in LINKS:
        expect(page.locator(f"a[href*='{one}']").first).to_be_visible()
    funds = page.locator(".a-box").filter(has_text=t("overview.about.funds_asks", "zh"))
    expect(funds).to_contain_text("省级")
    # Which county is furthest behind, and why?  The sentence says it; its villages say where.
    expect(page.locator(".o-claim")).to_contain_text("最后的是")
    leader.press(".o-claim a[href*='step=']")
    expect(page.locator("h2").filter(has_text=t("programme.measure.overdue", "zh"))).to_be_visible()
    behind = page.locator(".o-block tbody a").first.inner_text()
    leader.press(".o-block tbody a")
    expect(page.locator(".o-name")).to_have_text(behind)
    expect(page.locator(".o-head")).to_contain_text("逾期")
    assert leader.clicks <= 3
    shot(page, "overview_behind")
    # What did we promise 黑尼村?  Menu, search, the village.
    leader.begin()
    leader.click(t("entry.village", "zh"), "[data-testid=stSidebar]")
    leader.find("heini")
    leader.press(".o-found a")
    expect(page.locator(".o-name")).to_have_text("黑尼村")
    expect(page.get_by_text(t("overview.village.need_unit", "zh"), exact=True)).to_be_visible()
    assert leader.clicks <= 3
    kept = page.url
    shot(page, "overview_village")
    # The way back leads to what was found; that an address opens a village, test_pages looks.
    page.go_back()
    expect(page.locator(".o-found")).to_be_visible()
    assert page.url != kept
    # Which dispatch has no answer in time?
    leader.begin()
    leader.click(t("entry.dispatches", "zh"), "[data-testid=stSidebar]")
    expect(page.get_by_text(t("overview.state.unanswered", "zh")).first).to_be_visible()
    assert leader.clicks <= 3
    assert page.get_by_text(t("overview.dispatches.write", "zh")).count() == 0
    go_by_keys(page, leader)


def go_by_keys(page: Page, leader: Reader) -> None:
    """The tiles, and the table below, are one stop of Tab each; arrows go from county to county."""
    go(page, "overview.map")
    tile, here = page.locator(".o-tile"), page.locator("a:focus")
    expect(page.locator(".o-tile[tabindex='0']")).to_have_count(1)
    tile.filter(has_text="红河县").focus()
    for key, county in (
        ("ArrowRight", "元阳县"),
        ("ArrowRight", "个旧市"),
        ("ArrowUp", "开远市"),
        ("ArrowDown", "个旧市"),
        ("ArrowLeft", "元阳县"),
        ("ArrowUp", "建水县"),
        ("ArrowLeft", "石屏县"),
        ("ArrowLeft", "石屏县"),  # the edge
    ):
        page.keyboard.press(key)
        expect(here).to_contain_text(county)
    expect(page.locator(".o-tile[tabindex='0']")).to_contain_text("石屏县")
    page.keyboard.press("Tab")  # out of the grid, not to the next tile
    expect(page.locator(".o-tile:focus")).to_have_count(0)
    cells = page.locator(".o-counties .o-grid a")
    cells.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    address_there = here.get_attribute("href") or ""
    assert "county=532502" in address_there, address_there
    page.keyboard.press("Home")
    assert "county=532501" in (here.get_attribute("href") or "")
    tile.filter(has_text="红河县").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("county=532529"))
    leader.settle()


@pytest.mark.long(
    "competition/programme/test_programme.py::test_a_dispatch_is_answered_then_closed_or_asked_again",
    "overview/test_work_pages.py::test_an_answer_that_is_not_enough_is_asked_for_again",
    "overview/test_figures.py::test_every_figure_of_a_countys_pages_is_that_of_its_villages_alone",
)
def test_the_office_writes_a_dispatch_and_the_county_answers_it(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    server = live_server(with_programme)
    desk = new_page("desk", "zh")
    office = Reader(desk, server, server.filled.programme["office"])
    desk.goto(f"{server.url}/overview-dispatches?county=532529&lang=zh")
    office.settle()
    desk.get_by_label(t("overview.dispatches.reason", "zh")).fill("请补签到册")
    due = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    desk.get_by_label(t("overview.dispatches.due_on", "zh")).fill(due)
    desk.get_by_role("button", name=t("overview.dispatches.send", "zh"), exact=True).click()
    expect(
        desk.get_by_text(t("overview.dispatches.letter", "zh", number=8, county="红河县"))
    ).to_be_visible()
    shot(desk, "overview_dispatch")
    phone = new_page("phone", "zh")
    county = Reader(phone, server, server.filled.counties["532529"])
    phone.goto(f"{server.url}/overview-dispatches?lang=zh")
    county.settle()
    expect(phone.get_by_text("请补签到册")).to_be_visible()
    assert "金平县" not in county.text()
    phone.get_by_label(t("overview.dispatches.answer", "zh"), exact=True).first.fill("已补齐")
    phone.get_by_role(
        "button", name=t("overview.dispatches.answer_now", "zh"), exact=True
    ).first.click()
    expect(phone.get_by_text("已补齐").first).to_be_visible()
    shot(phone, "overview_answer")
    server.stop()
    assert is_clean(server)


@pytest.mark.long(
    "overview/test_canary.py::test_a_reader_without_rights_gets_nothing_of_any_page",
    "every_page/test_menu.py::test_a_role_sees_its_own_entries_and_lands_on_its_work",
    "routes/test_evidence.py::test_it_comes_to_no_one_else",
)
def test_a_reader_without_rights_sees_nothing_of_it(served: Server, new_page: Callable[..., Page]):
    """A scorekeeper has no such entry, and its addresses refuse; so does a file's."""
    page = new_page("desk", "zh")
    reader = Reader(page, served, served.filled.programme["reader"])
    page.goto(served.url)
    reader.settle()
    assert page.get_by_text(t("entry.whole", "zh"), exact=True).count() == 0
    for name in ("screen", "map", "village", "dispatches", "needs"):
        page.goto(f"{served.url}/overview-{name}?lang=zh")
        expect(page.locator(".a-refused")).to_be_visible()
        assert "红河县" not in reader.text()
    address = f"/evidence/{'0' * 24}"
    status = page.evaluate("path => fetch(path).then(answer => answer.status)", address)
    assert status in (403, 404)
