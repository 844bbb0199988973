"""A workbook full of markup, formulas and scripts: imported, shown everywhere, executed nowhere."""

import base64
import html
import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from xml.etree import ElementTree

import openpyxl
import pytest
from playwright.sync_api import Page, expect

import db
import intake
from competition.people import links
from competition.results import certifying
from competition.rounds.rules import RoundRules
from scoring import Rules
from tests.browser.hands import Hand
from tests.browser.inside import go, lead, sign_in
from tests.browser.pads import is_clean
from tests.browser.server import Server
from tests.intake.books import Sheets, content, sheets
from ui.pages import PAGES
from words import t

CANARY = (
    "<b class=canary>b</b><img src=x onerror='window.ran=1'><script>window.ran=1</script>"
    "![x](http://evil.test/x.png)**bold** [l](javascript:window.ran=1) $x^2$ `c` :red[r]"
)
FILES = "a[href*='download/']"
PNG = b"\x89PNG\r\n\x1a\n"
DRAWN = {b"IHDR", b"pHYs", b"sRGB", b"gAMA", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
"""The chunks of a picture that hold what is drawn."""
FORMULA = "=cmd|'/c calc'!A1"
RECOUNT = "recount"
"""The one file that is to compute: of functions, addresses and our own words, nothing typed."""
OWN = [
    *(f"'{t(f'exports.recount.sheet.{name}', 'zh')}'!" for name in ("marks", "totals")),
    *(f'"{t(f"exports.recount.{name}", "zh")}"' for name in ("same", "differs")),
]
FUNCTIONS = "COUNTA|COUNTIF|COUNT|AVERAGE|INT|ROUND|RANK|IF|AND|ABS|SUMPRODUCT"
ADDRESS, NUMBER, SIGN = r"\$?[A-Z]\$?\d+", r"\d+(?:\.\d+)?", "[-+*/(),:<=]"
TOKENS = [rf"(?:{FUNCTIONS})\(", ADDRESS, NUMBER, SIGN, *map(re.escape, OWN)]
OURS = re.compile(f"(?:{'|'.join(TOKENS)})+")
MOST = frozenset({"organizers.rubric"})
"""The page of titles, texts and levels; names are in the log, where the hand begins."""
TEXTS = {
    "参赛名单": ("乡镇外", "成果名称", "汇报人", "职务", "单位", "备注"),
    "评委名单": ("姓名", "领域"),
    "评分标准": ("指标", "评分要点", "评分档"),
}
FETCH = """async href => {
    const answer = await fetch(href);
    if (!answer.ok) throw new Error(href);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
}"""
FOUND = """() => ({
    ran: window.ran ?? null,
    made: [...document.querySelectorAll(
        "b.canary, img[src*='evil'], a[href^='javascript'], .katex, img[src='x']"
    )].map(one => one.outerHTML.slice(0, 80)),
})"""


def hostile() -> bytes:
    """Marks of a final whose every free text is the canary or a formula."""
    book: Sheets = sheets()
    for table, columns in TEXTS.items():
        head, *rows = book[table]
        head += [name for name in columns if name not in head]
        for at, row in enumerate(rows):
            row += [None] * (len(head) - len(row))
            for name in columns:
                text = FORMULA if name == "职务" else f"{CANARY}{table}{at}"
                levels = f"优 {(30, 20)[at % 2]}-{(60, 40)[at % 2]} {CANARY}"
                row[head.index(name)] = levels if name == "评分档" else text
    return as_text(content(book))


def as_text(workbook: bytes) -> bytes:
    """The workbook with every formula as the text it looks like."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str):
                cell.data_type = "s"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def fill(store: db.Store) -> SimpleNamespace:
    """The past round entered and certified; the organizer's link, a judge's, the screen's."""
    at = datetime.now(UTC)
    who, token = links.begin(store, title=f"擂台赛{CANARY}", organizer="赛务组", at=at)
    plan = intake.read(hostile(), name=f"{CANARY[:60]}.xlsx")
    assert plan.stops == (), [stop.code for stop in plan.stops]
    rules = RoundRules(scoring=Rules(official="mean", top=2))
    done = intake.enter(store, who, plan, at=at, rules=rules, round_title=f"决赛{CANARY}")
    with store.reading() as tx:
        judge = tx.value("SELECT person_id FROM seats WHERE number = 1")
    tokens = {"organizer": token, "judge": links.make_link(store, who, judge, at=at)}
    shown = certifying.to_sign(store, who, done.round_id).sha256
    certifying.certify_alone(store, who, done.round_id, sha256=shown, reason="独自一人", at=at)
    return SimpleNamespace(tokens=tokens, round_id=done.round_id)


def is_inert(page: Page, where: str) -> None:
    """Nothing ran, and nothing that was written became an element."""
    assert page.evaluate(FOUND) == {"ran": None, "made": []}, where


@pytest.fixture
def hand(kept_server: Callable[..., Server], new_page: Callable[..., Page]) -> Hand:
    """The organizer, at the round's log."""
    server = kept_server(fill)
    hand = Hand(new_page("desk", "zh"), lambda *_: None)
    sign_in(hand.page, server, server.filled.tokens["organizer"])
    hand.page.goto(f"{server.url}/organizers-log?round={server.filled.round_id}")
    expect(hand.page.locator("h1")).to_have_text(t("organizers.log.title", "zh"))
    is_inert(hand.page, "log")
    return hand


def pages_are_inert(hand: Hand, server: Server, names: Iterable[str]) -> None:
    """Each of these pages is drawn, and nothing ran."""
    for one in (one for one in PAGES if one.key in names):
        lead(hand.page, f"/{one.address}?round={server.filled.round_id}")
        # A page of composites alone says so in a box, without a title.
        head = hand.page.locator("h1", has_text=t(f"{one.key}.title", "zh"))
        expect(head.or_(hand.page.locator("[role=alert]")).first).to_be_visible()
        hand.settle()
        is_inert(hand.page, one.key)


def test_nothing_that_a_workbook_says_is_executed(
    kept_server: Callable[..., Server], new_page: Callable[..., Page], hand: Hand
):
    """The import page before entering, the pages with most of its texts, the pad, the hall.

    A page that asked evil.test for its picture would fail by that alone.
    """
    server, page = kept_server(fill), hand.page
    there = server.filled
    pages_are_inert(hand, server, MOST)
    go(page, "organizers.import_page")
    file = {"name": "名单.xlsx", "mimeType": "application/xlsx", "buffer": hostile()}
    page.locator("input[type=file]").set_input_files([file])
    expect(page.get_by_text(t("organizers.import_page.difference.new", "zh")).first).to_be_visible()
    is_inert(page, "read")
    judge = new_page("tablet", "zh")
    sign_in(judge, server, there.tokens["judge"], kind="light")
    judge.goto(f"{server.url}/pad")
    expect(judge.locator("body")).to_contain_text("onerror")
    is_inert(judge, "judge")
    page.goto(f"{server.url}/hall/{there.round_id}?lang=zh")
    expect(page.locator("main")).to_be_visible()
    is_inert(page, "hall")
    assert is_clean(server)


@pytest.mark.long(
    "browser/test_importing_canary.py::test_nothing_that_a_workbook_says_is_executed",
    "every_page/test_plain.py::test_no_label_reads_what_a_person_wrote_as_markdown",
    "exports/test_xlsx.py::test_no_formula_anywhere_even_in_titles",
    "exports/papers/test_official.py::test_text_is_printed_as_it_was_typed",
    "organizers/results/test_official.py::test_a_village_called_like_a_formula_stays_text",
    "organizers/results/test_public_bundle.py::test_no_typed_text_is_a_formula_in_any_table_of_the_public_version",
)
def test_no_page_executes_it_and_no_file_holds_code(kept_server: Callable[..., Server], hand: Hand):
    """Every page of the organizers, and every paper that a page offers."""
    server = kept_server(fill)
    pages_are_inert(hand, server, {one.key for one in PAGES if one.entry} - MOST)
    files = papers(hand, server)
    assert len(files) > 3
    assert RECOUNT in files
    for name, file_ in files.items():
        holds_no_code(name, file_)
    assert is_clean(server)


def papers(hand: Hand, server: Server) -> dict[str, bytes]:
    """Every file that the page of papers and the lists offer."""
    found, recount = {}, None
    for address in ("organizers-official", "organizers-awards", "organizers-standings"):
        hand.page.goto(f"{server.url}/{address}?round={server.filled.round_id}")
        hand.settle()
        if address == "organizers-official":
            expect(hand.page.locator(FILES).first).to_be_visible()
            computes = hand.page.locator(f".st-key-paper-{RECOUNT} {FILES}")
            recount = computes.get_attribute("href")
        for link in hand.page.locator(FILES).all():
            href = str(link.get_attribute("href"))
            content_ = base64.b64decode(hand.page.evaluate(FETCH, href))
            name = f"{address} {link.inner_text()} {len(found)}"
            found[RECOUNT if href == recount else name] = content_
    return found


def holds_no_code(name: str, content_: bytes) -> None:
    """An office file without a formula, field, link or script; a PDF or picture without an action.

    Only the workbook that recounts has formulas, and only ours.
    """
    if content_.startswith(PNG):
        assert not set(chunks(content_)) - DRAWN, name
    elif content_[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content_)) as book:
            parts = {part: book.read(part).decode("utf-8", "replace") for part in book.namelist()}
        if name == RECOUNT:
            parts = {part: without_ours(text) for part, text in parts.items()}
        code = re.compile(r"<f>|<f |<w:hyperlink|<hyperlink |vbaProject|TargetMode=.External")
        fields = [part for part, text in parts.items() if code.search(text)]
        assert not fields, (name, fields)
    elif content_[:5] == b"%PDF-":
        assert b"/JavaScript" not in content_, name
        assert b"/URI" not in content_, name
    elif re.match(rb"(<\?xml[^>]*>\s*)?<svg", content_):
        nodes = list(ElementTree.fromstring(content_).iter())
        kinds = {node.tag.rpartition("}")[2] for node in nodes}
        assert not kinds & {"script", "foreignObject", "a", "image"}, name
        leads = [pair for node in nodes for pair in node.items() if acts(*pair)]
        assert not leads, (name, leads)
    else:
        cells = re.split(r"[,\t\r\n]", content_.decode())
        assert not [cell for cell in cells if cell.strip('"').startswith(("=", "+cmd"))], name


def acts(attribute: str, value: str) -> bool:
    """Whether an attribute of a picture runs something or leads out of it."""
    own = attribute.rpartition("}")[2].lower()
    return own.startswith("on") or (own == "href" and not value.startswith("#"))


def chunks(picture: bytes) -> Iterator[bytes]:
    """The kinds of a PNG's chunks in their order: a text chunk is one that no viewer draws."""
    at = len(PNG)
    while at < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        yield kind
        at += length + 12


def without_ours(part: str) -> str:
    """A part of a workbook without the formulas that hold nothing typed."""

    def left(found: re.Match[str]) -> str:
        return "" if OURS.fullmatch(html.unescape(found[1])) else found[0]

    return re.sub(r"<f>([^<]*)</f>", left, part)
