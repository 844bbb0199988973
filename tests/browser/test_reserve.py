"""A judge leaves and a reserve takes the seat; a stranger enters as the supervisor and is seen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from competition.corrections import requests
from competition.people import links
from competition.sign_ins import visitor_of
from competition.stage import moves
from tests.browser.hands import Hand
from tests.browser.pads import is_clean, opened
from tests.browser.server import Server
from tests.competition import event as events
from words import t

REASON = "突发不适，离开会场"


@dataclass
class Filled:
    """The tokens of those who come in, the round and the ids of its people."""

    tokens: dict[str, str]
    supervisor: str
    organizer: str
    round_id: str
    judges: dict[int, str]


def fill(store: db.Store) -> Filled:
    """The small event, open: all but judge 2 have marked entrant 2, who is on stage."""
    event = events.opened(store)
    who, at = event.organizer, datetime.now(UTC)
    for judge in (1, 4, 5, events.RESERVE):
        event.fill(judge, 2, ("50", f"{28 + judge}"), at=at)
    for stage in ("called", "presenting"):
        moves.move_stage(store, who, event.round_id, event.entrants[2], stage, at=at)
    people = {"organizer": event.people["organizer"], "supervisor": event.people["supervisor"]}
    people |= {f"judge{number}": event.judges[number] for number in (2, events.RESERVE)}
    tokens = {name: links.make_link(store, who, person, at=at) for name, person in people.items()}
    own = (people["supervisor"], people["organizer"])
    return Filled(tokens, *own, event.round_id, dict(event.judges))


def enter(page: Page, server: Server, name: str) -> Page:
    """Open a person's link."""
    page.goto(f"{server.url}/j/{server.filled.tokens[name]}")
    return page


def pad(page: Page, server: Server, name: str) -> Page:
    """A judge's tablet, on the sheet of the entrant on stage."""
    enter(page, server, name)
    expect(page.locator(".pad header.head")).to_contain_text("2号")
    return page


def confirm(server: Server) -> None:
    """The supervisor confirms the correction that waits."""
    with opened(server) as store:
        with store.reading() as tx:
            (waiting,) = tx.rows("SELECT id FROM corrections WHERE state = 'asked'")
            who = visitor_of(tx, server.filled.supervisor)
        requests.answer_correction(store, who, waiting["id"], approve=True, at=datetime.now(UTC))


def test_a_reserves_pad_is_told_at_once(
    live_server: Callable[..., Server], new_page: Callable[..., Page]
):
    """The sheet marked while sitting in is the seat's; the one who left marks no more."""
    server = live_server(fill)
    reserve = pad(new_page("tablet"), server, "judge7")
    expect(reserve.locator(".pad header.head")).to_contain_text(t("pad.in_reserve", "zh"))
    leaving = pad(new_page("tablet"), server, "judge2")
    ask(server)
    confirm(server)
    told = t("pad.in_seat", "zh", seat="02")
    expect(reserve.locator(".pad header.head")).to_contain_text(told)
    expect(leaving.get_by_text(REASON).first).to_be_visible()
    assert is_clean(server)


def ask(server: Server) -> None:
    """The organizer asks for the change of seat."""
    found: Filled = server.filled
    what = {"judge": found.judges[2], "taking": found.judges[events.RESERVE], "first": 2}
    with opened(server) as store:
        with store.reading() as tx:
            who = visitor_of(tx, found.organizer)
        requests.request_correction(
            store, who, found.round_id, "reserve", what, reason=REASON, at=datetime.now(UTC)
        )


@pytest.mark.long(
    "browser/test_reserve.py::test_a_reserves_pad_is_told_at_once",
    "organizers/live/test_substituting.py::test_the_organizer_seats_a_reserve",
    "organizers/live/test_substituting.py::test_a_change_of_seat_waits_among_what_is_to_do",
)
def test_a_reserve_takes_over_and_everybody_is_told(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """The sheet marked while sitting in counts at once; the one who left marks no more."""
    server = live_server(fill)
    reserve = pad(new_page("tablet"), server, "judge7")
    expect(reserve.locator(".pad header.head")).to_contain_text(t("pad.in_reserve", "zh"))
    leaving = pad(new_page("tablet"), server, "judge2")
    hand = Hand(enter(new_page("desk", "zh"), server, "organizer"), shot)
    hand.go(t("organizers.stage.title", "zh"))
    counted = t("organizers.stage.seats_note", "zh", number="2号", submitted=3, expected=4)
    expect(hand.page.get_by_text(counted)).to_be_visible()
    hand.press(t("organizers.substitute.ask", "zh"))
    hand.pick(t("organizers.substitute.holder", "zh"), "评委02")
    hand.type(t("organizers.ask.reason", "zh"), REASON)
    shot(hand.page, "reserve_dialog")
    hand.press(t("organizers.substitute.confirm", "zh"))
    expect(hand.page.get_by_text(t("organizers.second.offer", "zh"))).to_be_visible()
    shot(hand.page, "reserve_waits")
    confirm(server)
    counted = t("organizers.stage.seats_note", "zh", number="2号", submitted=4, expected=4)
    expect(hand.page.get_by_text(counted)).to_be_visible()
    expect(hand.page.get_by_text(t("organizers.stage.stands_for", "zh", seat="02"))).to_be_visible()
    shot(hand.page, "reserve_desk")
    told = t("pad.in_seat", "zh", seat="02")
    expect(reserve.locator(".pad header.head")).to_contain_text(told)
    expect(leaving.get_by_text(REASON).first).to_be_visible()
    shot(reserve, "reserve_pad")
    shot(leaving, "reserve_left")
    assert is_clean(server)


@pytest.mark.long(
    "organizers/prepare/test_staff.py::test_the_supervisor_reads_of_another_link_first",
    "competition/people/test_own_entries.py::test_the_others_are_ended_and_this_device_goes_on",
    "competition/people/test_own_entries.py::test_an_organizer_who_enters_as_the_supervisor_is_noticed",
)
def test_the_supervisor_ends_an_entry_that_is_not_theirs(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """Another browser opens the link: the next page says so, and one press puts it out."""
    server = live_server(fill)
    own = enter(new_page("desk", "zh"), server, "supervisor")
    hand = Hand(own, shot)
    hand.go(t("organizers.log.title", "zh"))
    title = t("ui.entries.title", "zh")
    expect(own.get_by_text(title)).to_have_count(0)
    other = enter(new_page("desk", "zh"), server, "supervisor")
    expect(other.locator("h1")).to_be_visible()
    hand.go(t("organizers.stage.title", "zh"))
    expect(own.get_by_text(title)).to_be_visible()
    shot(own, "reserve_entries")
    hand.press(t("ui.entries.end", "zh"))
    expect(own.get_by_text(title)).to_have_count(0)
    hand.go(t("organizers.log.title", "zh"))
    expect(own.get_by_text(t("event.other_entries_ended", "zh"))).to_be_visible()
    other.reload()
    expect(other.get_by_text(t("error.sign_in_needed", "zh")).first).to_be_visible()
    assert is_clean(server)
