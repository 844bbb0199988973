"""``arena.py bench seats``: from a change on a pad until the page of the day shows it.

All tablets beat every three seconds and mark every five; one of them is a real pad in a browser,
and the page of the day is open in another one.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import db
from commands import language
from commands.bench.browsers import TAP, chromium
from commands.bench.hall import HOST, Hall, build, running
from commands.bench.live import PATIENCE_SECONDS, READY
from commands.bench.load import NoEcho, Tablet
from commands.bench.marking import living
from commands.bench.siege import Process
from commands.columns import align
from competition.sign_ins import visitor_of
from competition.stage import moves
from db import people
from words import t

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHEETS = 8
WARM_SECONDS = 8.0
PATIENCE_MS = 60_000
BAR = 2.0
WATCH = """(want) => {
  window.benchSeen = 0;
  const seat = () => document.querySelector("[data-seat='1']");
  const look = () => {
    if (!window.benchSeen && seat()?.textContent.includes(want)) window.benchSeen = Date.now();
  };
  window.benchWatch?.disconnect();
  window.benchWatch = new MutationObserver(look);
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  window.benchWatch.observe(document.body, all);
}"""
OPEN = """(label) => {
  document.querySelector('.pad .who').click();
  const found = [...document.querySelectorAll('.pad .panel button')]
    .find((one) => one.textContent.includes(label));
  const at = Date.now();
  found.click();
  return at;
}"""


@dataclass
class BeatingTablet(Tablet):
    """A tablet that says with every look which entrant is open, as the pad does."""

    def look(self) -> None:
        """Beat."""
        said = f"seat={self.hall.judges[self.place]}&tab=bench&unsent={len(self.pending)}"
        entrant = self._chance.choice(self.hall.entrants)
        with suppress(NoEcho):
            self._ask("GET", f"/api/now?round={self.hall.round_id}&{said}&entrant={entrant}")


@dataclass(frozen=True)
class Seen:
    """How long the page of the day took to show each change, in seconds, and the server's load."""

    opened: list[float]
    marked: list[float]
    processor: float
    load: float

    def rows(self) -> list[list[str]]:
        """Lines of a table: kind, how many, median, longest, share of the bar."""
        kinds = (("opened", self.opened), ("marked", self.marked))
        return [
            [
                t(f"bench.seats_{name}", language()),
                str(len(times)),
                f"{statistics.median(times):.2f}",
                f"{max(times):.2f}",
                f"{max(times) / BAR:.2f}",
            ]
            for name, times in kinds
        ]


@click.command(help=t("bench.seats_help", language()))
@click.option("--tablets", type=click.IntRange(2, 500), default=200, show_default=True)
@click.option("--changes", type=click.IntRange(2, 200), default=30, show_default=True)
def command(tablets: int, changes: int) -> None:
    """Measure in a new hall; print both kinds of change."""
    delays = measured(tablets, changes)
    names = ("kind", "count", "median", "longest", "share")
    head = [t(f"bench.column_seats_{name}", language()) for name in names]
    click.echo("\n".join(align([head, *delays.rows()])))
    values = {"processor": f"{delays.processor:.2f}", "load": f"{delays.load:.1f}"}
    click.echo(t("bench.seats_load", language(), **values))


def measured(tablets: int, changes: int) -> Seen:
    """All tablets live; one in a browser opens entrants and marks, watched on the desk."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "seats.db"
        hall = build(path, judges=tablets, sheets=SHEETS)
        to_stage(path, hall)
        with running(path, Path(folder) / "server.log") as port:
            rest = [BeatingTablet(hall, port, place) for place in range(1, tablets)]
            with living(rest), _pages(hall, port) as (pad, desk):
                time.sleep(WARM_SECONDS)  # every tablet has been heard of
                begun, before = time.monotonic(), Process.of(port).seconds
                marked = [_seen(pad, desk, f"{n + 1}/7", TAP, [n, 0, 0]) for n in range(7)]
                names = [t("list.number", "zh", number=one) for one in range(2, SHEETS + 1)]
                turns = [names[n % len(names)] for n in range(changes)]
                opened = [_seen(pad, desk, name, OPEN, name) for name in turns]
                used = (Process.of(port).seconds - before) / (time.monotonic() - begun)
    return Seen(opened, marked, used, os.getloadavg()[0])


def to_stage(path: Path, hall: Hall) -> None:
    """The first entrant presents."""
    store, at = db.served.made(path), datetime.now(UTC)
    try:
        with store.reading() as tx:
            who = visitor_of(tx, str(people.any_organizer(tx)))
        for stage in ("called", "presenting"):
            moves.move_stage(store, who, hall.round_id, hall.entrants[0], stage, at=at)
    finally:
        store.close()


@contextmanager
def _pages(hall: Hall, port: int) -> Iterator[tuple["Page", "Page"]]:
    """The first judge's pad, and the page of the day, each in a separate context."""
    home = f"http://{HOST}:{port}"
    with chromium() as browser:
        pad, desk = (browser.new_context(locale="zh-CN").new_page() for _ in range(2))
        pad.goto(f"{home}/j/{hall.tokens[0]}")
        pad.locator(".pad .row").first.wait_for()
        desk.goto(f"{home}/j/{hall.organizer}", wait_until="commit")
        desk.goto(f"{home}/organizers-stage")
        desk.wait_for_selector(READY, timeout=1000 * PATIENCE_SECONDS)
        desk.wait_for_selector("[data-seat='1']", timeout=1000 * PATIENCE_SECONDS)
        yield pad, desk


def _seen(pad: "Page", desk: "Page", want: str, script: str, value: object) -> float:
    """Seconds from a change on the pad until its seat says it."""
    desk.evaluate(WATCH, want)
    at = pad.evaluate(f"async (value) => (await ({script})(value)) ?? Date.now()", value)
    desk.wait_for_function("() => window.benchSeen", timeout=PATIENCE_MS)
    return (float(desk.evaluate("window.benchSeen")) - float(at)) / 1000
