"""The day on one page: organizer, judges and the hall, each in a browser of its own."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import db
from competition.people import links, people
from competition.sign_ins import visitor_of
from competition.stage import adjourning, moves
from competition.visitor import Visitor
from tests.browser import pads
from tests.browser import server as servers
from tests.browser.conftest import SIZES
from tests.browser.final_day import watch
from tests.browser.halls import look
from tests.browser.inside import sign_in
from tests.browser.pads import FULL, Hall, Pad, one
from tests.browser.server import Server
from tests.browser.waits import left_alone, redrawn, until
from words import t

JUDGES = 2
HEARD = 4
CLICKS = 5
OTHERS = (FULL, ("22", "10", "14", "5", "11", "10", "7.5"))


def fill(store: db.Store, *, heard: int = HEARD) -> Hall:
    """Two judges, scores announced one by one, 1号 presenting; only some are to be heard."""
    hall = pads.fill(store, judges=JUDGES, hall="scores")
    with store.reading() as tx:
        who = visitor_of(tx, hall.organizer)
    at = datetime.now(UTC)
    for number in range(heard + 1, pads.ENTRANTS + 1):
        moves.move_stage(
            store, who, hall.round_id, hall.entrants[number], "withdrawn", reason="未到", at=at
        )
    hall.tokens[0] = links.make_link(store, who, hall.organizer, at=at)
    host = people.add_person(store, who, name="周莉", at=at)
    people.grant_role(store, who, host, "host", at=at)
    hall.tokens[-1] = links.make_link(store, who, host, at=at)
    return hall


class Desk:
    """The organizer's hand on the page of the day; it counts what it presses."""

    def __init__(self, page: Page, server: Server, lang: str = "zh", *, token: int = 0) -> None:
        self.page, self.server, self.lang, self.clicks = page, server, lang, 0
        sign_in(page, server, server.filled.tokens[token])
        page.goto(f"{server.url}/organizers-stage?lang={lang}")

    @property
    def button(self) -> Locator:
        """The next step."""
        return self.page.locator(".st-key-next-step [class*='st-key-next-'] button").first

    def step(self, label: str) -> None:
        """Press the next step once it is this one and can be pressed."""
        button = self.page.locator(".st-key-next-step").get_by_role("button", name=label)
        expect(button.first).to_be_enabled()
        button.first.click()
        self.clicks += 1
        expect(button).to_have_count(0)

    def seat(self, number: int) -> Locator:
        """A judge's seat."""
        return self.page.locator(f"[data-seat='{number}']")

    def exception(self, kind: str, reason: str) -> None:
        """What happened to the entrant that the dialog offers first."""
        self.page.locator(".st-key-act-exception button").click()
        shown = self.page.get_by_test_id("stDialog")
        shown.locator(
            "[data-testid=stButtonGroup] button", has_text=t(f"state.{kind}", self.lang)
        ).click()
        shown.get_by_label(t("organizers.ask.reason", self.lang)).fill(reason)
        confirm = t("organizers.stage.exception_confirm", self.lang)
        shown.get_by_role("button", name=confirm, exact=True).click()
        expect(shown).to_have_count(0)


def scene(page: Page, name: str) -> None:
    expect(page.locator("main")).to_have_attribute("data-scene", name)


def sheets(pad: Pad) -> None:
    """Each judge marks the entrant on stage and submits, the second one at another machine."""
    expect(pad.page.locator(".pad header.head")).to_contain_text("1号")
    pad.fill(OTHERS[0])
    pad.page.locator(".pad .submit").click()
    expect(pad.page.locator(".pad .outcome h2")).to_be_visible()
    hall: Hall = pad.server.filled
    pads.act(pad.server, partial(pads.hand_in, hall, 1, OTHERS[1]), who=hall.judges[2])


def fails(hall: Hall, store: db.Store, who: Visitor, at: datetime) -> None:
    """The projector fails while entrant 1 presents."""
    place = (hall.round_id, hall.entrants[1], "fault")
    moves.move_stage(store, who, *place, reason="投影仪坏了", at=at)


