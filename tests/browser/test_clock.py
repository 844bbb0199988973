"""The timekeeper's clock in real browsers: one time on every screen, whatever breaks."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import db
from competition.marks import deductions
from competition.people import links, people
from competition.sign_ins import visitor_of
from competition.stage import clocks, hall_links, moves, screens
from competition.visitor import Visitor
from tests.browser import pads
from tests.browser import server as servers
from tests.browser.inside import sign_in
from tests.browser.pads import Hall, one, opened
from tests.browser.proxy import Proxy
from tests.browser.server import Server
from words import t

STEPS = "10=0.02,20=0.05,0.1"
FIGURE = re.compile(r"(\d+):(\d\d)")


@dataclass
class Staffed(Hall):
    """The hall with a timekeeper and a host, and the tokens of the staff."""

    staff: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)


def fill(store: db.Store) -> Staffed:
    """Two judges; scores are announced; 8 and 5 minutes; entrant 1 presents."""
    rules = {"present_seconds": 480, "answer_seconds": 300}
    late = {"overtime_by": "steps", "overtime": STEPS}
    plain = pads.fill(store, judges=2, hall="scores", recusal_level="none", **rules, **late)
    hall = Staffed(**vars(plain))
    at = datetime.now(UTC)
    with store.reading() as tx:
        who = visitor_of(tx, hall.organizer)
    for role, name in (("timekeeper", "周敏"), ("host", "白云")):
        hall.staff[role] = people.add_person(store, who, name=name, at=at)
        people.grant_role(store, who, hall.staff[role], role, at=at)
    hall.staff |= {"organizer": hall.organizer, "supervisor": hall.supervisor}
    for role, person in hall.staff.items():
        hall.keys[role] = links.make_link(store, who, person, at=at)
    hall.keys["screen"] = hall_links.make_hall_link(store, who, hall.round_id, at=at)
    return hall


def seconds(place: Locator) -> int:
    """The time that a screen shows, in seconds; the first figure of its text."""
    found = FIGURE.search(place.inner_text())
    return int(found[1]) * 60 + int(found[2]) if found else -1


def enter(page: Page, server: Server, role: str, path: str = "/") -> Page:
    """Open an address as a member of the staff."""
    sign_in(page, server, server.filled.keys[role])
    page.goto(f"{server.url}{path}")
    return page


def timekeeper(
    server: Server, act: Callable[..., None], *values: Any, phase: str = "presenting", **named: Any
) -> None:
    """An act of the timekeeper from another machine."""
    hall: Staffed = server.filled
    with opened(server) as store:
        with store.reading() as tx:
            who = visitor_of(tx, hall.staff["timekeeper"])
        key = (hall.round_id, hall.entrants[1], phase)
        act(store, who, *key, *values, at=datetime.now(UTC), **named)


def button(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-clock-{key} button")


@pytest.mark.long(
    "browser/test_clock.py::test_the_bell_the_last_half_minute_and_overtime",
    "competition/stage/test_clocks.py::test_a_second_click_on_start_does_not_begin_again",
    "competition/stage/test_clocks.py::test_after_a_restart_it_never_shows_less_than_before",
    "competition/stage/test_clocks.py::test_a_wall_clock_that_jumps_does_not_disturb_a_running_clock",
)
def test_one_time_on_every_screen_whatever_breaks(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    cut_wire: Callable[[Server], Proxy],
    shot: Callable[..., Path],
):
    """Started by a click; pad without a network and hall without a server count on; restart."""
    server = live_server(fill)
    hall: Staffed = server.filled
    desk = enter(new_page("desk", "zh"), server, "timekeeper")
    screen = new_page("hall", "zh")
    screen.goto(f"{server.url}/h/{hall.keys['screen']}")
    clock = screen.locator("#clock b")
    expect(clock).to_have_text("8:00")
    wire = cut_wire(server)
    pad = new_page("tablet", "zh")
    sign_in(pad, server, hall.tokens[1], port=wire.port, kind="light")
    pad.goto(f"http://{servers.HOST}:{wire.port}/pad")
    line = pad.locator(".pad .clock")
    expect(line).to_contain_text(t("pad.clock_ready", "zh", limit="8:00"))
    button(desk, "start").dblclick()
    figure = desk.locator(".figure b")
    expect(figure).to_have_text("0:03")
    expect(line).to_contain_text(re.compile("0:0[3-9] / 8:00"))
    used = [seconds(figure), 480 - seconds(clock), seconds(line)]
    assert max(used) - min(used) <= 1, used
    assert one(server, "SELECT count(*) FROM events WHERE kind = 'clock_started'") == 1
    shot(desk, "clock_desk")
    shot(screen, "clock_hall_running")
    shot(pad, "clock_pad")
    wire.cut()
    before = seconds(line)
    expect(pad.locator(".bar-offline")).to_be_visible()
    expect(line).not_to_contain_text(f"0:{before:02d}")
    server.kill()
    held = seconds(clock)
    expect(clock).not_to_have_text(f"7:{held % 60:02d}")
    again = servers.start(server.path, filled=hall, port=server.port)
    wire.restore()
    with screen.expect_response(lambda answer: "/api/hall/" in answer.url and answer.ok):
        pass
    expect(pad.locator(".bar-offline")).to_have_count(0)
    expect(figure).to_be_visible()
    used = [480 - seconds(clock), seconds(line)]
    assert max(used) - min(used) <= 1, used
    assert used[0] >= 480 - held
    again.stop()


def test_the_bell_the_last_half_minute_and_overtime(
    live_server: Callable[..., Server], new_page: Callable[..., Page], shot: Callable[..., Path]
):
    """Silent until the screen was clicked; short at 0:30, long at 0:00, then +m:ss."""
    server = live_server(fill)
    hall: Staffed = server.filled
    screen = new_page("hall", "zh")
    screen.goto(f"{server.url}/h/{hall.keys['screen']}")
    expect(screen.locator("#bell")).to_have_text(t("hall.silent", "zh"))
    screen.locator("main").click()
    expect(screen.locator("#bell")).to_be_hidden()
    pads.act(server, lambda store, who, at: screens.try_bell(store, who, hall.round_id, at=at))
    expect(screen.locator("html")).to_have_attribute("data-rang", "test")
    timekeeper(server, clocks.correct_clock, "7:28", reason="彩排")
    timekeeper(server, clocks.start_clock)
    expect(screen.locator("html")).to_have_attribute("data-rang", "short")
    expect(screen.locator("#clock")).to_have_attribute("data-shows", "last")
    shot(screen, "clock_hall_last")
    timekeeper(server, clocks.correct_clock, "7:58", reason="彩排")
    timekeeper(server, clocks.start_clock)
    expect(screen.locator("html")).to_have_attribute("data-rang", "long")
    expect(screen.locator("#clock b")).to_have_text("+0:03")
    expect(screen.locator("#clock p")).to_have_text(t("hall.clock.presenting.over", "zh"))
    shot(screen, "clock_hall_over")


def mark_all(server: Server) -> None:
    """Both judges hand in their sheets of entrant 1."""
    sheet = ["8"] * len(server.filled.criteria)
    for judge in (1, 2):
        handed = partial(pads.hand_in, server.filled, 1, sheet)
        pads.act(server, handed, who=server.filled.judges[judge])


def move(server: Server, *steps: str) -> None:
    """The organizer moves entrant 1 over the stage."""
    hall: Staffed = server.filled
    for step in steps:
        place = (hall.round_id, hall.entrants[1], step)
        pads.act(server, partial(_move, place))


def _move(place: tuple[str, str, str], store: db.Store, who: Visitor, at: datetime) -> None:
    moves.move_stage(store, who, *place, at=at)


@pytest.fixture
def over(live_server: Callable[..., Server], new_page: Callable[..., Page]) -> tuple[Server, Page]:
    """Entrant 1 is marked and was seven seconds late; the host's page says so."""
    server = live_server(fill)
    mark_all(server)
    timekeeper(server, clocks.correct_clock, "8:07", reason="按手表")
    move(server, "answering", "marking")
    address = f"/host/{server.filled.round_id}?lang=zh"
    host = enter(new_page("phone", "zh"), server, "host", address)
    expect(host.locator(".p-why")).to_contain_text("超时 7 秒")
    expect(host.locator("footer button")).to_be_disabled()
    expect(host.locator(".p-final")).to_have_count(0)
    return server, host


