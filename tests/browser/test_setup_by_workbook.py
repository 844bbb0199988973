"""From an empty file to an opened round by one workbook: everything pressed and typed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from commands import ROOT
from competition.rounds import rounds
from competition.rounds.rules import RoundRules
from competition.sign_ins import visitor_of
from tests.browser.hands import Hand
from tests.browser.inside import sign_in
from tests.browser.pads import is_clean, opened
from tests.browser.server import Server
from tests.browser.test_importing import begun, say
from tests.intake.books import Sheets, spoilt
from words import t

CHOOSING = 2
"""Presses to choose a file: the button, and the file in the system's own dialog."""


def lists(book: Sheets) -> None:
    """Entrants in their order, judges and rubric: no panels, no marks, every maximum there."""
    book["决赛评分"] = book["决赛评分"][:1]
    del book["评委分场"]


@pytest.mark.long(
    "organizers/prepare/test_setup_pages.py::"
    "test_a_workbook_makes_a_round_once_method_and_places_are_given",
    "organizers/prepare/test_setup_pages.py::test_opening_reads_out_what_it_freezes",
    "browser/test_importing_canary.py::test_nothing_that_a_workbook_says_is_executed",
)
def test_an_organizer_opens_a_round_from_a_workbook(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """Method and places are asked for, one panel assigns itself, the scoring rules are waived."""
    server = live_server(begun)
    hand = Hand(new_page("desk", "zh"), shot)
    sign_in(hand.page, server, server.filled)
    hand.page.goto(server.url)
    hand.settle()
    hand.press(hand.page.get_by_role("link", name=t("organizers.overview.empty.import.go", "zh")))
    choose(hand, spoilt(lists))
    expect(hand.page.get_by_text(say("difference.new")).first).to_be_visible()
    hand.look("workbook_read")
    hand.press(say("enter"))
    expect(hand.page.get_by_text("“最终成绩的算法”不能空着")).to_be_visible()
    hand.press(
        hand.page.get_by_role("radio", name=t("organizers.rules.preset.several_panels.name", "zh"))
    )
    hand.type(t("organizers.rules.field.top", "zh"), "2")
    hand.look("workbook_asked")
    hand.press(say("enter"))
    hand.press(hand.page.get_by_role("link", name=t("organizers.preparing.open", "zh")))
    hand.press("开始评分…")
    hand.press(hand.page.get_by_text(t("organizers.opening.signing_waived", "zh"), exact=True))
    hand.type(t("organizers.opening.waived_field", "zh"), "演练，不签")
    hand.look("workbook_opening")
    hand.press("开始评分")
    expect(hand.page.get_by_text("校验码：")).to_be_visible()
    hand.press("知道了")
    with opened(server) as store:
        with store.reading() as tx:
            who = visitor_of(
                tx, tx.rows("SELECT person_id FROM grants WHERE role = 'organizer'")[0]["person_id"]
            )
        (row,) = rounds.rounds_of(store, who)
        assert row["state"] == "open"
        assert RoundRules.from_json(row["rules"]).scoring.top == 2
    assert is_clean(server)
    assert hand.clicks <= 15, hand.steps
    row = f"| organizer, by workbook to the opened round | {hand.clicks} | {hand.fields} |"
    assert row in (ROOT / "docs" / "benchmarks.md").read_text("utf-8"), row


def choose(hand: Hand, content: bytes) -> None:
    """Choose a workbook: it is found on the disk in a dialog of the system's."""
    file = {"name": "决赛.xlsx", "mimeType": "application/xlsx", "buffer": content}
    hand.page.locator("input[type=file]").set_input_files([file])
    hand.clicks += CHOOSING
    hand.settle()
