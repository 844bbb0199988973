"""A whole final, each person in a browser of their own, with all that goes wrong on the day.

The hall's screen is watched from its first picture to its last; every figure is computed by hand
from what the judges tapped.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

import db
from competition.results import reading_rounds, readings, standings
from competition.results.second_reading import second_reading
from competition.sign_ins import visitor_of
from competition.stage import clocks
from competition.visitor import Visitor
from examples.certifying import certify_by_two
from tests.browser import pads
from tests.browser import server as servers
from tests.browser.final_day import MARKS, PIN, READER, RESERVE, Final, by_hand, fill, seen, watch
from tests.browser.hands import Hand
from tests.browser.pads import Pad, one
from tests.browser.proxy import Proxy
from tests.browser.server import Server
from tests.browser.test_live import Desk, scene
from tests.browser.waits import redrawn
from words import t

LANG = "zh"
Shot = Callable[..., Path]


class Day:
    """Everybody's browser, and what was done in each."""

    def __init__(
        self,
        server: Server,
        new_page: Callable[..., Page],
        wire: Callable[[Server], Proxy],
        shot: Shot,
    ) -> None:
        self.server, self.shot, self.new_page = server, shot, new_page
        self.final: Final = server.filled
        self.final.tokens[0] = self.final.keys["organizer"]
        self.hall = new_page("hall", LANG)
        watch(self.hall)
        self.hall.goto(f"{server.url}/h/{self.final.keys['screen']}?lang={LANG}")
        self.desk = Desk(new_page("desk", LANG), server, LANG)
        self.wires = {n: wire(server) for n in (1, 2, 3, RESERVE)}
        self.pads = {
            n: Pad(new_page("tablet"), server, n, lane.port, "pad").enter()
            for n, lane in self.wires.items()
        }
        self.clock = self.enter("timekeeper", "/organizers-stage")
        self.host = self.enter("host", f"/host/{self.final.round_id}", size="phone")
        self.supervisor = self.enter("supervisor", "/organizers-waiting")
        self.chair = self.enter("chair", "/judges-chair", size="phone")
        self.tapped: dict[tuple[int, int], tuple[str, str]] = {}
        self.told: dict[int, list[str]] = {}
        self.seats = [1, 2, 3]

    def enter(self, role: str, path: str, *, size: str = "desk") -> Page:
        """A member of the staff opens their link, then a page."""
        page = self.new_page(size, LANG)
        page.goto(f"{self.server.url}/j/{self.final.keys[role]}")
        page.goto(f"{self.server.url}{path}?lang={LANG}")
        return page

    def present(self, number: int) -> None:
        """候场, 上场; the host may have moved the stage on meanwhile."""
        label = t("organizers.next.step.call", LANG, number=f"{number}号")
        expect(self.desk.button).to_contain_text(label)
        self.desk.step(t("organizers.next.step.call", LANG, number=f"{number}号"))
        self.desk.step(t("organizers.next.step.present", LANG, number=f"{number}号"))
        scene(self.hall, f"progress {number}")

    def mark(self, number: int) -> None:
        """答辩, 评分; every seat's judge marks and submits."""
        self.desk.step(t("organizers.next.step.answer", LANG, number=f"{number}号"))
        self.desk.step(t("organizers.next.step.mark", LANG, number=f"{number}号"))
        for judge, marks in zip(self.seats, MARKS[number], strict=True):
            self.sheet(judge, number, marks)

    def sheet(self, judge: int, number: int, marks: tuple[str, str]) -> None:
        """A judge goes to the entrant on stage, marks and submits."""
        pad = self.pads[judge]
        self.go(pad, number)
        pad.fill(marks)
        pad.page.locator(".pad .submit").click()
        expect(pad.page.locator(".pad .outcome h2")).to_be_visible()
        self.tapped[judge, number] = marks

    def go(self, pad: Pad, number: int) -> None:
        """To the sheet of the entrant on stage, where the pad is on another one."""
        who = pad.page.locator(".pad header.head")
        if f"{number}号" not in who.inner_text():
            pad.page.locator(".pad .who").click()
            pad.page.locator(".pad .panel button", has_text=f"{number}号").first.click()
        expect(who).to_contain_text(f"{number}号")

    def expect_final(self, number: int, *, without: int = 0, deduction: str = "0") -> str:
        """The figure by hand, which the hall may show from now on."""
        sheets = [m for (judge, n), m in self.tapped.items() if n == number and judge != without]
        figure = by_hand(sheets, deduction=deduction)
        self.told.setdefault(number, []).append(figure)
        return figure

    def announced(self, number: int, figure: str) -> None:
        """The hall shows the score."""
        scene(self.hall, f"score {number}")
        expect(self.hall.locator(".h-final b").last).to_have_text(figure)

    def release(self, number: int, **values: str) -> None:
        """The organizer announces; the hall shows what was computed by hand."""
        figure = self.expect_final(number, **values)  # type: ignore[arg-type]
        self.desk.step(t("organizers.next.step.release", LANG, numbers=f"{number}号"))
        self.announced(number, figure)

    def sign(self, count: int = 1) -> None:
        """The supervisor compares what waits and signs it with the own PIN."""
        page = self.supervisor
        page.goto(f"{self.server.url}/organizers-waiting?lang={LANG}")
        for left in range(count, 0, -1):
            items = page.locator("[class*='st-key-waits-']")
            expect(items).to_have_count(left)
            pin = items.first.get_by_label(t("organizers.waiting.pin", LANG))
            pin.fill(PIN)
            pin.press("Tab")
            items.first.get_by_role("button", name=t("organizers.waiting.confirm", LANG)).click()
            expect(items).to_have_count(left - 1)

    def dialog(self) -> Locator:
        return self.desk.page.get_by_test_id("stDialog")

    def reason(self, text: str, button: str) -> None:
        """Type the reason into the open dialog and press its button."""
        self.dialog().get_by_label(t("organizers.ask.reason", LANG)).fill(text)
        self.dialog().get_by_role("button", name=button, exact=True).click()
        expect(self.dialog()).to_have_count(0)