def test_overtime_is_read_out_once_two_have_confirmed_it(
    over: tuple[Server, Page], new_page: Callable[..., Page]
):
    """Seven seconds: no figure before the second person; host and hall show the same one."""
    server, host = over
    hall: Staffed = server.filled
    deducted: list[str] = []

    def deduct(store: db.Store, who: Visitor, at: datetime) -> None:
        given = {"reason": "超时 7 秒", "phase": "presenting", "at": at}
        key = (hall.round_id, hall.entrants[1])
        deducted.append(deductions.deduct(store, who, *key, "0.02", **given))

    pads.act(server, deduct, who=hall.staff["timekeeper"])
    expect(host.locator("footer button")).to_be_disabled()
    expect(host.locator(".p-final")).to_have_count(0)
    pads.act(
        server,
        lambda store, who, at: deductions.confirm_deduction(store, who, deducted[0], at=at),
        who=hall.supervisor,
    )
    expect(host.locator("footer button")).to_be_enabled()
    expect(host.locator(".p-say")).to_contain_text("0.02")
    read_out(host, new_page("hall", "zh"), server)


def read_out(host: Page, screen: Page, server: Server) -> None:
    """The host announces; the hall shows the figure that was read out."""
    screen.goto(f"{server.url}/h/{server.filled.keys['screen']}")
    final = host.locator(".p-final b").inner_text()
    host.locator("footer button").click()
    expect(screen.locator(".h-sum")).to_contain_text("0.02")
    expect(screen.locator(".h-final b")).to_have_text(final)


@pytest.mark.long(
    "browser/test_clock.py::test_overtime_is_read_out_once_two_have_confirmed_it",
    "organizers/live/test_stage.py::test_a_deduction_counts_only_after_the_supervisor_confirms",
    "competition/marks/test_overtime.py::test_overtime_is_proposed_and_deducted_only_by_two_people",
)
def test_overtime_is_proposed_confirmed_by_two_and_read_out(
    over: tuple[Server, Page], new_page: Callable[..., Page], shot: Callable[..., Path]
):
    """Seven seconds: the timekeeper enters what the table proposes, the supervisor confirms."""
    server, host = over
    desk = enter(new_page("desk", "zh"), server, "timekeeper")
    desk.get_by_role("button", name=t("organizers.clock.deduct", "zh", points="0.02")).click()
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("1号汇报超时 7 秒")
    shot(desk, "clock_overtime")
    dialog.locator(".st-key-confirm-overtime button").click()
    expect(dialog).to_have_count(0)
    expect(host.locator(".p-final")).to_have_count(0)
    supervisor = enter(new_page("desk", "zh"), server, "supervisor", "/organizers-stage")
    confirm = t("organizers.attention.confirm", "zh")
    supervisor.get_by_role("button", name=confirm, exact=True).click()
    expect(host.locator("footer button")).to_be_enabled()
    expect(host.locator(".p-say")).to_contain_text("0.02")
    shot(host, "host_phone_deduction")
    screen = new_page("hall", "zh")
    read_out(host, screen, server)
    shot(screen, "clock_hall_deduction")
