"""``arena.py bench pad``: from a tap to what is shown and stored, beside the native sheet."""

import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from commands import language
from commands.bench.hall import HOST, Hall, build, running
from commands.bench.load import Tablet
from commands.columns import align
from commands.test import find_browser
from words import t

SHEETS = 5
TAP_SECONDS, LOOK_SECONDS = 5.0, 3.0
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")

SHOWN = """(root, [mark]) => new Promise(done => {
  const key = [...root.querySelectorAll('.markkey')].find(k => k.textContent === mark);
  const row = root.querySelector('.row.on');
  const begun = performance.now();
  let shown = 0;
  const look = () => {
    if (!shown && parseFloat(row.querySelector('.v').textContent) === parseFloat(mark)) {
      shown = performance.now() - begun;
    }
    if (shown && row.querySelector('.i').classList.contains('ok')) {
      done([shown, performance.now() - begun]);
    } else setTimeout(look, 1);
  };
  key.click();
  look();
})"""

NATIVE = """([mark]) => new Promise(done => {
  const key = [...document.querySelectorAll('.st-key-editor [class*=st-key-level-] button')]
    .find(k => k.textContent.trim() === mark);
  const begun = performance.now();
  let shown = 0;
  const look = () => {
    if (!shown && key.getAttribute('aria-checked') === 'true') {
      shown = performance.now() - begun;
    }
    const value = document.querySelector('.j-val b');
    if (value && parseFloat(value.textContent) === parseFloat(mark)) {
      done([shown || performance.now() - begun, performance.now() - begun]);
    } else setTimeout(look, 1);
  };
  key.click();
  look();
})"""


@click.command(help=t("bench.pad_help", language()))
@click.option("--judges", type=click.IntRange(2, 500), multiple=True, default=(20, 100, 200))
@click.option("--taps", type=click.IntRange(min=2), default=40, show_default=True)
def command(judges: tuple[int, ...], taps: int) -> None:
    """Measure with more and more judges; what is in the tables is milliseconds, p50 and p95."""
    names = ("judges", "pad_shown", "pad_stored", "native_shown", "native_stored", "all_stored")
    lines = [[t(f"bench.column_{name}", language()) for name in names]]
    lines += [[str(count), *measured(count, taps)] for count in judges]
    click.echo("\n".join(align(lines)))


def measured(judges: int, taps: int) -> list[str]:
    """One line of the table, from a hall of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        hall = build(path, judges=judges, sheets=SHEETS)
        with running(path, Path(folder) / "server.log") as port:
            rest = [Tablet(hall, port, n) for n in range(2, judges)]
            over = threading.Event()
            threads = [threading.Thread(target=_live, args=(one, over)) for one in rest]
            for thread in threads:
                thread.start()
            try:
                pad, native = _browse(hall, port, taps)
            finally:
                over.set()
                for thread in threads:
                    thread.join()
    stored = [1000 * seconds for one in rest for seconds in one.times]
    return [spread(column) for column in (*zip(*pad, strict=True), *zip(*native, strict=True))] + [
        spread(stored)
    ]


def _live(tablet: Tablet, over: threading.Event) -> None:
    """A judge who taps every five seconds and whose tablet looks every three."""
    begun = time.monotonic() + tablet.place % 50 / 10
    tap, look = begun, begun
    while not over.wait(max(0.0, min(tap, look) - time.monotonic())):
        if time.monotonic() >= tap:
            tablet.tap()
            tablet.send()
            tap += TAP_SECONDS
        if time.monotonic() >= look:
            tablet.look()
            look += LOOK_SECONDS
    tablet.close()


def _browse(hall: Hall, port: int, taps: int) -> tuple[list[Any], list[Any]]:
    """Tap on the pad and on the native sheet in a real browser, in turn."""
    from playwright.sync_api import sync_playwright

    flags = [*FLAGS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        pad, native = (browser.new_context().new_page() for _ in range(2))
        home = f"http://{HOST}:{port}"
        for page, place, name in ((pad, 0, "judges-pad"), (native, 1, "judges-sheet")):
            page.goto(f"{home}/j/{hall.tokens[place]}", wait_until="commit")
            page.goto(f"{home}/{name}")
        pad.locator(".pad .anchor").nth(1).click()
        root = pad.locator(".pad")
        radios = native.locator(".st-key-editor [class*=st-key-anchor-] button")
        radios.nth(1).click()
        keys = native.locator(".st-key-editor [class*=st-key-level-] button")
        keys.first.wait_for()
        marks = [key.inner_text() for key in pad.locator(".pad .markkey").all()]
        found: tuple[list[Any], list[Any]] = ([], [])
        for tap in range(taps):
            mark = marks[tap % len(marks)]
            found[0].append(root.evaluate(SHOWN, [mark]))
            found[1].append(native.evaluate(NATIVE, [mark]))
            pad.wait_for_timeout(200)
        browser.close()
    return found


def spread(values: Sequence[float]) -> str:
    """Median and 95th percentile, or nothing where nothing was measured."""
    if len(values) < 2:
        return ""
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return f"{cuts[9]:.0f} / {cuts[18]:.0f}"
