"""The organizer's end of a round: closed with a reason, certified, and taken home as files."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Download, Page, expect

import db
from competition.lineup import panel
from competition.marks import deductions
from competition.marks.progress import progress
from competition.results import certification
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from tests.browser import server as servers
from tests.browser import signatures
from tests.browser.inside import lead, sign_in
from tests.browser.keys import Keys
from tests.browser.server import Server
from tests.browser.waits import left_alone
from tests.templates import Templates, one_round
from ui.pages import GROUPS
from words import t

REASON = "评委02等中途离场，主办方同意"


@contextmanager
def served(templates: Templates, folder: Path) -> Iterator[Server]:
    """Serve the sample's village final, open, five sheets missing."""
    path = folder / "arena.db"
    server = servers.start(path, filled=templates.copy("one_round", one_round, path))
    yield server
    server.stop()
    assert "Traceback" not in server.log, server.log


def come_in(page: Page, server: Server, lang: str = "zh", path: str = "") -> None:
    """Open a page as the organizer."""
    entered = server.filled
    sign_in(page, server, entered.tokens[entered.organizer.person_id])
    go_to(page, server, path, lang)


def go_to(page: Page, server: Server, path: str, lang: str = "zh") -> None:
    page.goto(f"{server.url}/{path}?lang={lang}")
    expect(page.locator("h1.a-h1")).to_be_visible()


def dialog(page: Page):
    return page.get_by_test_id("stDialog")


def do(page: Page) -> None:
    """Press the act of the open dialog."""
    dialog(page).get_by_test_id("stBaseButton-primary").click()


def take(page: Page, label: str) -> tuple[str, bytes]:
    """Press a download button; the file's name and bytes."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=label).click()
    got: Download = waiting.value
    return got.suggested_filename, Path(got.path()).read_bytes()


def beside(server: Server, do_it: Callable[[db.Store, Visitor, str], Any], who: str) -> Any:
    """What another person does meanwhile, or reads."""
    with closing(db.Store(server.path)) as store:
        with store.reading() as tx:
            visitor = visitor_of(tx, getattr(server.filled, who).person_id)
        return do_it(store, visitor, list(server.filled.rounds.values())[-1])


def certified(server: Server) -> dict:
    return beside(server, certification.certified, "organizer")


def deduct(store: db.Store, who: Visitor, round_id: str) -> None:
    """Enter a deduction for 39号."""
    with store.reading() as tx:
        of = tx.value("SELECT entrant_id FROM round_entrants WHERE number = 39")
    deductions.deduct(store, who, round_id, of, "0.2", reason="超时", at=datetime.now(UTC))


def one_absent(store: db.Store, who: Visitor, round_id: str) -> None:
    """Record the first missing sheet absent."""
    at = datetime.now(UTC)
    pair = progress(store, who, round_id, at=at).missing[0]
    of = (pair["entrant_id"], pair["person_id"])
    panel.mark_absent(store, who, round_id, *of, reason=REASON, at=at)


def with_code(rows: list[list[object]]) -> list[list[object]]:
    """The rows of a sheet that carry a village's 12-digit code."""
    return [
        row
        for row in rows
        if any(isinstance(cell, str) and re.fullmatch(r"\d{12}", cell) for cell in row)
    ]