def overtime(day: Day) -> None:
    """2号 speaks too long: the clock runs over, 0.5 is proposed, entered and signed."""
    day.present(2)
    day.clock.locator(".st-key-clock-start button").click()
    expect(day.hall.locator("#clock b")).to_have_text("+0:01")
    day.mark(2)
    deducted(day)
    expect(day.host.locator("footer button")).to_be_disabled()
    figure = by_hand(MARKS[2], deduction="0.5")
    expect(day.host.locator("main")).not_to_contain_text(figure)
    day.sign()
    day.release(2, deduction="0.5")


def late_recusal(day: Day) -> None:
    """4号: judge 2 has submitted when it becomes known that they are related."""
    day.present(4)
    day.mark(4)
    hand = Hand(day.enter("organizer", "/organizers-corrections"), day.shot)
    hand.settle()
    hand.pick(t("organizers.corrections.kind", LANG), t("correction.kind.recusal", LANG))
    hand.pick(t("organizers.corrections.field.entrant", LANG), "4号 团山村")
    hand.pick(t("organizers.corrections.field.judge", LANG), "评委02")
    hand.type(t("organizers.corrections.reason", LANG), "与汇报人系亲属")
    hand.press(t("organizers.corrections.send", LANG))
    day.sign()
    day.release(4, without=2)  # type: ignore[arg-type]
    hand.page.close()


def withdrawn_release(day: Day) -> None:
    """4号 is taken back: the hall says that it comes later, then shows the same figure again."""
    day.desk.page.locator(".st-key-act-withdraw_release button").click()
    day.reason("念错了号", t("organizers.announcing.withdraw_confirm", LANG))
    scene(day.hall, "later 4")
    day.desk.page.locator("[class*=st-key-held-4-] button").click()
    day.announced(4, day.told[4][-1])


def corrected_after_release(day: Day) -> None:
    """1号: judge 1 wrote 54 for 52; the hall keeps the old score until it is announced again."""
    hand = Hand(day.enter("organizer", "/organizers-corrections"), day.shot)
    hand.settle()
    hand.pick(t("organizers.corrections.field.entrant", LANG), "1号 老曹寨村")
    hand.pick(t("organizers.corrections.field.judge", LANG), "评委01")
    first = hand.page.locator("[class*=st-key-field-correction-mark] input[type=text]").nth(2)
    first.fill("52")
    first.press("Enter")
    hand.follow()
    hand.type(t("organizers.corrections.reason", LANG), "纸质底稿为 52")
    hand.press(t("organizers.corrections.send", LANG))
    hand.page.close()
    day.sign()
    day.tapped[1, 1] = ("52", day.tapped[1, 1][1])
    day.desk.page.locator(".st-key-again-1 button").click()
    figure = day.expect_final(1)
    day.reason("评委01改分，监督员已确认", t("organizers.announcing.again_confirm", LANG))
    day.announced(1, figure)
    expect(day.hall.locator("main")).to_contain_text(day.told[1][0])
    day.shot(day.hall, "final_day_corrected")


