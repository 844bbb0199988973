"""A county reports and helps, the office confirms and returns, others are refused.

One server; its pages are turned from one person to the next.
"""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.pads import is_clean
from tests.browser.server import Server
from tests.browser.test_overview import Reader
from tests.overview.conftest import with_programme
from ui.pages import OVERVIEW
from words import t

COUNTY = "532529"
REASON = "签到册缺一页"


def photo() -> bytes:
    """A photograph that says where it was taken."""
    file, exif = BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[2] = (23.0, 22.0, 11.0)
    Image.new("RGB", (60, 40), "green").save(file, "JPEG", exif=exif)
    return file.getvalue()


FETCH = """async path => {
    const answer = await fetch(path);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return {
        status: answer.status,
        sniff: answer.headers.get("x-content-type-options"),
        says: String.fromCharCode(...bytes),
    };
}"""


class Worker(Reader):
    """A person at work on one page after another."""

    def go(self, server: Server, name: str, **params: str) -> None:
        query = "&".join(f"{key}={value}" for key, value in {"lang": "zh", **params}.items())
        self.page.goto(f"{server.url}/overview-{name}?{query}")
        self.settle()

    def press(self, key: str) -> None:
        self.page.get_by_role("button", name=t(key, "zh"), exact=True).first.click()
        self.settle()

    def choose(self, key: str, text: str) -> None:
        """Pick the option of a list that has a text."""
        box = self.page.get_by_role("combobox", name=t(key, "zh")).first
        box.click()
        box.fill(text)
        self.page.get_by_role("option").filter(has_text=text).first.click()
        self.settle()


@pytest.mark.long(
    "overview/test_work_pages.py::test_a_county_reports_money_in_ten_thousands_and_takes_it_back",
    "overview/test_work_pages.py::test_a_step_without_a_day_is_refused_and_a_report_is_taken_back_by_its_own_button",
    "overview/test_work_pages.py::test_the_last_step_that_waits_is_returned_and_the_page_says_so",
    "overview/test_work_pages.py::test_a_county_reads_whose_needs_are_counted",
    "overview/test_canary.py::test_a_reader_without_rights_gets_nothing_of_any_page",
    "competition/programme/test_work.py::test_a_photograph_is_kept_without_its_position_and_still_stands_upright",
    "competition/programme/test_work.py::test_a_step_and_the_photograph_that_shows_it_are_kept_both_or_neither",
    "routes/test_evidence.py::test_it_comes_to_no_one_else",
)
def test_county_and_office_work_on_a_step_and_a_need(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    server = live_server(with_programme)
    tokens = server.filled.programme
    phone = new_page("phone", "zh")
    county = Worker(phone, server, server.filled.counties[COUNTY])
    # The county reports the step that is next, with a photograph.
    county.go(server, "report")
    village = phone.locator(".a-text b").first.inner_text()
    number = (
        phone.get_by_label(t("overview.report.step", "zh"), exact=True).input_value().split()[0]
    )
    picked = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    phone.locator("input[type=file]").set_input_files(picked)
    goes = t("overview.report.goes_with", "zh", name="现场.jpg")
    expect(phone.get_by_text(goes)).to_be_visible()
    county.press("overview.report.send_step")
    expect(phone.get_by_text(t("overview.report.sent_with", "zh"))).to_be_visible()
    expect(phone.get_by_text(t("overview.report.files", "zh", count=1))).to_be_visible()
    shot(phone, "programme_reported", full_page=True)
    # The next step goes without one, and that is said.
    county.press("overview.report.send_step")
    expect(phone.get_by_text(t("overview.report.sent_alone", "zh"))).to_be_visible()
    # The file is an attachment or a picture under a generated name, and says no position.
    phone.get_by_text(t("overview.report.files", "zh", count=1)).click()
    address = str(phone.locator("a[href^='/evidence/']").first.get_attribute("href"))
    answer = phone.evaluate(FETCH, address)
    assert (answer["status"], answer["sniff"]) == (200, "nosniff")
    assert "JFIF" in answer["says"]
    assert "Exif" not in answer["says"]
    # Another county opens neither the file nor the village's page.
    other = new_page("desk", "zh")
    stranger = Worker(other, server, server.filled.counties["532525"])
    stranger.go(server, "needs")
    assert other.evaluate(FETCH, address)["status"] == 404
    # It takes a need of the first county on.
    take_on = t("overview.needs.take_on", "zh", count=0).partition("（")[0]
    other.locator("[data-testid=stExpander] summary").filter(has_text=f"{take_on}（").click()
    stranger.choose("overview.needs.need", "红河县")
    other.get_by_label(t("overview.needs.unit", "zh"), exact=True).fill("石屏县水务局")
    stranger.press("overview.needs.take_on_now")
    expect(other.locator("table").get_by_text("石屏县水务局").first).to_be_visible()
    shot(other, "programme_need")
    # The office returns the step, and the county reads why.
    desk = other
    desk.context.clear_cookies()
    office = Worker(desk, server, tokens["office"])
    office.go(server, "steps")
    office.choose("overview.steps.county", "红河县")
    office.choose("overview.steps.return_which", f"{village} 步骤{number}")
    desk.get_by_label(t("overview.steps.reason", "zh"), exact=True).fill(REASON)
    office.press("overview.steps.return_now")
    expect(desk.get_by_text(t("overview.steps.returned", "zh")).first).to_be_visible()
    # What else waits there is confirmed by one press.
    desk.get_by_role("button", name=re.compile("^确认这")).click()
    expect(desk.get_by_text(t("overview.steps.waiting", "zh", count=0))).to_be_visible()
    shot(desk, "programme_confirming")
    county.go(server, "report")
    expect(phone.get_by_text(REASON)).to_be_visible()
    shot(phone, "programme_returned")
    # A reader without rights is refused at each address.
    desk.context.clear_cookies()
    reader = Worker(desk, server, tokens["reader"])
    for page in OVERVIEW:
        desk.goto(f"{server.url}/{page.address}?lang=zh")
        expect(desk.locator(".a-refused")).to_be_visible()
        assert village not in reader.text()
    assert desk.evaluate(FETCH, address)["status"] == 403
    server.stop()
    assert is_clean(server)