def read_xlsx(content: bytes) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def read_csv(content: bytes) -> list[list[object]]:
    return [list(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig")))]


def close_by_keys(page: Page, shot: Callable[..., Path]) -> Keys:
    """Close the open round by the overview, without a mouse.

    The focus is seen at each stop, the menu comes first, a dialog keeps it and gives it back.
    """
    act = page.get_by_role("button", name=t("organizers.act.close_round", "zh"))
    expect(act).to_be_enabled()
    expect(page.get_by_text(t("ui.lost.skip", "zh"))).to_be_attached()  # written over the English
    keys = Keys(page)
    keys.press(t("organizers.act.close_round", "zh"))
    entries = [t(f"entry.{entry}", "zh") for group in GROUPS.values() for entry in group]
    assert keys.passed[0] == t("ui.lost.skip", "zh")
    assert [stop for stop in keys.passed if stop in entries] == entries
    expect(dialog(page)).to_contain_text("40号评委02")
    reason, confirm = t("organizers.ask.reason", "zh"), t("organizers.opening.close_confirm", "zh")
    back = t("organizers.ask.cancel", "zh")
    for role, name in (("textbox", reason), ("button", confirm)):
        expect(dialog(page).get_by_role(role, name=name)).to_be_visible()
    assert keys.stays_inside() == [t("ui.lost.close", "zh"), reason, back, confirm]
    assert keys.escape() == t("organizers.act.close_round", "zh")
    page.keyboard.press("Enter")
    expect(dialog(page)).to_contain_text("40号评委02")
    keys.press(confirm)
    expect(dialog(page).locator(".a-refused")).to_be_visible()
    shot(page, "organizer_close_refused")
    keys.to(reason)
    page.keyboard.type(REASON)
    keys.press(confirm)
    expect(dialog(page)).to_have_count(0)
    expect(page.locator(".a-title")).to_contain_text(t("round_state.closed", "zh"))
    return keys


@pytest.fixture
def closed_and_certified(
    templates: Templates,
    tmp_path: Path,
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
) -> Iterator[tuple[Page, Server]]:
    """From an open round to a certified one by the organizer's own pages, without a mouse."""
    with served(templates, tmp_path) as server:
        page = new_page("desk", "zh")
        close_and_certify(page, server, new_page, shot)
        yield page, server


def close_and_certify(
    page: Page, server: Server, new_page: Callable[..., Page], shot: Callable[..., Path]
) -> None:
    """Close the round, sign its certificate and have it signed by the second person."""
    come_in(page, server, path="organizers-overview")
    keys = close_by_keys(page, shot)
    keys.press(t("entry.standings", "zh"))
    expect(page.locator(".a-title")).to_contain_text(t("ui.state.provisional", "zh"))
    keys.press(signatures.button(page, "sign_certificate").inner_text())
    expect(dialog(page)).to_contain_text("13 名")
    shot(page, "organizer_certify")
    keys.press(t("organizers.certify.confirm.sign_certificate", "zh"))
    expect(dialog(page)).to_have_count(0)
    shot(page, "organizer_signed")
    round_id = list(server.filled.rounds.values())[-1]
    signatures.sign_second(new_page("tablet", "zh"), server, round_id)
    page.reload()
    expect(page.locator(".a-hash").first).to_be_visible()
    expect(page.locator("[data-verdict]")).to_have_count(40)
    shot(page, "organizer_certified")


@pytest.mark.long(
    "browser/test_organizer.py::test_a_round_is_closed_by_keys_alone",
    "organizers/results/test_results_pages.py::test_the_word_file_says_what_the_page_says",
    "organizers/results/test_awards.py::test_every_file_carries_the_certified_figures",
    "organizers/results/test_standings.py::test_certifying_repeats_what_it_does_and_leaves_edition_and_hash",
    "organizers/results/test_standings.py::test_the_page_shows_the_certified_figures",
)
def test_the_files_taken_home_are_what_was_certified(
    closed_and_certified: tuple[Page, Server], shot: Callable[..., Path]
):
    """The award list row by row: code, village, place, the hash in both files; then the scores."""
    page, server = closed_and_certified
    snapshot = certified(server)
    winners = sorted(
        (line for line in snapshot["content"]["entrants"] if line["selected"]),
        key=lambda line: line["place"],
    )
    go_to(page, server, "organizers-awards")
    shot(page, "organizer_awards")
    name, xlsx = take(page, ".xlsx")
    assert name.endswith(".xlsx")
    assert f"v1-{snapshot['sha256'][:8]}" in name
    _, text = take(page, ".csv")
    assert text.startswith(b"\xef\xbb\xbf")
    for rows in (with_code(read_xlsx(xlsx)), with_code(read_csv(text))):
        assert len(rows) == len(winners) == 13
        for row, line in zip(rows, winners, strict=True):
            assert line["code"] in row
            assert line["village"] in row
            assert str(row[0]) == str(line["place"])
    assert snapshot["sha256"][:12] in text.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(xlsx)) as book:
        inside = "".join(book.read(part).decode("utf-8", "replace") for part in book.namelist())
    assert snapshot["sha256"] in inside
    the_table_of_scores(page, server, snapshot["content"]["entrants"])


def the_table_of_scores(page: Page, server: Server, lines: list[dict]) -> None:
    """Every entrant's official figure, in the order of the standings."""
    go_to(page, server, "organizers-standings")
    page.get_by_role("button", name=t("organizers.act.export", "zh")).click()
    expect(dialog(page)).to_be_visible()
    _, xlsx = take(page, ".xlsx")
    _, text = take(page, ".csv")
    for rows in (with_code(read_xlsx(xlsx)), with_code(read_csv(text))):
        assert len(rows) == len(lines) == 40
        for row, line in zip(rows, lines, strict=True):
            figures = [Decimal(str(cell)).quantize(Decimal("0.01")) for cell in row[8:12]]
            assert figures == [
                Decimal(line[key]).quantize(Decimal("0.01"))
                for key in ("announced", "adjusted", "deduction", "official")
            ]


@pytest.fixture(scope="module")
def open_desk(
    templates: Templates,
    tmp_path_factory: pytest.TempPathFactory,
    kept_page: Callable[..., Page],
) -> Iterator[tuple[Page, Server]]:
    """The organizer's overview, for the tests below; the last closes the round."""
    page = kept_page("desk", "zh")
    with served(templates, tmp_path_factory.mktemp("organizer")) as server:
        come_in(page, server, path="organizers-overview")
        yield page, server


@pytest.mark.long(
    "browser/test_live.py::test_the_clicker_presses_once_and_not_behind_a_dialog",
    "organizers/live/test_stage.py::test_a_deduction_counts_only_after_the_supervisor_confirms",
)
def test_a_dialog_survives_the_desk_being_drawn_anew(
    open_desk: tuple[Page, Server], shot: Callable[..., Path]
):
    """Another's act has the desk drawn again; what is typed in a dialog stays."""
    page, server = open_desk
    go_to(page, server, "organizers-stage")
    page.get_by_role("button", name=t("organizers.act.deduct", "zh")).click()
    amount = dialog(page).get_by_role("textbox", name=t("organizers.stage.deduct_amount", "zh"))
    amount.fill("0.10")
    beside(server, deduct, "scorekeeper")
    expect(page.get_by_text("39号 扣 0.20 分待确认")).to_be_visible()
    expect(amount).to_have_value("0.10")
    dialog(page).get_by_label(t("organizers.ask.reason", "zh")).fill("超时 7 秒")
    do(page)
    expect(page.get_by_text("40号 扣 0.10 分待确认")).to_be_visible()
    shot(page, "organizer_stage")


@pytest.mark.long(
    "browser/test_live.py::test_a_seat_follows_its_pad_and_nothing_moves",
    "organizers/live/test_progress.py::test_a_missing_sheet_is_recorded_absent_with_a_reason",
    "organizers/live/test_redrawing.py::test_a_page_on_which_nothing_happens_is_drawn_once",
)
def test_progress_is_drawn_anew_in_place(open_desk: tuple[Page, Server], shot: Callable[..., Path]):
    """The matrix keeps its scroll and its height where an act has it drawn; nothing jumps."""
    page, server = open_desk
    lead(page, "/organizers-progress?lang=zh")
    matrix = page.locator(".st-key-matrix")
    expect(matrix).to_be_visible()
    matrix.evaluate("box => { box.scrollTop = 300 }")
    height = matrix.evaluate("box => box.getBoundingClientRect().height")
    left_alone(page, ".st-key-matrix")
    beside(server, one_absent, "scorekeeper")
    expect(page.locator(".a-counts")).to_contain_text("343/347")
    expect(matrix.locator("tbody th").last).not_to_be_in_viewport()
    assert matrix.evaluate("box => box.scrollTop") == 300
    assert matrix.evaluate("box => box.getBoundingClientRect().height") == height
    shot(page, "organizer_progress")


def test_a_round_is_closed_by_keys_alone(open_desk: tuple[Page, Server], shot: Callable[..., Path]):
    """Refused without a reason, which then is typed where the focus is."""
    page, server = open_desk
    if "organizers-overview" not in page.url:
        go_to(page, server, "organizers-overview")  # where the focus is at the beginning
    close_by_keys(page, shot)
