"""Importing in the browser: own workbooks chosen, mended by clicks on the page, entered whole."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from competition.lineup.entrants import all_entrants
from competition.people import links
from competition.sign_ins import visitor_of
from tests.browser.hands import Hand
from tests.browser.pads import is_clean, opened
from tests.browser.server import Server
from tests.intake.messy import ENTRANTS, Messy, row_of
from words import t


def begun(store: db.Store) -> str:
    """A competition with nothing in it; the organizer's link."""
    _, token = links.begin(store, title="村庄规划擂台赛", organizer="赛务组", at=datetime.now(UTC))
    return token


def spoilt_list() -> bytes:
    """Forty villages: one misspelt, one name for two villages, one without a title, one twice."""
    book = Messy()
    for title in book.book.sheetnames:
        if title != ENTRANTS:
            del book.book[title]
    sheet = book.sheets[ENTRANTS]
    row = row_of(2)
    for cell, value in (("B", "石屏县"), ("C", "坝心镇"), ("D", "黑泥村"), ("E", None)):
        sheet[f"{cell}{row}"] = value
    for cell, value in (("B", "开远市"), ("C", None), ("D", "龙潭村"), ("E", None)):
        sheet[f"{cell}{row + 1}"] = value
    sheet[f"F{row + 3}"] = None
    for column in "BCDEF":
        sheet[f"{column}{row + 9}"] = sheet[f"{column}{row + 8}"].value
    sheet[f"D{row + 4}"] = f"　{book.villages[6].name}"
    sheet[f"E{row + 5}"] = int(book.villages[7].code)
    return book.content()


def say(key: str, lang: str = "zh", **values: object) -> str:
    return t(f"organizers.import_page.{key}", lang, **values)


@pytest.mark.long(
    "organizers/prepare/test_setup_pages.py::"
    "test_a_workbook_makes_a_round_once_method_and_places_are_given",
    "organizers/prepare/test_setup_pages.py::test_a_pasted_list_shows_what_it_was_read_as_and_enters_nothing_before",
    "organizers/prepare/test_setup_pages.py::test_an_ambiguous_village_is_chosen_by_a_person",
    "intake/test_stops.py::test_what_cannot_be_taken_stops_and_nothing_is_written",
)
def test_a_list_is_mended_by_clicks_and_entered(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """Four faults: three proposals and one typed; nothing is written before the last is mended."""
    server = live_server(begun)
    page = new_page("tablet", "zh")
    hand = Hand(page, shot)
    page.goto(f"{server.url}/j/{server.filled}")
    hand.settle()
    hand.go(t("organizers.import_page.title", "zh"))
    file = {"name": "参赛名单.xlsx", "mimeType": "application/xlsx", "buffer": spoilt_list()}
    page.locator("input[type=file]").set_input_files([file])
    expect(page.get_by_text(say("kind.stop", count=4))).to_be_visible()
    shot(page, "import_stops")
    enter = page.get_by_role("button", name=say("enter"), exact=True)
    expect(enter).to_be_disabled()
    hand.press("坝心镇黑尼村 532525103211")
    expect(page.get_by_text(say("kind.stop", count=3))).to_be_visible()
    hand.press("大庄回族乡龙潭村 532502201202")
    hand.press(page.locator("[data-testid=stPopover] button").first)
    page.get_by_role("textbox", name=say("write_into")).fill("新的规划")
    hand.press(say("write"))
    hand.press(t("intake.choice.drop", "zh", row=15))
    expect(enter).to_be_enabled()
    shot(page, "import_ready")
    page.set_viewport_size({"width": 390, "height": 844})
    hand.settle()
    shot(page, "import_phone")
    preset = t("organizers.rules.preset.several_panels.name", "zh")
    hand.press(page.get_by_role("radio", name=preset))
    hand.type(t("organizers.rules.field.top", "zh"), "13")
    hand.press(enter)
    expect(page.get_by_text("新增参评成果 39 个")).to_be_visible()
    with opened(server) as store:
        with store.reading() as tx:
            people = tx.rows("SELECT id FROM people")
            who = visitor_of(tx, people[0]["id"])
        entered = {one["code"]: one["title"] for one in all_entrants(store, who)}
    assert "532525103211" in entered
    assert "新的规划" in entered.values()
    assert is_clean(server)
