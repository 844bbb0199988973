"""Real browsers on the pad: Chromium, at an address that it trusts no more than a venue's."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from commands.bench.hall import HOST, Hall
from commands.test import find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
PATIENCE_MS = 60_000
KEYED_ANCHORS = 3
"""The upper levels have a key for each mark; the lowest is typed."""

TAP = """async ([place, level, key]) => {
  const drawn = async (find) => {
    for (let looks = 0; looks < 2000; looks += 1) {
      const found = find();
      if (found) return found;
      await new Promise((done) => setTimeout(done, 5));
    }
    throw new Error(document.body.innerText);
  };
  const one = (selector, index) => {
    const found = document.querySelectorAll('.pad ' + selector);
    return found[index % found.length];
  };
  const row = () => one('.row', place);
  if (!row().classList.contains('on')) row().click();
  await drawn(() => row().classList.contains('on'));
  (await drawn(() => one('.anchor', level))).click();
  (await drawn(() => one('.markkey', key))).click();
}"""
CUT = """(() => {
  const whole = window.fetch;
  let state = SEED;
  const chance = () => (state = (state * 48271) % 2147483647) / 2147483647;
  window.cuts = { share: SHARE, failed: 0 };
  window.fetch = async (...asked) => {
    if (chance() >= window.cuts.share) return whole(...asked);
    window.cuts.failed += 1;
    if (chance() < 0.5) await whole(...asked);
    throw new TypeError("cut");
  };
})();"""
"""A wire on which requests fail, half of them after the server has done the work."""
HELD = """() => Object.keys(localStorage).filter((key) => key.includes('.change.')).length"""
KEPT = """() => Object.keys(localStorage).filter((key) => key.includes('.kept.')).sort()
  .map((key) => JSON.parse(localStorage.getItem(key)))"""


@contextmanager
def chromium() -> Iterator["Browser"]:
    """A browser to which the bench's host name is this machine."""
    from playwright.sync_api import sync_playwright

    flags = [*FLAGS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        yield browser
        browser.close()


@dataclass
class Browsed:
    """One judge's pad in a browser: what it holds as acknowledged, and what stayed unsent.

    Attributes
    ----------
    cuts : float
        Share of requests that fail.
    failed : int
        Requests that were cut.
    """

    hall: Hall
    place: int
    cuts: float = 0.0
    seed: int = 0
    failed: int = 0
    acknowledged: list[str] = field(default_factory=list)
    values: dict[tuple[str, str], int] = field(default_factory=dict)
    refused: list[dict[str, Any]] = field(default_factory=list)

    def open(self, browser: "Browser", port: int) -> None:
        """Open the personal link; the pad is there."""
        self._chance = random.Random(f"browser {self.seed} {self.place}")
        self._page: Page = browser.new_context().new_page()
        seed = str(self._chance.randrange(1, 2**31 - 1))
        self._page.add_init_script(CUT.replace("SEED", seed).replace("SHARE", str(self.cuts)))
        self._page.goto(f"http://{HOST}:{port}/j/{self.hall.tokens[self.place]}")
        self._page.locator(".pad .row").first.wait_for()

    def tap(self) -> None:
        """Mark some criterion of the sheet on the screen by an anchor and a key."""
        chosen = [self._chance.randrange(most) for most in (100, KEYED_ANCHORS, 100)]
        self._page.evaluate(TAP, chosen)

    def end(self) -> None:
        """Wait on a whole wire until all is sent; read what the pad keeps as acknowledged."""
        self._page.evaluate("window.cuts.share = 0")
        self._page.wait_for_function(f"() => !({HELD})()", timeout=PATIENCE_MS)
        self.failed = self._page.evaluate("window.cuts.failed")
        for entry in self._page.evaluate(KEPT):
            self.acknowledged.append(entry["id"])
            self.values[entry["entrant"], entry["criterion"]] = entry["value"]
        self._page.context.close()


def browsed(pads: list[Browsed], port: int, *, goes_on: Callable[[], bool], least: int) -> None:
    """Tap in every browser at least so often, and as long as the others mark."""
    if not pads:
        return
    with chromium() as browser:
        for pad in pads:
            pad.open(browser, port)
        taps = 0
        while taps < least or goes_on():
            for pad in pads:
                pad.tap()
            taps += 1
        for pad in pads:
            pad.end()
