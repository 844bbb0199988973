"""A composite from declaring its parts to the signed paper, in a real browser."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser import signatures
from tests.browser.inside import sign_in
from tests.browser.server import Server
from tests.browser.test_results import fill
from words import t

PARTS = "organizers.parts"


def come_in(page: Page, server: Server, role: str = "organizer") -> None:
    """Sign a person in."""
    entered = server.filled
    sign_in(page, server, entered.tokens[getattr(entered, role).person_id])


def go_to(page: Page, server: Server, name: str, round_id: str = "", lang: str = "zh") -> None:
    """A page of the organizers, of one round."""
    of = f"&round={round_id}" if round_id else ""
    page.goto(f"{server.url}/organizers-{name}?lang={lang}{of}")
    title = page.get_by_role("heading", name=t(f"organizers.{name}.title", lang), exact=True)
    expect(title).to_be_visible()


def settled(page: Page) -> None:
    """Wait until the page has run."""
    page.locator("[data-test-script-state=notRunning]").first.wait_for(state="attached")


def do(page: Page) -> None:
    """Press the act of the open dialog."""
    page.get_by_test_id("stDialog").get_by_test_id("stBaseButton-primary").click()


def choose(page: Page, label: str, option: str) -> None:
    """Pick from a list that opens."""
    page.get_by_label(label).click()
    page.get_by_role("option", name=option).click()
    settled(page)


def declare(page: Page, server: Server) -> str:
    """A new composite with two parts, saved; return its round's id."""
    go_to(page, server, "setup")
    page.get_by_role("button", name=t("organizers.setup.create_composite", "zh")).click()
    do(page)
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    page.wait_for_url("**round=*")
    round_id = page.url.partition("round=")[2].partition("&")[0]
    type_parts(page, server, round_id, "outside", "实地考察", ("70%", "20%"))
    page.get_by_role("button", name=t(f"{PARTS}.save", "zh"), exact=True).click()
    return round_id


def type_parts(
    page: Page,
    server: Server,
    round_id: str,
    source: str,
    title: str,
    shares: tuple[str, str],
) -> None:
    """Fill in the final and one more part, with their weights."""
    go_to(page, server, "parts", round_id)
    choose(page, t(f"{PARTS}.source_label", "zh", n=1), "村级决赛")
    choose(page, t(f"{PARTS}.source_label", "zh", n=2), t(f"{PARTS}.source.{source}", "zh"))
    weights = page.get_by_label(t(f"{PARTS}.weight_label", "zh"), exact=True)
    weights.nth(0).fill(shares[0])
    page.get_by_label(t(f"{PARTS}.title_label", "zh"), exact=True).nth(1).fill(title)
    weights.nth(1).fill(shares[1])


@pytest.mark.long(
    "organizers/results/test_composite_pages.py::test_every_page_of_a_composite_is_there",
    "organizers/results/test_composite_pages.py::test_the_standings_say_what_is_missing_and_why_the_weights_were_late",
    "organizers/results/test_composite_pages.py::test_the_summary_prints_what_was_certified",
    "organizers/results/test_composite_pages.py::test_the_explanation_can_be_done_again_by_hand",
    "competition/results/test_composites.py::test_weights_sum_to_exactly_one",
    "competition/results/test_composites.py::test_nothing_counts_before_a_second_person_has_checked_it",
    "competition/results/test_composites.py::test_the_certificate_names_the_certificates_of_its_rounds",
)
def test_a_composite_from_its_weights_to_the_paper(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """Weights off by a tenth are refused; a workbook, a second person, a certificate, a paper."""
    server = live_server(fill)
    page = new_page("desk", "zh")
    come_in(page, server)
    round_id = declare(page, server)
    off = t("error.weights_do_not_sum", "zh", total="90%")
    expect(page.get_by_text(off).first).to_be_visible()
    shot(page, "composite_refused")
    weights = page.get_by_label(t(f"{PARTS}.weight_label", "zh"), exact=True)
    weights.nth(1).fill("30%")
    page.get_by_role("button", name=t(f"{PARTS}.save", "zh"), exact=True).click()
    expect(page.get_by_text(t(f"{PARTS}.meaning", "zh"))).to_be_visible()
    shot(page, "composite_parts")

    go_to(page, server, "overview", round_id)
    shot(page, "composite_overview")
    page.get_by_role("button", name=t("organizers.act.open_round_composite", "zh")).click()
    page.get_by_label(t("organizers.opening.signed_field", "zh")).fill("组长、监督员")
    page.get_by_label(t("organizers.opening.late_field", "zh")).fill("评分办法3月1日已印发")
    shot(page, "composite_fixing")
    do(page)
    expect(page.get_by_text(t("organizers.opening_words.sealed_composite", "zh"))).to_be_visible()
    do(page)

    go_to(page, server, "outside", round_id)
    enter_by_workbook(page)
    shot(page, "composite_outside")
    supervisor = new_page("tablet", "zh")
    come_in(supervisor, server, "supervisor")
    go_to(supervisor, server, "outside", round_id)
    shot(supervisor, "composite_check")
    confirm = t("organizers.outside.confirm", "zh")
    supervisor.get_by_role("button", name=confirm).click()
    expect(supervisor.get_by_text(t("event.outside_confirmed", "zh")).first).to_be_visible()

    go_to(page, server, "overview", round_id)
    page.get_by_role("button", name=t("organizers.act.close_round_composite", "zh")).click()
    do(page)
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    go_to(page, server, "standings", round_id)
    shot(page, "composite_standings")
    signatures.press(page, "sign_certificate")
    shot(page, "composite_certify")
    go_to(supervisor, server, "standings", round_id)
    signatures.press(supervisor, "certify")
    page.reload()
    expect(page.get_by_text("SHA-256")).to_be_visible()
    shot(page, "composite_certified")

    go_to(page, server, "why", round_id)
    paper = page.locator("article.a-paper")
    expect(paper).to_contain_text("实地考察")
    shot(page, "composite_why")
    go_to(page, server, "official", round_id)
    with page.expect_download() as taken:
        page.locator(".st-key-paper-composite").get_by_role(
            "link", name=t("exports.format.pdf", "zh")
        ).click()
    content = Path(taken.value.path()).read_bytes()
    assert content.startswith(b"%PDF")
    shot(page, "composite_official")


def enter_by_workbook(page: Page) -> None:
    """The blank table, filled in: 60 to 100 points; it is read back and entered."""
    page.get_by_text(t("organizers.outside.how_workbook", "zh"), exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name=t("organizers.outside.template", "zh")).click()
    book = openpyxl.load_workbook(io.BytesIO(Path(taken.value.path()).read_bytes()))
    sheet = book.active
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 6).value = 60 + (row * 7) % 40 + 0.5
    content = io.BytesIO()
    book.save(content)
    page.locator("input[type=file]").set_input_files(
        {
            "name": "实地考察.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": content.getvalue(),
        }
    )
    count = sheet.max_row - 1
    page.get_by_role("button", name=t("organizers.outside.send_count", "zh", count=count)).click()
    expect(page.get_by_text(t("organizers.outside.waits", "zh")).first).to_be_visible()
