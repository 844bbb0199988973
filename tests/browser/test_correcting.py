"""A village's name put right while judges mark: on the page, then on a tablet that is in use."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from competition.people import links
from competition.sign_ins import visitor_of
from tests.browser import pads
from tests.browser.hands import Hand
from tests.browser.inside import sign_in
from tests.browser.pads import Hall, Pad, is_clean, saved, stored
from tests.browser.server import Server
from words import t

RIGHT, WRONG = "新寨村", pads.VILLAGES[0]


def fill(store: db.Store) -> Hall:
    """A small hall, whose organizer has a link."""
    hall, at = pads.fill(store, judges=1), datetime.now(UTC)
    with store.reading() as tx:
        who = visitor_of(tx, hall.organizer)
    hall.tokens[0] = links.make_link(store, who, hall.organizer, at=at)
    return hall


@pytest.mark.long(
    "organizers/prepare/test_correcting_pages.py::test_details_are_corrected_after_opening",
    "competition/lineup/test_correcting.py::"
    "test_a_correction_reaches_the_pad_and_tells_it_to_fetch",
    "competition/lineup/test_correcting.py::test_a_correction_is_in_the_log_with_its_reason",
    "browser/test_pad_rubric.py::test_an_open_pad_says_it_and_keeps_marks_typed_and_unsent",
)
def test_a_wrong_name_is_corrected_under_a_judges_hand(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """The tablet shows the new name by itself, within a few seconds; no mark is lost."""
    server = live_server(fill)
    pad = Pad(new_page("tablet"), server, 1, server.port, "pad").enter()
    head = pad.page.locator(".pad header.head")
    expect(head).to_contain_text(WRONG)
    pad.tap(0, 1, "19.5")
    pad.shows(saved(1))
    pad.type(1, "13")
    hand = Hand(new_page("desk", "zh"), shot)
    sign_in(hand.page, server, server.filled.tokens[0])
    hand.page.goto(f"{server.url}/organizers-entrants?lang=zh")
    hand.settle()
    entrant = f"1号 {WRONG} 元阳县逢春岭乡"
    hand.pick(t("organizers.entrants.which_wrong", "zh"), entrant)
    hand.press(t("organizers.entrants.correct_entrant", "zh"))
    hand.type(t("organizers.entrants.field.village", "zh"), RIGHT)
    hand.type(t("organizers.entrants.correct_reason", "zh"), "录错，按乡里来函更正")
    shot(hand.page, "correct_details")
    hand.press(t("organizers.entrants.correct_confirm", "zh"))
    expect(hand.page.get_by_role("cell", name=RIGHT)).to_be_visible()
    expect(head).to_contain_text(RIGHT)
    pad.shows(saved(2))
    shot(pad.page, "correct_details_pad")
    assert stored(server, 1)[:2] == ["19.5", "13.0"]
    hand.go(t("organizers.log.title", "zh"))
    expect(hand.page.get_by_text(f"{WRONG} → {RIGHT}")).to_be_visible()
    shot(hand.page, "correct_details_log")
    assert is_clean(server)