def killed(day: Day) -> Server:
    """5号 presents, its clock runs, judge 1 taps: the server dies; all go on where they were."""
    day.present(5)
    day.clock.locator(".st-key-clock-start button").click()
    expect(day.hall.locator("#clock b")).to_have_text("+0:01")
    day.go(day.pads[1], 5)
    day.pads[1].type(0, MARKS[5][0][0])
    day.pads[1].shows(t("pad.saved", LANG, saved=1, of=2))
    day.server.kill()
    day.pads[1].type(1, MARKS[5][0][1])
    expect(day.pads[1].page.locator(".bar-offline, .pad .bar")).to_be_visible()
    revived = servers.start(day.server.path, filled=day.final, port=day.server.port)
    day.pads[1].shows(t("pad.saved", LANG, saved=2, of=2))
    scene(day.hall, "progress 5")
    redrawn(day.desk.page)
    label = t("organizers.next.step.answer", LANG, number="5号")
    expect(day.desk.button).to_contain_text(label)
    expect(day.clock.locator(".figure b")).to_be_visible()
    expect(day.hall.locator("#clock b")).to_contain_text("+0:")
    expect(day.host.locator(".p-now b")).to_contain_text("5号")
    return revived


def judge_leaves(day: Day) -> None:
    """6号: judge 3 is taken ill; the reserve takes the seat, signed by PIN on the desk."""
    day.present(6)
    page = day.desk.page
    page.get_by_role("button", name=t("organizers.substitute.ask", LANG), exact=True).click()
    hand = Hand(page, day.shot)
    hand.follow()
    expect(day.dialog().get_by_text(t("organizers.substitute.title", LANG))).to_be_visible()
    hand.pick(t("organizers.substitute.holder", LANG), "评委03")
    hand.pick(t("organizers.substitute.taker", LANG), "评委04（候补）")
    day.reason("突发不适", t("organizers.substitute.confirm", LANG))
    page.get_by_role("button", name=t("organizers.second.offer", LANG), exact=True).click()
    pin = day.dialog().get_by_label(t("organizers.second.pin", LANG))
    pin.fill(PIN)
    pin.press("Tab")
    hand.follow()
    day.dialog().get_by_role("button", name=t("organizers.second.correction", LANG)).click()
    expect(day.dialog()).to_have_count(0)
    told = t("pad.in_seat", LANG, seat="03")
    day.go(day.pads[RESERVE], 6)
    expect(day.pads[RESERVE].page.locator(".pad header.head")).to_contain_text(told)
    day.seats = [1, 2, RESERVE]
    day.mark(6)
    day.release(6)


def set_aside(day: Day) -> None:
    """8号: the chair asks for judge 2's sheet to be set aside, the supervisor signs."""
    day.present(8)
    day.mark(8)
    page = day.chair
    page.reload()
    page.locator("[data-testid=stExpander] summary").click()
    hand = Hand(page, day.shot)
    hand.pick(t("judges.chair.entrant", LANG), "8号 黑尼村")
    hand.pick(t("judges.chair.judge", LANG), t("judges.seat", LANG, seat="02"))
    hand.type(t("judges.chair.why", LANG), "评委当场说明误评")
    hand.press(t("judges.chair.send", LANG))
    expect(page.get_by_text(t("judges.chair.sent", LANG)).first).to_be_visible()
    day.sign()
    day.release(8, without=2)  # type: ignore[arg-type]


def close(day: Day) -> None:
    """The organizer closes; nothing is left out."""
    day.desk.page.locator("[class*=st-key-next-close] button").click()
    confirm = t("organizers.opening.close_confirm", LANG)
    day.dialog().get_by_role("button", name=confirm).click()
    expect(day.dialog()).to_have_count(0)


def second_readings(day: Day) -> None:
    """A judge in reserve who has marked nothing reads the open zone on a tablet, blind."""
    final, key = day.final, day.final.round_id
    reader = final.judges[READER]
    numbers: list[int] = []

    def begin(store: db.Store, who: Visitor, at: datetime) -> None:
        reading = reading_rounds.open_reading(store, who, key, [reader], at=at)
        with store.reading() as tx:
            numbers.extend(place["number"] for place in db.entrants.in_round(tx, reading))

    def take(store: db.Store, who: Visitor, at: datetime) -> None:
        assert reading_rounds.take_readings(store, who, key, at=at) == len(numbers)

    def confirm(store: db.Store, who: Visitor, at: datetime) -> None:
        for one_reading in second_reading(store, who, key).entered:
            readings.confirm_reading(store, who, one_reading.id, at=at)

    pads.act(day.server, begin)
    pad = Pad(day.new_page("tablet"), day.server, READER, day.server.port, "pad").enter()
    for place, number in enumerate(numbers):
        if place:
            pad.page.locator(".pad .onward .btn").first.click()
        expect(pad.page.locator(".pad header.head")).to_contain_text(f"{number}号")
        pad.fill((str(45 + place), str(30 + place)))
        pad.page.locator(".pad .submit").click()
        expect(pad.page.locator(".pad .outcome h2")).to_be_visible()
    day.shot(pad.page, "final_day_reader")
    pads.act(day.server, take)
    pads.act(day.server, confirm, who=final.supervisor)


