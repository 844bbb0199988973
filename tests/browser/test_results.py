"""From a closed round to the page in the presenter's hand, in a real browser."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

import db
from competition.rounds import rounds
from competition.sign_ins import visitor_of
from examples import village_final
from examples.certifying import certify_by_two
from examples.entering import Entered, enter
from tests.browser.conftest import SIZES
from tests.browser.inside import go, sign_in
from tests.browser.server import Server
from tests.opening import NAMES
from words import t

PAGES = ("standings", "why", "judges_report", "annex", "what_if")


def fill(store: db.Store) -> Entered:
    """The sample, closed and certified."""
    begun = datetime.now(UTC) - timedelta(hours=9)
    entered = enter(store, village_final(2022), at=begun, names=NAMES)
    round_id = list(entered.rounds.values())[-1]
    with store.reading() as tx:
        who = visitor_of(tx, str(entered.organizer.person_id))
    now = datetime.now(UTC)
    rounds.close_round(store, who, round_id, at=now, reason="离席")
    certify_by_two(store, who, entered.supervisor, round_id, at=now)
    return entered


def come_in(page: Page, server: Server, role: str = "organizer") -> None:
    """Sign a person in."""
    entered = server.filled
    sign_in(page, server, entered.tokens[getattr(entered, role).person_id])


def go_to(page: Page, server: Server, name: str, lang: str = "zh") -> None:
    """A page of the results, drawn."""
    if page.url.startswith(server.url):
        return go(page, f"organizers.{name}", lang)
    page.goto(f"{server.url}/organizers-{name}?lang={lang}")
    title = page.get_by_role("heading", name=t(f"organizers.{name}.title", lang), exact=True)
    expect(title).to_be_visible()
    return None


def fits_an_upright_tablet(page: Page, server: Server) -> None:
    """No column of the standings is cut at 820 px, in either language."""
    wide = page.viewport_size
    width, height = SIZES["tablet_upright"]
    page.set_viewport_size({"width": width, "height": height})
    for lang in ("en", "zh"):
        go_to(page, server, "standings", lang)
        expect(page.locator(".a-standings tbody tr").first).to_be_visible()
        place = ".a-scroll:has(> .a-standings)"
        over = page.locator(place).evaluate("one => one.scrollWidth - one.clientWidth")
        assert over == 0, lang
    assert wide is not None
    page.set_viewport_size(wide)


@pytest.mark.long(
    "organizers/results/test_results_pages.py::test_why_shows_every_mark_and_the_published_figure",
    "organizers/results/test_results_pages.py::test_the_presenters_version_and_its_file",
    "organizers/results/test_results_pages.py::test_the_word_file_says_what_the_page_says",
    "organizers/results/test_results_pages.py::test_standings_lead_to_why",
)
def test_the_one_who_just_missed_gets_a_page(
    kept_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """From the standings to why; another entrant; the presenter's version, printed, filed."""
    server = kept_server(fill)
    page = new_page("desk", "zh")
    come_in(page, server)
    fits_an_upright_tablet(page, server)
    page.get_by_role("button", name=t("organizers.why.title", "zh")).click()
    expect(page.locator(".a-marks")).to_be_visible()
    page.get_by_label(t("organizers.why.choose", "zh")).click()
    page.keyboard.type("15 ·")
    page.keyboard.press("Enter")
    expect(page.locator(".a-paper-head")).to_contain_text(t("organizers.why.rank", "zh", rank=15))
    shot(page, "results_why_internal")
    page.get_by_text(t("organizers.why.presenter", "zh"), exact=True).click()
    paper = page.locator("article.a-paper")
    expect(paper).to_contain_text(t("results.paper.recheck_when", "zh"))
    shot(page, "results_why_presenter")
    with page.expect_download() as taken:
        page.get_by_role("link", name=t("organizers.why.download", "zh")).click()
    content = Path(taken.value.path()).read_bytes()
    text = [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]
    assert t("results.paper.recheck_when", "zh") in text
    assert taken.value.suggested_filename.endswith(".docx")
    page.emulate_media(media="print")
    expect(page.locator(".st-key-why-choices")).to_be_hidden()
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()
    pages = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert pages <= 1


@pytest.mark.long(
    "organizers/results/test_results_pages.py::test_judges_names_come_only_on_a_logged_click",
    "organizers/results/test_results_pages.py::test_the_scorekeeper_reads_sheets_but_not_judges",
)
def test_the_supervisor_sees_who_is_behind_a_number_and_the_log_says_so(
    kept_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """By number first; names after a dialog that says what is logged."""
    server = kept_server(fill)
    page = new_page("desk", "zh")
    come_in(page, server, "supervisor")
    go_to(page, server, "judges_report")
    expect(
        page.locator(
            "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"
        ).first
    ).to_be_visible()
    shot(page, "results_judges")
    page.get_by_role("button", name=t("organizers.judges_report.reveal", "zh")).click()
    page.get_by_role("button", name=t("organizers.judges_report.reveal_confirm", "zh")).click()
    heading = page.get_by_role("columnheader", name=t("organizers.judges_report.name", "zh"))
    expect(heading).to_be_visible()
    shot(page, "results_judges_named")
    go_to(page, server, "log")
    expect(page.get_by_text(t("event.judges_revealed", "zh")).first).to_be_visible()


@pytest.mark.long(
    "organizers/results/test_results_pages.py::test_a_hypothesis_is_marked_and_kept_nowhere",
)
def test_a_hypothesis_is_seen_as_one(
    kept_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """One seat fewer: the mark stands on the page, the table shows who would lose it."""
    server = kept_server(fill)
    page = new_page("desk", "zh")
    come_in(page, server)
    go_to(page, server, "what_if")
    expect(page.get_by_text(t("organizers.what_if.mark", "zh")).first).to_be_visible()
    page.get_by_label(t("organizers.what_if.top", "zh")).fill("12")
    page.keyboard.press("Enter")
    expect(page.get_by_text(t("organizers.what_if.lost", "zh"), exact=True)).to_be_visible()
    shot(page, "results_what_if")


@pytest.mark.long(
    "browser/test_looks.py::test_a_page_of_each_making_fits_the_screen_and_the_finger",
    "browser/test_looks.py::test_a_page_of_each_making_fits_the_screen_and_the_finger",
)
def test_no_page_in_english_is_wider_than_its_screen(
    kept_server: Callable[..., Server], new_page: Callable[..., Page], shot: Callable[..., Path]
):
    """Wide tables scroll in themselves; the page does not. In Chinese: `test_looks`."""
    server = kept_server(fill)
    page = new_page("tablet", "en")
    come_in(page, server)
    for name in PAGES:
        go_to(page, server, name, "en")
        expect(page.locator("[data-test-script-state=notRunning]").first).to_be_attached()
        over = page.evaluate(
            "() => document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth"
        )
        assert over <= 0, name
        shot(page, f"results_{name}_tablet")
