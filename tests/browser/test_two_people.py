"""Corrections by two people: asked for on one page, confirmed on another or by PIN."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from competition.corrections.listing import corrections_of
from competition.marks import pad_marks
from competition.marks.sheets import MarkChange
from competition.people import links, pins
from competition.rounds import rounds
from competition.sign_ins import visitor_of
from tests.browser import pads
from tests.browser.hands import Hand
from tests.browser.pads import Hall, is_clean
from tests.browser.server import Server
from words import t

PIN = "506172"
JUDGES = 6


def fill(store: db.Store) -> Hall:
    """Seven entrants marked by six judges, the round closed; the supervisor has a PIN."""
    hall = pads.fill(store, judges=JUDGES)
    at = datetime.now(UTC)
    for judge, person_id in hall.judges.items():
        with store.reading() as tx:
            who = visitor_of(tx, person_id)
        for number, entrant_id in hall.entrants.items():
            marks = [(judge + number + place) % 7 + 2 for place in range(len(hall.criteria))]
            taps = [
                MarkChange(key, value * 1000, f"tap-{judge}-{number}-{key[:8]}", 0)
                for key, value in zip(hall.criteria, marks, strict=True)
            ]
            pair = {"round_id": hall.round_id, "entrant_id": entrant_id}
            pad_marks.record_marks(store, who, **pair, changes=taps, at=at)
            seen = {tap.criterion_id: tap.value for tap in taps}
            change_id = f"submit-{judge}-{number}"
            pad_marks.submit_sheet(store, who, **pair, change_id=change_id, seen=seen, at=at)
    with store.reading() as tx:
        organizer, supervisor = (visitor_of(tx, one) for one in (hall.organizer, hall.supervisor))
    rounds.close_round(store, organizer, hall.round_id, at=at)
    links.make_link(store, organizer, hall.supervisor, at=at)
    pins.set_pin(store, supervisor, PIN, PIN, at=at)
    return hall


def link_of(server: Server, person_id: str) -> str:
    """A link for one of the staff."""
    store = db.Store(server.path)
    with store.reading() as tx:
        organizer = visitor_of(tx, server.filled.organizer)
    secret = links.make_link(store, organizer, person_id, at=datetime.now(UTC))
    store.close()
    return f"{server.url}/j/{secret}"


def states(server: Server) -> list[str]:
    """The corrections' states, the newest first."""
    with pads.opened(server) as store:
        with store.reading() as tx:
            who = visitor_of(tx, server.filled.supervisor)
        listed = corrections_of(store, who, server.filled.round_id)
        return [one.state for one in sorted(listed, key=lambda one: one.asked_at)]


def _ask(hand: Hand, entrant: str, judge: str, mark: str) -> None:
    """The organizer fills in the form and reads who would move before sending it."""
    hand.pick(t("organizers.corrections.field.entrant", "zh"), entrant)
    hand.pick(t("organizers.corrections.field.judge", "zh"), judge)
    first = hand.page.locator("[class*=st-key-field-correction-mark] input[type=text]").nth(2)
    first.fill(mark)
    first.press("Enter")
    hand.follow()
    hand.type(t("organizers.corrections.reason", "zh"), "纸质底稿为准")
    effect = t("correction.effect.title", "zh")
    expect(hand.page.locator(".a-effect")).to_contain_text(effect)
    expect(hand.page.locator(".a-effect")).to_contain_text("→")


@pytest.mark.long(
    "organizers/corrections/test_pages.py::test_the_supervisor_reads_old_new_reason_and_effect",
    "organizers/test_second.py::test_the_supervisor_confirms_on_the_organizers_desk",
    "organizers/test_second.py::test_a_wrong_pin_is_said_at_its_field_and_cleared",
    "organizers/corrections/test_pages.py::test_marks_are_asked_for_with_who_would_move",
)
def test_one_asks_and_another_confirms(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """By the own page and own PIN; then by PIN on the organizer's device."""
    server = live_server(fill)
    hand = Hand(new_page("desk", "zh"), shot)
    hand.page.goto(link_of(server, server.filled.organizer))
    hand.settle()
    hand.go(t("organizers.corrections.title", "zh"))
    _ask(hand, "1号 老曹寨村", "评委02", "1")
    shot(hand.page, "correction_asked_for", full_page=True)
    hand.press(t("organizers.corrections.send", "zh"))
    tags = hand.page.locator(".a-waits .a-tag")
    expect(tags.get_by_text(t("correction.state.asked", "zh"), exact=True)).to_be_visible()
    assert states(server) == ["asked"]

    other = Hand(new_page("tablet", "zh"), shot)
    other.page.goto(link_of(server, server.filled.supervisor))
    other.settle()
    expect(
        other.page.get_by_role("heading", name=t("organizers.waiting.title", "zh"))
    ).to_be_visible()
    shot(other.page, "supervisor_page", full_page=True)
    for width, height, name in ((820, 1180, "upright"), (390, 844, "phone")):
        other.page.set_viewport_size({"width": width, "height": height})
        other.settle()
        shot(other.page, f"supervisor_page_{name}", full_page=True)
    other.page.set_viewport_size({"width": 1024, "height": 768})
    pin = other.page.get_by_label(t("organizers.waiting.pin", "zh"))
    pin.fill("000999")
    pin.press("Enter")
    other.press(t("organizers.waiting.confirm", "zh"))
    expect(other.page.get_by_text(t("error.pin_wrong", "zh", left=4))).to_be_visible()
    assert states(server) == ["asked"]
    pin = other.page.get_by_label(t("organizers.waiting.pin", "zh"))
    pin.fill(PIN)
    pin.press("Enter")
    other.press(t("organizers.waiting.confirm", "zh"))
    expect(other.page.get_by_text(t("organizers.waiting.nothing", "zh"))).to_be_visible()
    shot(other.page, "supervisor_page_nothing", full_page=True)
    assert states(server) == ["confirmed"]

    hand.page.reload()
    hand.settle()
    _ask(hand, "2号 无浪村", "评委03", "2")
    hand.press(t("organizers.corrections.send", "zh"))
    hand.press(t("organizers.second.offer", "zh"))
    typed = hand.page.get_by_label(t("organizers.second.pin", "zh"))
    typed.fill(PIN)
    typed.press("Enter")
    hand.follow()
    hand.press(t("organizers.second.correction", "zh"))
    expect(tags.get_by_text(t("correction.state.confirmed", "zh"), exact=True)).to_have_count(2)
    shot(hand.page, "corrections_done", full_page=True)
    assert states(server) == ["confirmed", "confirmed"]
    assert is_clean(server)
