"""A judge of a desk review is absent: the sheets go to others by one act, and tablets show it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from competition.lineup import assigning, entrants, handing_over, sessions
from competition.people import links
from competition.rounds import rounds
from tests.browser.hands import Hand
from tests.browser.pads import is_clean
from tests.browser.server import Server
from tests.competition import event as events
from words import t

LEAVING = 2


@dataclass
class Filled:
    """Tokens by name, and the judge to whom the proposal gives most, with how many sheets."""

    tokens: dict[str, str]
    sheets: int


def fill(store: db.Store) -> Filled:
    """Five entrants shared out among six judges, three each, and opened; one sheet is in."""
    event = events.draft(store)
    who, at, round_id = event.organizer, datetime.now(UTC), event.round_id
    for session_id in event.sessions.values():
        sessions.remove_session(store, who, round_id, session_id, at=at)
    for number, entrant_id in event.entrants.items():
        entrants.enter_entrant(store, who, round_id, entrant_id, number=number, at=at)
    assigning.share_and_assign(store, who, round_id, per_entrant="3", seed="1", at=at)
    rounds.open_round(store, who, round_id, signed="all", at=at)
    found = handing_over.proposal(store, who, round_id, event.judges[LEAVING])
    people = {"organizer": event.people["organizer"], "reserve": event.judges[events.RESERVE]}
    people["leaving"] = event.judges[LEAVING]
    tokens = {name: links.make_link(store, who, person, at=at) for name, person in people.items()}
    return Filled(tokens, len(found.handings))


@pytest.mark.long(
    "organizers/live/test_handing_over.py::test_the_proposal_is_shown_and_accepted",
    "competition/lineup/test_handing_over.py::test_the_sheets_go_to_free_judges_and_all_is_counted_once",
    "browser/test_pad_rubric.py::test_an_open_pad_says_it_and_keeps_marks_typed_and_unsent",
)
def test_an_absent_judges_sheets_are_handed_over(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """Proposal, effect, reason, one press; the reserve's open tablet lists what it took."""
    server = live_server(fill)
    reserve, leaving = new_page("tablet"), new_page("tablet_upright")
    for page, name in ((reserve, "reserve"), (leaving, "leaving")):
        page.goto(f"{server.url}/j/{server.filled.tokens[name]}")
    expect(leaving.locator(".pad header.head")).to_be_visible()
    desk = new_page("desk", "zh")
    desk.goto(f"{server.url}/j/{server.filled.tokens['organizer']}")
    hand = Hand(desk, shot)
    hand.go(t("organizers.progress.title", "zh"))
    hand.press(t("organizers.act.hand_over_sheets", "zh"))
    hand.pick(t("organizers.handing_over.leaving", "zh"), "评委02")
    count = server.filled.sheets
    confirm = t("organizers.handing_over.confirm", "zh", count=count)
    expect(desk.get_by_role("button", name=confirm)).to_be_visible()
    hand.type(t("organizers.ask.reason", "zh"), "突发不适，退出评审")
    shot(desk, "handing_over_dialog")
    desk.set_viewport_size({"width": 820, "height": 1180})
    shot(desk, "handing_over_dialog_820")
    desk.set_viewport_size({"width": 390, "height": 844})
    shot(desk, "handing_over_dialog_390")
    desk.set_viewport_size({"width": 1440, "height": 900})
    hand.press(confirm)
    expect(desk.get_by_text(t("organizers.progress.absent", "zh")).first).to_be_visible()
    shot(desk, "handing_over_progress")
    told = t("pad.in_seat", "zh", seat="02")
    expect(reserve.locator(".pad header.head")).to_contain_text(told)
    shot(reserve, "handing_over_taken")
    expect(leaving.get_by_text("突发不适").first).to_be_visible()
    shot(leaving, "handing_over_left")
    assert is_clean(server)