def pauses(hall: Hall, store: db.Store, who: Visitor, at: datetime) -> None:
    """The round is adjourned to another day."""
    given = {"until": "2030-03-19 09:00", "reason": "停电", "at": at}
    adjourning.adjourn(store, who, hall.round_id, **given)


@pytest.mark.long(
    "organizers/live/test_calling.py::test_a_fault_is_shown_again",
    "organizers/live/test_calling.py::test_the_round_is_adjourned_and_goes_on_where_it_stopped",
    "competition/stage/test_withdrawing.py::test_a_withdrawn_score_leaves_the_hall_at_once",
    "competition/stage/test_withdrawing.py::test_a_screen_that_was_told_to_show_the_score_shows_it_no_more",
    "browser/test_hall.py::test_the_screen_follows_the_stage_and_the_host",
    "browser/test_pad.py::test_a_server_that_died_gets_the_marks_when_it_is_back",
    "browser/test_two_processes.py::test_a_killed_process_loses_nothing",
)
def test_a_day_with_a_fault_a_withdrawn_score_a_power_cut_and_a_break(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """The hall, watched from its first picture, shows the score when it is announced, never before.

    The entrant presents a second time; after the power cut all pages go on where they were.
    """
    server = live_server(partial(fill, heard=1))
    desk = Desk(new_page("desk"), server)
    shown = desk.page.get_by_test_id("stDialog")
    pad = Pad(new_page("tablet"), server, 1, server.port, "pad").enter()
    hall = new_page("hall")
    pictures = watch(hall)
    sign_in(hall, server, server.filled.tokens[-1])
    hall.goto(f"{server.url}/hall/{server.filled.round_id}?lang=zh")
    scene(hall, "progress 1")
    expect(desk.seat(2)).to_have_attribute("data-state", "unopened")
    expect(desk.seat(1)).to_have_attribute("data-state", "not_begun")
    expect(desk.seat(1)).to_contain_text(t("organizers.seat_face.pad.online", "zh"))

    # the projector fails, which test_calling enters at the desk; it presents again
    pads.act(server, partial(fails, server.filled))
    desk.page.locator(".st-key-again-1 button").click()
    desk.clicks = 1
    desk.step("1号上场，开始汇报")
    desk.step("结束汇报，1号转入答辩")
    desk.step("结束答辩，1号转入评分")
    greyed = desk.page.locator("[class*=st-key-next-release-] button")
    expect(greyed).to_be_disabled()
    expect(desk.page.locator(".a-does")).to_contain_text("还差 2 张：评委01、评委02")
    shot(desk.page, "live_greyed")
    sheets(pad)
    expect(desk.seat(1)).to_have_attribute("data-state", "submitted")
    assert not [one for one in pictures if "|" in one]
    desk.step("亮分 1号")
    assert desk.clicks == CLICKS
    scene(hall, "score 1")
    desk.page.locator(".st-key-act-withdraw_release button").click()
    shown.get_by_label(t("organizers.ask.reason", "zh")).fill("误按")
    shown.get_by_role("button", name=t("organizers.announcing.withdraw_confirm", "zh")).click()
    scene(hall, "later 1")
    expect(hall.locator("main")).to_contain_text(t("hall.later", "zh"))

    # the server dies; another day goes on
    server.kill()
    revived = servers.start(server.path, filled=server.filled, port=server.port)
    redrawn(desk.page)
    scene(hall, "later 1")
    expect(pad.page.locator(".pad .bar-offline")).to_have_count(0)
    pads.act(revived, partial(pauses, server.filled))
    scene(hall, "break")
    expect(hall.locator("main")).to_contain_text("2030-03-19 09:00")
    look(hall)
    shot(hall, "hall_adjourned")
    shot(desk.page, "live_adjourned")
    desk.step(t("organizers.next.step.resume", "zh"))
    scene(hall, "later 1")
    desk.step("亮分 1号")
    scene(hall, "score 1")
    expect(desk.page.locator(".a-corrected")).to_contain_text("误按")
    shot(desk.page, "live_end")
    expect(desk.page.locator("[class*=st-key-next-close] button")).to_be_enabled()
    assert {one.split("|")[0] for one in pictures if "|" in one} == {"score 1"}
    shown_now = "WHERE id NOT IN (SELECT release_id FROM withdrawn_releases)"
    assert one(revived, f"SELECT count(*) FROM releases {shown_now}") == 1
    assert one(revived, "SELECT count(*) FROM sheets WHERE state = 'submitted'") == JUDGES
    assert pads.is_clean(revived)
    revived.stop()


@pytest.fixture(scope="module")
def open_desk(kept_server: Callable[..., Server], kept_page: Callable[..., Page]) -> Desk:
    """The organizer's tablet at one server, its page opened once."""
    return Desk(kept_page("tablet"), kept_server(fill))


@pytest.fixture
def desk(open_desk: Desk) -> Desk:
    """It, for the tests below: none needs what another did."""
    page = open_desk.page
    page.set_viewport_size({"width": 1024, "height": 768})
    if "lang=zh" not in page.url:
        page.goto(f"{open_desk.server.url}/organizers-stage?lang=zh")
    expect(open_desk.page.get_by_test_id("stDialog")).to_have_count(0)
    return open_desk


@pytest.mark.parametrize(
    "lang",
    [
        "zh",
        pytest.param(
            "en", marks=pytest.mark.long("browser/test_live.py::test_the_page_at_its_sizes")
        ),
    ],
)
def test_the_page_at_its_sizes(desk: Desk, shot: Callable[..., Path], lang: str):
    """Nothing is wider than the screen; on a phone the next step comes before the order."""
    if lang == "en":
        desk.page.goto(f"{desk.server.url}/organizers-stage?lang={lang}")
    for size in ("tablet", "phone"):
        width, height = SIZES[size]
        desk.page.set_viewport_size({"width": width, "height": height})
        expect(desk.button).to_be_visible()
        wide = "document.querySelector('[data-testid=stMain]').scrollWidth"
        assert desk.page.evaluate(wide) <= width
        shot(desk.page, f"live_{size}_{lang}")


def test_a_seat_follows_its_pad_and_nothing_moves(
    desk: Desk, new_page: Callable[..., Page], shot: Callable[..., Path]
):
    """A mark, another entrant opened: the seat says each; the columns stay.

    Before them the page looks and draws nothing: no button is replaced under a finger.
    """
    page, server = desk.page, desk.server
    pad = Pad(new_page("tablet"), server, 1, server.port, "pad").enter()
    expect(desk.seat(1)).to_have_attribute("data-state", "not_begun")
    boxes = [".st-key-next-step", ".st-key-hall-now", ".st-key-announcing", ".st-key-desk-seats"]
    left_alone(page, ".st-key-desk", 2)
    before = [page.locator(box).bounding_box() for box in boxes]
    pad.type(0, "19.5")
    expect(desk.seat(1)).to_contain_text("1/7")
    pad.page.locator(".pad .who").click()
    pad.page.locator(".pad .panel button", has_text="2号").first.click()
    expect(desk.seat(1)).to_have_attribute("data-state", "elsewhere")
    expect(desk.seat(1)).to_contain_text("在打 2号")
    assert [page.locator(box).bounding_box() for box in boxes] == before
    shot(page, "live_seat_elsewhere")


def order_in(desk: Desk) -> list[str]:
    """The rows of the dialog, by number, as they stand."""
    rows = desk.page.locator("[class*='st-key-reorder-row-'] .a-item").all_inner_texts()
    return [re.search(r"\d+", row)[0] for row in rows]  # type: ignore[index]


def drag(page: Page, number: int, onto: int, *, gives_up: bool = False) -> None:
    """Take a row by its handle to another one's, in steps as a hand does."""
    grips = [page.locator(f".st-key-reorder-row-{one} .a-grip") for one in (number, onto)]
    (left, top), (_, bottom) = (
        (box["x"] + 22, box["y"] + 22) for box in (grip.bounding_box() or {} for grip in grips)
    )
    page.mouse.move(left, top)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(left + step, top + (bottom - top) * step / 8)
    if gives_up:
        page.keyboard.press("Escape")
    page.mouse.up()


def test_the_order_is_dragged_and_confirmed_as_by_buttons(desk: Desk, shot: Callable[..., Path]):
    """By mouse and by finger, given up by Escape; nothing is written before it is confirmed."""
    server = desk.server
    desk.page.locator(".st-key-act-reorder button").click()
    shown = desk.page.get_by_test_id("stDialog")
    confirm = shown.get_by_role("button", name=t("organizers.reorder.confirm", "zh"), exact=True)
    expect(confirm).to_be_visible()  # all rows are drawn before it
    before = order_in(desk)
    drag(desk.page, 2, 4, gives_up=True)
    assert order_in(desk) == before
    drag(desk.page, 2, 4)
    moved = ["3", "4", "2"]
    until(lambda: [one for one in order_in(desk) if one in moved] == moved)
    shot(desk.page, "live_dragged")
    assert one(server, "SELECT count(*) FROM round_entrants WHERE turn IS NOT NULL") == 0
    touch(desk.page, 3, 2)
    moved = ["4", "2", "3"]
    until(lambda: [one for one in order_in(desk) if one in moved] == moved)
    shown.get_by_label(t("organizers.ask.reason", "zh")).fill("2号在路上")
    confirm.click()
    expect(shown).to_have_count(0)
    turns = "SELECT group_concat(number, ' ') FROM (SELECT number FROM round_entrants"
    order = f"{turns} WHERE number IN (2, 3, 4) ORDER BY coalesce(turn, number))"
    assert one(server, order) == "4 2 3"
    assert one(server, "SELECT count(*) FROM events WHERE kind = 'order_changed'") == 1


def touch(page: Page, number: int, onto: int) -> None:
    """The same by a finger, through the browser's own touch events."""
    wire = page.context.new_cdp_session(page)
    grips = [page.locator(f".st-key-reorder-row-{one} .a-grip") for one in (number, onto)]
    boxes = [grip.bounding_box() or {} for grip in grips]
    (left, top), (_, bottom) = ((box["x"] + 22, box["y"] + 22) for box in boxes)

    def send(kind: str, *points: dict[str, float]) -> None:
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": left, "y": top})
    for step in range(1, 9):
        send("touchMove", {"x": left, "y": top + (bottom - top) * step / 8})
    send("touchEnd")


def test_the_clicker_presses_once_and_not_behind_a_dialog(desk: Desk):
    """Its key for the next page; held down or pressed twice in a row it goes one step.

    What is typed in the dialog stays where another's act has the desk drawn.
    """
    server = desk.server
    expect(desk.button).to_contain_text("结束汇报，1号转入答辩")
    desk.page.locator(".st-key-act-adjourn button").click()
    shown = desk.page.get_by_test_id("stDialog")
    reason = shown.get_by_label(t("organizers.ask.reason", "zh"))
    reason.fill("停电")
    handed = partial(pads.hand_in, server.filled, 1, OTHERS[1])
    pads.act(server, handed, who=server.filled.judges[2])
    expect(desk.seat(2)).to_have_attribute("data-state", "submitted")
    expect(reason).to_have_value("停电")
    desk.page.locator("body").press("PageDown")
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_test_id("stDialog")).to_have_count(0)
    assert one(server, "SELECT stage FROM round_entrants WHERE number = 1") == "presenting"
    desk.page.keyboard.press("PageDown")
    desk.page.keyboard.press("PageDown")
    expect(desk.button).to_contain_text("结束答辩，1号转入评分")
    assert one(server, "SELECT stage FROM round_entrants WHERE number = 1") == "answering"
