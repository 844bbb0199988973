"""A practice before the first entrant: begun by one press, marked, shown in the hall, and gone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from competition.lineup.practice import NUMBER
from competition.people import links
from competition.stage import hall_links
from tests.browser.hands import Hand
from tests.browser.inside import sign_in
from tests.browser.pads import is_clean
from tests.browser.server import Server
from tests.competition import event as events
from tests.competition.lineup.test_practice import SHOWN
from words import t


@dataclass
class Filled:
    """Tokens by name, and that of the hall's screen."""

    tokens: dict[str, str]
    screen: str


def fill(store: db.Store) -> Filled:
    """The small event in draft, its scores announced one by one."""
    event = events.draft(store, rules=SHOWN)
    who, at = event.organizer, datetime.now(UTC)
    people = {"organizer": event.people["organizer"], "judge1": event.judges[1]}
    tokens = {name: links.make_link(store, who, person, at=at) for name, person in people.items()}
    return Filled(tokens, hall_links.make_hall_link(store, who, event.round_id, at=at))


@pytest.mark.long(
    "organizers/test_practice.py::test_one_press_begins_and_one_ends_it",
    "organizers/test_practice.py::test_the_days_pages_work_in_it_and_pages_of_results_refuse_it",
    "competition/lineup/test_practice.py::"
    "test_tablets_and_hall_show_the_practice_and_then_the_round",
)
def test_a_practice_from_the_first_press_to_the_real_round(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """The screen of the round shows the practice; tablets go there and back by themselves."""
    server = live_server(fill)
    desk, pad, screen = new_page("tablet", "zh"), new_page("tablet"), new_page("hall")
    screen.goto(f"{server.url}/h/{server.filled.screen}")
    expect(screen.get_by_text(t("hall.waiting", "zh"))).to_be_visible()
    sign_in(desk, server, server.filled.tokens["organizer"])
    desk.goto(server.url)
    hand = Hand(desk, shot)
    hand.press(t("organizers.act.begin_practice", "zh"))
    expect(desk.locator("h1")).to_have_text(t("organizers.stage.title", "zh"))
    sign_in(pad, server, server.filled.tokens["judge1"], kind="light")
    pad.goto(f"{server.url}/pad")
    expect(pad.locator(".pad header.head")).to_contain_text(t("practice.village", "zh"))
    number = t("list.number", "zh", number=NUMBER)
    for step in ("call", "present"):
        name = t(f"organizers.next.step.{step}", "zh", number=number)
        hand.press(desk.get_by_role("button", name=name))
    shot(desk, "practice_desk")
    expect(screen.get_by_text(t("practice.mark", "zh"))).to_be_visible()
    shot(screen, "practice_hall")
    shot(pad, "practice_pad")
    hand.go(t("organizers.overview.title", "zh"))
    shot(desk, "practice_overview")
    hand.press(t("organizers.practice.end", "zh"))
    expect(desk.get_by_text(t("organizers.practice.title", "zh"))).to_have_count(0)
    expect(screen.get_by_text(t("practice.mark", "zh"))).to_have_count(0)
    shot(desk, "practice_ended")
    shot(pad, "practice_ended_pad")
    assert is_clean(server)
