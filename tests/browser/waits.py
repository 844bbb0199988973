"""Waiting for what a page does by itself, never for a time."""

import threading
import time
from collections.abc import Callable

from playwright.sync_api import Page

COUNT_RUNS = """() => {
  const name = 'data-test-script-state', whole = {subtree: true, attributes: true};
  window.arenaRuns = 0;
  new MutationObserver((changes) => {
    if (changes.some(({target}) => target.getAttribute(name) === 'running')) window.arenaRuns += 1;
  }).observe(document.body, {...whole, attributeFilter: [name]});
}"""
"""The app's element may be another one after a server that was silent is back."""


def redrawn(page: Page, times: int = 2) -> None:
    """Wait until a page that looks or draws by itself has done so some times."""
    page.evaluate(COUNT_RUNS)
    page.wait_for_function("times => window.arenaRuns >= times", arg=times)
    page.locator("[data-test-script-state=notRunning]").first.wait_for(state="attached")


COUNT_DRAWN = """part => {
  const whole = {subtree: true, childList: true, characterData: true, attributes: true};
  window.arenaDrawn = 0;
  new MutationObserver(() => { window.arenaDrawn += 1; })
    .observe(document.querySelector(part), whole);
}"""


def left_alone(page: Page, part: str, times: int = 3) -> None:
    """Wait until a page has looked some times without touching a part of it.

    What is told to the minute may change once in between.
    """
    for _ in range(3):
        page.evaluate(COUNT_DRAWN, part)
        redrawn(page, times)
        if not page.evaluate("() => window.arenaDrawn"):
            return
    raise AssertionError(f"{part} is drawn again though nothing changes")


def asked(page: Page, part: str, times: int = 2) -> None:
    """Wait until a page that asks the server by itself has had some answers."""
    for _ in range(times):
        with page.expect_response(lambda answer: part in answer.url):
            pass


def painted(page: Page) -> None:
    """Wait until a page has drawn what was just changed: two frames."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def until(holds: Callable[[], bool], seconds: float = 90) -> None:
    """Ask again and again until something outside the page holds."""
    pause, end = threading.Event(), time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        pause.wait(0.1)
