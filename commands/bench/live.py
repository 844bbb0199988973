"""``arena.py bench live``: what an open live page costs the server while judges mark."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from commands import language
from commands.bench import marking
from commands.bench.browsers import FLAGS
from commands.bench.hall import HOST, Hall, build, running
from commands.bench.load import Tablet
from commands.bench.siege import Process
from commands.columns import align
from commands.test import find_browser
from words import t

SHEETS = 10
PAGES = ("organizers-progress", "organizers-stage")
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
WARM_SECONDS, PATIENCE_SECONDS = 5.0, 90.0
BAR = 0.1
"""Share of a core that a live page may take."""


@dataclass(frozen=True)
class Cost:
    """Processor seconds of the server a second, without the page and with it, pair by pair."""

    page: str
    without: list[float]
    open: list[float]

    @property
    def added(self) -> float:
        """The page's part: the median of the paired differences."""
        pairs = zip(self.open, self.without, strict=True)
        return statistics.median(one - other for one, other in pairs)

    def cells(self) -> list[str]:
        """The line of a table."""
        each = (statistics.median(self.without), statistics.median(self.open), self.added)
        return [self.page, *(f"{one:.3f}" for one in each), f"{self.added / BAR:.2f}"]


@click.command(help=t("bench.live_help", language()))
@click.option("--tablets", type=click.IntRange(1, 500), default=200, show_default=True)
@click.option("--seconds", type=click.FloatRange(min=1), default=20.0, show_default=True)
@click.option("--pairs", type=click.IntRange(min=1), default=3, show_default=True)
def command(tablets: int, seconds: float, pairs: int) -> None:
    """Measure each live page, closed and open in turn, on one server."""
    names = ("page", "without", "open", "added", "share")
    lines = [[t(f"bench.column_live_{name}", language()) for name in names]]
    lines += [cost.cells() for cost in measured(tablets, seconds, pairs)]
    click.echo("\n".join(align(lines)))


def measured(tablets: int, seconds: float, pairs: int) -> Iterator[Cost]:
    """Yield the cost of each page while every tablet marks and looks as it does in a hall."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "live.db"
        hall = build(path, judges=tablets, sheets=SHEETS)
        with running(path, Path(folder) / "server.log") as port:
            pads = [Tablet(hall, port, place) for place in range(tablets)]
            with marking.living(pads):
                time.sleep(marking.TAP_SECONDS)  # every tablet has sent its first mark
                for page in PAGES:
                    cost = Cost(page, [], [])
                    for _ in range(pairs):
                        cost.without.append(_used(port, seconds))
                        with watching(hall, port, page):
                            cost.open.append(_used(port, seconds))
                    yield cost


def _used(port: int, seconds: float) -> float:
    """Processor seconds that the server uses a second."""
    begun, before = time.monotonic(), Process.of(port).seconds
    time.sleep(seconds)
    return (Process.of(port).seconds - before) / (time.monotonic() - begun)


@contextmanager
def watching(hall: Hall, port: int, *pages: str) -> Iterator[None]:
    """Keep pages open in a real browser, as their organizer."""
    from playwright.sync_api import sync_playwright

    flags = [*FLAGS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        context, home = browser.new_context(), f"http://{HOST}:{port}"
        context.new_page().goto(f"{home}/j/{hall.organizer}", wait_until="commit")
        for page in pages:
            tab = context.new_page()
            tab.goto(f"{home}/{page}")
            tab.wait_for_selector(READY, timeout=1000 * PATIENCE_SECONDS)
        time.sleep(WARM_SECONDS)
        yield
        browser.close()
