"""Hands that count: what an organizer presses and types, what a judge taps."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser.pads import word
from tests.browser.waits import painted
from ui.pages import PAGES
from words import t

READY = "[data-testid=stApp][data-test-script-state=notRunning]"
RUNNING = "[data-testid=stApp]:not([data-test-script-state=notRunning])"
PAUSE = 500
"""Milliseconds in which a press makes the page run, where it does so at all."""
TRIES = 3


@dataclass
class Hand:
    """An organizer's hand on one page: it counts what it presses and types."""

    page: Page
    take: Callable[..., Path]
    clicks: int = 0
    fields: int = 0
    steps: list[dict[str, object]] = field(default_factory=list)

    def follow(self) -> None:
        """Wait until the page runs after a press, if it will, and has been drawn."""
        with suppress(TimeoutError):
            self.page.locator(RUNNING).wait_for(state="attached", timeout=PAUSE)
        self.settle()

    def settle(self) -> None:
        """Wait until the page has been drawn."""
        expect(self.page.locator(READY)).to_be_attached()

    def press(self, where: Locator | str) -> None:
        """Press a button, by its name or as found."""
        found = (
            self.page.get_by_role("button", name=where, exact=True)
            if isinstance(where, str)
            else where
        )
        found.first.click()
        self.clicks += 1
        self.follow()

    def go(self, name: str) -> None:
        """Go to a page by its entry in the sidebar, and by its link in the row of pages there."""
        (page,) = (one for one in PAGES if one.entry and t(f"{one.key}.title", "zh") == name)
        menu = self.page.locator("[data-testid=stSidebar]")
        entry = t(f"entry.{page.entry}", "zh")
        first = next(one for one in PAGES if one.entry == page.entry)
        is_here = self.page.locator(".st-key-sidebar-here").get_by_text(entry, exact=True).count()
        if page == first or not is_here:
            self.press(menu.get_by_role("link", name=entry, exact=True))
        if page != first:
            self.press(self.page.locator(".st-key-parts").get_by_role("link", name=name))
        expect(self.page.locator("h1")).to_have_text(name)

    def visible_field(self, label: str) -> Locator:
        """The last field of this label that can be seen.

        Streamlit keeps the one that another key has replaced, hidden, until its part of the page
        runs again without another part's run in between.
        """
        return self.page.get_by_label(label, exact=True).filter(visible=True).last

    def type(self, label: str, text: str) -> None:
        """Type into a field."""
        box = self.visible_field(label)
        for _ in range(TRIES):  # a form empties itself after its press, and takes letters along
            box.fill(text)
            box.press("Tab")
            self.follow()
            if box.input_value() == text:
                break
        self.fields += 1
        expect(box).to_have_value(text)

    def pick(self, label: str, option: str) -> None:
        """Choose from a list that opens: one field, two clicks.

        A list closes when the page scrolls or draws itself under it.
        """
        box = self.visible_field(label)
        box.scroll_into_view_if_needed()
        self.settle()
        painted(self.page)
        box.click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.fields += 1
        self.clicks += 2
        self.follow()

    def keep(self, button: str, path: Path) -> Path:
        """Press a button that gives a file, and keep it."""
        with self.page.expect_download() as loading:
            self.press(self.page.get_by_role("link", name=button))
        loading.value.save_as(path)
        return path

    def look(self, name: str) -> None:
        """Keep a picture, and how much was pressed and typed so far."""
        self.settle()
        self.steps.append({"step": name, "clicks": self.clicks, "fields": self.fields})
        self.take(self.page, f"setup_{len(self.steps):02d}_{name}")


@dataclass
class JudgeHand:
    """A judge's finger: it opens the own link and counts every tap after that."""

    page: Page
    name: str
    take: Callable[..., Path]
    taps: int = 0
    sheets: int = 0

    def tap(self, where: Locator) -> None:
        """Tap once."""
        where.tap()
        self.taps += 1

    def come_in(self, link: str) -> None:
        """Open the link as the code on the card gives it."""
        self.page.goto(link)
        expect(self.page.locator(".pad .sum")).to_be_visible()

    def on(self, number: int) -> None:
        """Whose sheet is open: its number is the largest thing on the pad."""
        expect(self.page.locator(".pad .who, .pad header").first).to_contain_text(f"{number}号")

    def mark(self, marks: Sequence[str], levels: Sequence[Sequence[str]]) -> None:
        """Give every criterion its mark: its row, the level it is in, the large key."""
        for place, mark in enumerate(marks):
            row = self.page.locator(".pad .row").nth(place)
            if "on" not in str(row.get_attribute("class")).split():
                self.tap(row)
            lows = [Decimal(low) for low in levels[place]]
            level = next(at for at, low in enumerate(lows) if Decimal(mark) >= low)
            self.tap(self.page.locator(".pad .anchor").nth(level))
            plain = re.compile(f"^{re.escape(mark)}$")
            self.tap(self.page.locator(".pad .markkey", has_text=plain))
        saved = word("saved", saved=len(marks), of=len(marks))
        expect(self.page.locator(".pad .bar")).to_contain_text(saved)

    def submit(self) -> None:
        """Send the sheet; the pad says that it is in, or held with the first ones."""
        self.tap(self.page.locator(".pad .submit"))
        is_in = re.compile("|".join(word(f"state_{name}") for name in ("submitted", "held")))
        expect(self.page.locator(".pad .outcome h2")).to_have_text(is_in)
        self.sheets += 1
        if self.sheets == 1:
            self.take(self.page, f"setup_judge_{self.name}_submitted")

    def next(self) -> None:
        """On to the next sheet that is still to be marked."""
        self.tap(self.page.locator(".pad .onward .btn").first)
        expect(self.page.locator(".pad .editor .anchor").first).to_be_visible()
