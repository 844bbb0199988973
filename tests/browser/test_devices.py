"""A rehearsal on a copy, from its watermark to the check of devices that ends it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Page, expect

import db
from competition.people import links
from competition.rounds import rounds
from competition.stage import hall_links
from intake.rehearsal import enter_again
from tests.browser.hands import Hand
from tests.browser.pads import is_clean
from tests.browser.server import Server
from tests.competition import event as events
from tests.competition.lineup.test_practice import SHOWN
from words import t


@dataclass
class Filled:
    """Tokens of the organizer, of judge 1 and of the hall's screen."""

    organizer: str
    judge: str
    screen: str


def fill(store: db.Store) -> Filled:
    """The small event rehearsed: entered again as a rehearsal does, and opened."""
    at = datetime.now(UTC)
    with TemporaryDirectory() as folder:
        source = events.draft(db.Store(Path(folder) / "source.db"), rules=SHOWN)
        title = t("command.rehearse.title_rehearsal", "zh", title="擂台赛")
        kind = {"sample": True, "rehearsal": True}
        who, organizer = links.begin(store, title=title, organizer="赛务组", at=at, **kind)
        enter_again(source.store, source.organizer, store, who, what="rehearsal", at=at)
        source.store.close()
    (row,) = rounds.rounds_of(store, who)
    rounds.open_round(store, who, row["id"], signed="彩排", at=at)
    with store.reading() as tx:
        judge = next(one for one in db.panel.seats(tx, row["id"]) if one["number"] == 1)
    token = links.make_link(store, who, judge["person_id"], at=at)
    return Filled(organizer, token, hall_links.make_hall_link(store, who, row["id"], at=at))


@pytest.mark.long(
    "organizers/live/test_devices.py::test_each_line_says_what_to_do_where_it_is_not_ticked",
    "organizers/live/test_devices.py::test_the_folder_is_tried_and_the_printed_page_ticked",
    "organizers/live/test_devices.py::test_a_screen_says_its_size_in_small_numbers_only",
    "organizers/test_practice.py::test_one_press_begins_and_one_ends_it",
)
def test_the_rehearsal_ends_with_every_device_ticked(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """A tablet that marks and a hall at full size are ticked by themselves."""
    server = live_server(fill)
    desk = new_page("tablet", "zh")
    desk.goto(f"{server.url}/j/{server.filled.organizer}")
    hand = Hand(desk, shot)
    hand.go(t("organizers.devices.title", "zh"))
    expect(desk.get_by_text(t("organizers.devices.hall.todo", "zh"))).to_be_visible()
    shot(desk, "devices_before")
    expect(desk.get_by_text(t("ui.state.rehearsal", "zh"), exact=True).first).to_be_visible()
    screen = new_page("hall")
    screen.goto(f"{server.url}/h/{server.filled.screen}")
    expect(screen.get_by_text(t("ui.state.rehearsal", "zh")).first).to_be_visible()
    pad = new_page("tablet")
    pad.goto(f"{server.url}/j/{server.filled.judge}")
    expect(pad.locator(".pad header.head")).to_contain_text("1号")
    expect(pad.locator(".pad")).to_contain_text(t("pad.rehearsal_short", "zh"))
    for key in "40":
        pad.locator(".pad .digit").get_by_text(key, exact=True).click()
    entered = t("pad.enter_value", "zh", value="40")
    pad.locator(".pad").get_by_role("button", name=entered, exact=True).click()
    expect(desk.get_by_text(t("organizers.devices.ready", "zh", count=1, of=7))).to_be_visible()
    told = t("organizers.devices.hall.done", "zh", width=1920, height=1080)
    expect(desk.get_by_text(told)).to_be_visible()
    hand.press(t("organizers.devices.folder.try", "zh"))
    shot(desk, "devices_after")
    desk.set_viewport_size({"width": 390, "height": 844})
    shot(desk, "devices_after_390")
    assert is_clean(server)
