"""``arena.py bench restart``: kill -9, and how soon every screen is back at the same moment.

Pad, page of the day, host's page and hall are open in browsers while an entrant presents and its
clock runs. Each notes by itself when the new server answers it.
"""

import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import db
from commands import language
from commands.bench.browsers import chromium
from commands.bench.hall import HOST, Hall, build, free_port, started
from commands.bench.live import PATIENCE_SECONDS, READY
from commands.bench.seats import to_stage
from commands.bench.siege import Process
from commands.bench.takeover import kill
from commands.columns import align
from competition.people import links
from competition.people import people as staff
from competition.rounds.rules import RoundRules
from competition.sign_ins import visitor_of
from competition.stage import clocks
from db import people
from words import t

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

JUDGES, SHEETS = 15, 8
LIMIT = 480
BAR = 15.0
PATIENCE_MS = 120_000
NOTE = """(() => {
  window.benchKilled = 0;
  window.benchHeard = 0;
  window.benchBack = 0;
  const heard = () => { window.benchHeard = Date.now(); };
  const whole = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await whole(...asked);
    if (answer.ok && String(asked[0]).includes('/api/')) heard();
    return answer;
  };
  const Wire = window.WebSocket;
  window.WebSocket = class extends Wire {
    constructor(...given) { super(...given); this.addEventListener('message', heard); }
  };
  const shown = (place) => {
    const roots = [document, ...[...document.querySelectorAll('*')].map((one) => one.shadowRoot)];
    return roots.map((root) => root?.querySelector(place)).find(Boolean)?.textContent ?? '';
  };
  setInterval(() => {
    const isOver = !window.benchKilled || window.benchBack || window.benchHeard < benchKilled;
    if (isOver || !/\\d:\\d\\d/.test(shown(window.benchPlace))) return;
    window.benchBack = Date.now();
  }, 50);
})();"""
CLOCK = """(place) => {
  const found = place.textContent.match(/(\\d+):(\\d\\d)/);
  return [Date.now() / 1000, found ? 60 * Number(found[1]) + Number(found[2]) : -1];
}"""
PLACES = {"pad": ".pad .clock", "desk": ".figure b", "hall": "#clock b", "host": "#time"}
LEFT = ("hall",)
"""Screens that show what is left; the others what is used."""


@dataclass
class Back:
    """Seconds from each kill until the server answered and each screen was back.

    Attributes
    ----------
    off : float
        The largest difference between a screen's clock and the time since the clock's start.
    processor : list of float
        Processor seconds that each new server had used when it answered.
    """

    seconds: dict[str, list[float]] = field(default_factory=dict)
    off: float = 0.0
    processor: list[float] = field(default_factory=list)

    def rows(self) -> list[list[str]]:
        """Lines of a table: screen, median, longest, share of the bar."""
        return [
            [
                t(f"bench.restart_{name}", language()),
                f"{statistics.median(times):.1f}",
                f"{max(times):.1f}",
                f"{max(times) / BAR:.2f}",
            ]
            for name, times in self.seconds.items()
        ]


@click.command(help=t("bench.restart_help", language()))
@click.option("--times", type=click.IntRange(1, 50), default=5, show_default=True)
def command(times: int) -> None:
    """Run in a temporary folder and print a line a screen."""
    back = restarts(times)
    names = ("restart_what", "seats_median", "seats_longest", "restart_share")
    head = [t(f"bench.column_{name}", language()) for name in names]
    click.echo("\n".join(align([head, *back.rows()])))
    used, load = statistics.median(back.processor), os.getloadavg()[0]
    values = {"seconds": f"{back.off:.1f}", "processor": f"{used:.1f}", "load": f"{load:.1f}"}
    click.echo(t("bench.restart_off", language(), **values))


def restarts(times: int) -> Back:
    """Kill the server so often under open screens; each time it is started at once."""
    back = Back()
    with tempfile.TemporaryDirectory() as folder:
        path, log, port = Path(folder) / "restart.db", Path(folder) / "log", free_port()
        rules = RoundRules(present_seconds=LIMIT, answer_seconds=LIMIT)
        hall = build(path, judges=JUDGES, sheets=SHEETS, rules=rules)
        to_stage(path, hall)
        since = _start_clock(path, hall)
        server = started(path, log, port, apart=True)
        try:
            with chromium() as browser:
                pages = _open(browser, hall, port)
                for _ in range(times):
                    killed = _kill(server, pages)
                    server = started(path, log, port, apart=True)
                    back.seconds.setdefault("server", []).append(time.time() - killed)
                    back.processor.append(Process.of(port).seconds)
                    _note(back, pages, killed, since)
        finally:
            kill(server)
    return back


def _start_clock(path: Path, hall: Hall) -> float:
    """A timekeeper starts the first entrant's clock; return when."""
    store, at = db.Store(path), datetime.now(UTC)
    try:
        with store.reading() as tx:
            who = visitor_of(tx, str(people.any_organizer(tx)))
        keeper = staff.add_person(store, who, name="bench clock", at=at)
        staff.grant_role(store, who, keeper, "timekeeper", at=at)
        hall.organizer = links.make_link(store, who, str(who.person_id), at=at)
        with store.reading() as tx:
            who = visitor_of(tx, keeper)
        since = time.time()
        at = datetime.now(UTC)
        clocks.start_clock(store, who, hall.round_id, hall.entrants[0], "presenting", at=at)
        return since
    finally:
        store.close()


def _open(browser: "Browser", hall: Hall, port: int) -> dict[str, "Page"]:
    """Every screen, each in a separate context and drawn once."""
    home, pages = f"http://{HOST}:{port}", {}
    for name in PLACES:
        page = browser.new_context(locale="zh-CN").new_page()
        page.add_init_script(NOTE)
        token = hall.tokens[0] if name == "pad" else hall.organizer
        page.goto(f"{home}/j/{token}", wait_until="commit")
        path = {"desk": "/organizers-stage", "hall": "/hall", "host": "/host"}.get(name)
        if path is not None:
            page.goto(f"{home}{path}")
        if name == "desk":
            page.wait_for_selector(READY, timeout=1000 * PATIENCE_SECONDS)
        page.wait_for_selector(PLACES[name], timeout=1000 * PATIENCE_SECONDS)
        page.evaluate("(place) => { window.benchPlace = place; }", PLACES[name])
        pages[name] = page
    return pages


def _kill(server: "subprocess.Popen[bytes]", pages: dict[str, "Page"]) -> float:
    """Kill the server; return when. From then on each page looks for the next answer."""
    kill(server)
    killed = time.time()
    for page in pages.values():
        page.evaluate("() => { window.benchBack = 0; window.benchKilled = Date.now(); }")
    return killed


def _note(back: Back, pages: dict[str, "Page"], killed: float, since: float) -> None:
    for name, page in pages.items():
        page.wait_for_function("() => window.benchBack", timeout=PATIENCE_MS)
        seconds = float(page.evaluate("window.benchBack")) / 1000 - killed
        back.seconds.setdefault(name, []).append(seconds)
    for name, page in pages.items():
        at, shown = page.locator(PLACES[name]).first.evaluate(CLOCK)
        used = LIMIT - shown if name in LEFT else shown
        back.off = max(back.off, abs(at - since - used))
