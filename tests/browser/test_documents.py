"""A blind desk review in the browser: plans uploaded many at once, read on a tablet by number."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, Response, expect

import db
from competition.documents import documents
from competition.people import links
from competition.sign_ins import visitor_of
from competition.stage import moves
from competition.visitor import Visitor
from tests.browser import pads
from tests.browser.hands import Hand
from tests.browser.inside import sign_in
from tests.browser.pads import Hall, Pad, is_clean, word
from tests.browser.server import Server
from tests.browser.test_pad_look import LEAST, box, serious
from tests.competition.documents.test_documents import KINDS
from tests.competition.test_blind import names_of
from words import t


def blind(store: db.Store) -> Hall:
    """A blind round whose first entrant's plan lies in a cabinet; nobody is on stage."""
    hall = pads.fill(store, judges=3, blind=True)
    with store.reading() as tx:
        who = visitor_of(tx, hall.organizer)
    at = datetime.now(UTC)
    moves.move_stage(store, who, hall.round_id, hall.entrants[1], "marking", at=at)
    moves.move_stage(store, who, hall.round_id, hall.entrants[1], "done", at=at)
    hall.tokens[0] = links.make_link(store, who, hall.organizer, at=at)
    return hall


def drawn(kind: str) -> bytes:
    """A page that names nobody, as a PDF or PNG."""
    page, written = Image.new("RGB", (420, 594), "white"), BytesIO()
    ImageDraw.Draw(page).text((40, 40), "A village plan", fill="black")
    page.save(written, kind)
    return written.getvalue()


PLANS = (
    ("001 老曹寨村.pdf", drawn("PDF"), "application/pdf"),
    ("1-图.png", drawn("PNG"), "image/png"),
)
"""Files whose names begin with their entrant's number."""


def test_plans_are_read_by_their_number_without_a_name(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """What was kept of the organizer's files is opened by a judge; a page names nobody."""
    server = live_server(blind)

    def keep(store: db.Store, who: Visitor, at: datetime) -> None:
        files = [(server.filled.entrants[1], name, content) for name, content, _ in PLANS]
        documents.add_documents(store, who, files, at=at)

    pads.act(server, keep)
    names_nobody(server, new_page("tablet", "zh"), shot)


@pytest.mark.long(
    "browser/test_documents.py::test_plans_are_read_by_their_number_without_a_name",
    "organizers/prepare/test_materials.py::test_every_entrant_is_listed_with_what_there_is_to_read",
    "organizers/prepare/test_materials.py::test_a_file_finds_its_entrant_by_how_its_name_begins",
    "organizers/prepare/test_materials.py::test_many_files_are_kept_all_or_none",
)
def test_plans_are_uploaded_by_their_numbers_and_read_without_a_name(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """From the organizer's files to the judge's eyes; what a page shows names nobody."""
    server = live_server(blind)
    upload(server, Hand(new_page("desk", "zh"), shot), shot)
    names_nobody(server, new_page("tablet", "zh"), shot)


def names_nobody(server: Server, page: Page, shot: Callable[..., Path]) -> None:
    """A judge reads the plans of the first entrant; neither page nor answers hold a name."""
    pad = Pad(page, server, 2, server.port, "pad").enter()
    read(pad, shot)
    with pads.opened(server) as store:
        names = names_of(store)
    shown = page.content() + page.evaluate("fetch('/api/work').then((answer) => answer.text())")
    assert {name for name in names if name in shown} == set()
    assert is_clean(server)


def upload(server: Server, hand: Hand, shot: Callable[..., Path]) -> None:
    """Two files, whose names begin with the numbers of their entrants; then a shelf mark."""
    page = hand.page
    sign_in(page, server, server.filled.tokens[0])
    page.goto(f"{server.url}/organizers-entrants?lang=zh")
    hand.settle()
    hand.press(page.get_by_text(t("organizers.entrants.part_materials", "zh"), exact=True))
    expect(page.get_by_text(t("organizers.materials.blind", "zh"))).to_be_visible()
    hand.press(t("organizers.materials.many", "zh"))
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": kind, "buffer": content} for name, content, kind in PLANS]
    )
    hand.settle()
    expect(page.locator("[role=dialog] tbody tr")).to_have_count(2)
    shot(page, "documents_many")
    hand.press(t("organizers.materials.upload_many", "zh", count=2))
    expect(page.get_by_text(t("organizers.materials.uploaded", "zh"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="001 老曹寨村.pdf")).to_be_visible()
    shot(page, "documents_list")


def is_a_plan(answer: Response) -> bool:
    """Whether a file was answered; a browser without windows does not show a PDF."""
    return answer.headers.get("content-type") in KINDS


def read(pad: Pad, shot: Callable[..., Path]) -> None:
    """The number alone; the papers one tap away; each opens in a page of its own."""
    page = pad.page
    expect(page.locator(".pad .num")).to_have_text(word("number", number="001"))
    expect(page.locator(".pad .words b")).to_have_text(word("unnamed"))
    pad.button(word("materials")).click()
    links_of = page.locator(".pad .paper")
    expect(links_of).to_have_count(2)
    expect(links_of.first).to_contain_text(word("document_n", n=1))
    shot(page, "documents_pad")
    assert serious(pad, "documents") == []
    for at in range(2):
        assert box(links_of.nth(at))["height"] >= LEAST
    kinds = set()
    for at in range(2):
        with (
            page.context.expect_event("response", is_a_plan) as answered,
            page.expect_popup() as opened,
        ):
            links_of.nth(at).click()
        kinds.add(answered.value.headers["content-type"])
        assert answered.value.headers["content-disposition"].startswith("inline")
        opened.value.close()
    assert kinds == {"application/pdf", "image/png"} <= set(KINDS)
