"""The people of one long final, each in a browser of their own, and what was done in each."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SHOTS, SIZES
from tests.browser.final_day import MARKS, PIN, RESERVE, VILLAGES, Final, by_hand, watch
from tests.browser.hands import Hand
from tests.browser.inside import sign_in
from tests.browser.pads import Pad
from tests.browser.server import Server
from tests.browser.test_live import CLICKS, Desk, scene
from tests.browser.waits import painted
from words import t

Shot = Callable[..., Path]


@dataclass(frozen=True)
class Tap:
    """A mark that a judge has typed on a pad: of which entrant, at which criterion from 0."""

    judge: int
    number: int
    place: int
    mark: str


class Day:
    """Everybody's browser, and what was done in each.

    Attributes
    ----------
    server : Server
        The laptop that serves now.
    taps : list of Tap
        Every mark that was typed, in order.
    tapped : dict
        A sheet's judge and entrant to its marks as they count.
    told : dict
        An entrant to the figures that the hall may show, computed by hand.
    seen : list of str
        Every picture of the hall.
    """

    def __init__(
        self, server: Server, new_page: Callable[..., Page], shot: Shot, lang: str
    ) -> None:
        self.server, self.shot, self.new_page, self.lang = server, shot, new_page, lang
        self.final: Final = server.filled
        self.final.tokens[0] = self.final.keys["organizer"]
        self.hall = new_page("hall", lang)
        self.seen = watch(self.hall)
        self.hall.goto(f"{server.url}/h/{self.final.keys['screen']}?lang={lang}")
        self.desk = Desk(new_page("desk", lang), server, lang)
        self.pads = {n: self.sit(n) for n in (1, 2, 3, RESERVE)}
        self.host = self.enter("host", f"/host/{self.final.round_id}", size="phone")
        self.clock = self.enter("timekeeper")
        self.supervisor = self.enter("supervisor")
        self.chair = self.enter("chair", size="phone")
        self.taps: list[Tap] = []
        self.tapped: dict[tuple[int, int], tuple[str, str]] = {}
        self.told: dict[int, list[str]] = {}
        self.seats = [1, 2, 3]

    def say(self, key: str, **values: object) -> str:
        """A word of the app."""
        return t(key, self.lang, **values)

    def no(self, number: int) -> str:
        """An entrant's number as people say it."""
        return self.say("list.number", number=number)

    def named(self, number: int) -> str:
        """An entrant as lists name it."""
        return f"{self.no(number)} {VILLAGES[number - 1]}"

    def sit(self, judge: int, page: Page | None = None) -> Pad:
        """A judge opens the personal link on a tablet."""
        tablet = page or self.new_page("tablet", self.lang)
        pad = Pad(tablet, self.server, judge, self.server.port, "pad").enter()
        if self.lang == "en":
            tablet.locator(".pad header.head").get_by_text("EN", exact=True).click()
        return pad

    def enter(self, role: str, path: str = "", *, size: str = "desk") -> Page:
        """A member of the staff opens their link, then a page, if any."""
        page = self.new_page(size, self.lang)
        sign_in(page, self.server, self.final.keys[role])
        return self.open(page, path) if path else self.rest(page)

    def open(self, page: Page, path: str) -> Page:
        """Go to a page of the app."""
        page.goto(f"{self.server.url}{path}?lang={self.lang}")
        return page

    def rest(self, page: Page) -> Page:
        """Put a browser away until it is needed: a page that redraws itself is dear."""
        page.goto("about:blank")
        return page

    def beside(self, path: str) -> Hand:
        """The organizer opens another page in a second tab."""
        hand = Hand(self.open(self.new_page(beside=self.desk.page), path), self.shot)
        hand.settle()
        return hand

    def look(self, page: Page, name: str, *sizes: str) -> None:
        """Keep a picture, turned through the sizes, where pictures are kept."""
        if SHOTS not in os.environ:
            return
        before = page.viewport_size
        for size in sizes:
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            painted(page)
            self.shot(page, f"final_day_{name}_{size}_{self.lang}")
        assert before is not None
        page.set_viewport_size(before)

    def step(self, key: str, number: int) -> None:
        """The desk's next step."""
        what = "numbers" if key == "release" else "number"
        self.desk.step(self.say(f"organizers.next.step.{key}", **{what: self.no(number)}))

    def present(self, number: int) -> None:
        """候场, 上场; the host may have moved the stage on meanwhile."""
        self.desk.clicks = 0
        self.step("call", number)
        self.step("present", number)
        scene(self.hall, f"progress {number}")

    def mark(self, number: int) -> None:
        """答辩, 评分; every seat's judge marks and submits."""
        self.step("answer", number)
        self.step("mark", number)
        for judge in self.seats:
            self.sheet(judge, number)

    def sheet(self, judge: int, number: int) -> None:
        """A judge goes to the entrant on stage, marks and submits."""
        self.go(judge, number)
        for place in range(len(self.final.criteria)):
            self.type(judge, number, place)
        self.submit(judge, number)

    def go(self, judge: int, number: int) -> None:
        """To the sheet of the entrant on stage, where the pad is on another one."""
        page = self.pads[judge].page
        who, named = page.locator(".pad header.head"), self.no(number)
        if named not in who.inner_text():
            page.locator(".pad .who").click()
            page.locator(".pad .panel button", has_text=named).first.click()
        expect(who).to_contain_text(named)

    def type(self, judge: int, number: int, place: int) -> None:
        """Type the mark that this seat gives."""
        mark = self.marks(judge, number)[place]
        self.pads[judge].type(place, mark)
        self.taps.append(Tap(judge, number, place, mark))

    def marks(self, judge: int, number: int) -> tuple[str, str]:
        """What the judge of a seat gives."""
        return MARKS[number][self.seats.index(judge)]

    def submit(self, judge: int, number: int) -> None:
        """Send the sheet; the pad says that it is in."""
        page = self.pads[judge].page
        page.locator(".pad .submit").click()
        expect(page.locator(".pad .outcome h2")).to_be_visible()
        self.tapped[judge, number] = self.marks(judge, number)

    def saved(self, judge: int, count: int) -> None:
        """The pad says that so many of the sheet's marks are stored."""
        of = len(self.final.criteria)
        self.pads[judge].shows(self.say("pad.saved", saved=count, of=of))

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

    def release(self, number: int, *, without: int = 0, deduction: str = "0") -> None:
        """The organizer announces; the hall shows what was computed by hand."""
        figure = self.expect_final(number, without=without, deduction=deduction)
        self.step("release", number)
        self.announced(number, figure)
        assert self.desk.clicks <= CLICKS

    def sign(self) -> None:
        """The supervisor compares what waits and signs it with the own PIN."""
        page = self.open(self.supervisor, "/organizers-waiting")
        item = page.locator("[class*='st-key-waits-']")
        expect(item).to_have_count(1)
        self.look(page, f"supervisor_{len(self.told)}", "tablet", "tablet_upright", "phone")
        pin = item.get_by_label(self.say("organizers.waiting.pin"))
        pin.fill(PIN)
        pin.press("Tab")
        item.get_by_role("button", name=self.say("organizers.waiting.confirm")).click()
        expect(item).to_have_count(0)

    def dialog(self) -> Locator:
        """What lies open over the desk."""
        return self.desk.page.get_by_test_id("stDialog")

    def reason(self, text: str, button: str) -> None:
        """Type the reason into the open dialog and press its button."""
        self.dialog().get_by_label(self.say("organizers.ask.reason")).fill(text)
        self.dialog().get_by_role("button", name=button, exact=True).click()
        expect(self.dialog()).to_have_count(0)

    def start_clock(self) -> None:
        """The timekeeper starts the clock; with its limit of a second it runs over at once."""
        self.open(self.clock, "/organizers-stage")
        self.clock.locator(".st-key-clock-start button").click()
        expect(self.hall.locator("#clock b")).to_contain_text("+")  # a second may pass unseen

    def deduct(self) -> None:
        """The timekeeper enters what the table proposes."""
        deduct = self.say("organizers.clock.deduct", points="0.50")
        self.clock.get_by_role("button", name=deduct).click()
        dialog = self.clock.get_by_role("dialog")
        dialog.locator(".st-key-confirm-overtime button").click()
        expect(dialog).to_have_count(0)
        self.rest(self.clock)

    def at(self, path: str) -> str:
        """An address at the laptop that serves now, as a pattern."""
        return f"^{re.escape(self.server.url)}{path}"