def certify(day: Day) -> None:
    """Organizer and supervisor sign what both see."""

    def do(store: db.Store, who: Visitor, at: datetime) -> None:
        with store.reading() as tx:
            supervisor = visitor_of(tx, day.final.supervisor)
        standings.standings(store, who, day.final.round_id, at=at)
        certify_by_two(store, who, supervisor, day.final.round_id, at=at)

    pads.act(day.server, do)


def test_a_whole_final_with_all_that_goes_wrong(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    cut_wire: Callable[[Server], Proxy],
    shot: Shot,
):
    """The database holds what was tapped, once; the hall showed no score but those by hand."""
    day = Day(live_server(fill), new_page, cut_wire, shot)
    day.present(1)
    day.mark(1)
    figure = day.expect_final(1)
    expect(day.host.locator(".p-final b")).to_have_text(figure)
    day.host.locator("footer button").click()
    day.announced(1, figure)
    overtime(day)
    day.desk.step(t("organizers.next.step.call", LANG, number="3号"))
    day.desk.exception("withdrawn", "迟到超过一分钟")
    late_recusal(day)
    withdrawn_release(day)
    corrected_after_release(day)
    revived = killed(day)
    go_on(day)
    judge_leaves(day)
    day.present(7)
    day.mark(7)
    day.release(7)
    set_aside(day)
    shot(day.desk.page, "final_day_desk")
    shot(day.host, "final_day_host")
    shot(day.chair, "final_day_chair")
    close(day)
    second_readings(day)
    certify(day)
    compare(day)
    # Here the first laptop dies for good and the standby takes over: the same `compare` holds then.
    revived.stop()


def go_on(day: Day) -> None:
    """5号 after the restart: judge 1 has marked it, the overtime of the pause is decided too."""
    day.desk.step(t("organizers.next.step.answer", LANG, number="5号"))
    day.desk.step(t("organizers.next.step.mark", LANG, number="5号"))
    day.pads[1].page.locator(".pad .submit").click()
    expect(day.pads[1].page.locator(".pad .outcome h2")).to_be_visible()
    day.tapped[1, 5] = MARKS[5][0]
    for judge in (2, 3):
        day.sheet(judge, 5, MARKS[5][judge - 1])
    pads.act(day.server, partial(correct, day.final), who=day.final.staff["timekeeper"])
    deducted(day)
    day.sign()
    day.release(5, deduction="0.5")


def correct(final: Final, store: db.Store, who: Visitor, at: datetime) -> None:
    """The time that the restart took is the server's, not the entrant's."""
    key = (final.round_id, final.entrants[5], "presenting", "0:02")
    clocks.correct_clock(store, who, *key, reason="服务器重启占用", at=at)


def deducted(day: Day) -> None:
    """The timekeeper enters what the table proposes."""
    day.clock.get_by_role("button", name=t("organizers.clock.deduct", LANG, points="0.50")).click()
    dialog = day.clock.get_by_role("dialog")
    dialog.locator(".st-key-confirm-overtime button").click()
    expect(dialog).to_have_count(0)


def compare(day: Day) -> None:
    """Marks, counted once; the hall's pictures; the log against the tables."""
    final = day.final
    for (judge, number), marks in day.tapped.items():
        assert pads.stored(day.server, judge, number) == [f"{float(one):.1f}" for one in marks]
    own = {"r": final.round_id}
    submitted = "SELECT count(*) FROM sheets WHERE round_id = :r AND state = 'submitted'"
    assert one(day.server, submitted, **own) == len(day.tapped)
    marks_there = "SELECT count(*) FROM marks m JOIN sheets s ON s.id = m.sheet_id"
    assert one(day.server, f"{marks_there} WHERE s.round_id = :r", **own) == 2 * len(day.tapped)
    for number, judge in final.judges.items():
        taps = "SELECT count(*) FROM applied_changes WHERE kind = 'mark' AND person_id = :p"
        given = f"{marks_there} WHERE s.person_id = :p"
        corrected = number == 1  # the mark that two people corrected
        assert one(day.server, taps, p=judge) == one(day.server, given, p=judge) + corrected
    pictures = [text.split("|") for text in seen(day.hall)]
    shown = [(scene_, *rest) for scene_, *rest in pictures if scene_.startswith("score ")]
    assert {int(scene_.split()[1]) for scene_, *_ in shown} == set(MARKS)
    for scene_, *figures in shown:
        assert figures[-1] in day.told[int(scene_.split()[1])], (scene_, figures)
    assert not [rest for scene_, *rest in pictures if not scene_.startswith("score ") and rest]
    assert (
        one(day.server, "SELECT state FROM rounds WHERE id = :r", r=final.round_id) == "certified"
    )
    assert pads.is_clean(day.server)
