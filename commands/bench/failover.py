"""``arena.py bench failover``: a process behind nginx dies under load; how soon screens go on.

Pad, page of the day and hall are open in browsers, tablets mark without a pause. One process of
two is killed and the stage goes on at the same moment: each screen notes by itself when it shows
that, and the pad when a mark is stored.
"""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

import db
from commands import language
from commands.bench import proxy
from commands.bench.browsers import TAP, chromium
from commands.bench.hall import HOST, Hall, build, started
from commands.bench.live import PATIENCE_SECONDS, READY
from commands.bench.load import Tablet
from commands.bench.marking import unpaused
from commands.bench.scale import SHARED, STORES, kept
from commands.bench.seats import to_stage
from commands.bench.soak import Soaked, judged
from commands.bench.takeover import kill
from commands.columns import align
from competition.sign_ins import visitor_of
from competition.stage import moves
from db import people
from words import t

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SHEETS, TABLETS = 9, 4
BAR = 5.0
PATIENCE_MS = 120_000
PLACES = {"desk": "/organizers-stage", "hall": "/hall"}
WATCH = """(wanted) => {
  window.benchSeen = 0;
  const look = () => {
    if (document.body.innerText.includes(wanted)) window.benchSeen = Date.now();
    else setTimeout(look, 20);
  };
  look();
}"""
STORED = """(place) => new Promise((done) => {
  const look = () => {
    const row = document.querySelectorAll('.pad .row')[place];
    if (row.querySelector('.i').classList.contains('ok')) done(Date.now());
    else setTimeout(look, 5);
  };
  look();
})"""


@dataclass
class Over:
    """Seconds from each kill until each screen went on, and what came of the marks."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    counts: Soaked | None = None

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


@click.command(help=t("bench.failover_help", language()))
@click.option("--proxy", "kind", type=click.Choice(list(proxy.PROXIES)), default="nginx")
@click.option("--times", type=click.IntRange(1, SHEETS - 1), default=6, show_default=True)
@click.option("--tablets", type=click.IntRange(0, 100), default=TABLETS, show_default=True)
@click.option("--store", type=click.Choice(STORES), default=STORES[0], show_default=True)
def command(kind: str, times: int, tablets: int, store: str) -> None:
    """Run in a temporary folder; print a line a screen, and what came of the marks."""
    if not proxy.is_installed(kind):
        raise click.ClickException(t("bench.failover_proxy", language(), name=kind))
    outages = failovers(times, tablets, kind=kind, store=store)
    names = ("restart_what", "seats_median", "seats_longest", "failover_share")
    head = [t(f"bench.column_{name}", language()) for name in names]
    click.echo("\n".join(align([head, *outages.rows()])))
    counts = vars(outages.counts) if outages.counts else {}
    load = f"{os.getloadavg()[0]:.1f}"
    click.echo(t("bench.failover_marks", language(), **counts, load=load))


def failovers(times: int, tablets: int, *, kind: str, store: str) -> Over:
    """Kill one process after the other under open screens; start each again before the next."""
    over = Over()
    with tempfile.TemporaryDirectory() as name, ExitStack() as ends:
        folder = Path(name)
        path, _ = ends.enter_context(kept(store, folder))
        hall = build(path, judges=tablets + 1, sheets=SHEETS)
        to_stage(path, hall)
        ports = proxy.ports(2)
        running: dict[int, subprocess.Popen[bytes]] = {}
        ends.callback(_end, running)
        running.update((port, _start(path, port)) for port in ports)
        listen = ends.enter_context(proxy.PROXIES[kind](folder, path, ports))
        browser = ends.enter_context(chromium())
        pages = _open(browser, hall, listen)
        act_on = ends.enter_context(closing(db.served.made(path)))
        marking = [Tablet(hall, listen, place + 1) for place in range(tablets)]
        with unpaused(marking):
            for turn in range(times):
                port = ports[turn % len(ports)]
                kill(running[port])
                _note(over, pages, time.time(), partial(_go_on, act_on, hall, turn), turn)
                running[port] = _start(path, port)
        pages["pad"].context.close()
        own = Tablet(hall, listen, 0)
        over.counts = judged(path, hall, [own, *marking], 0)
    return over


def _end(running: dict[int, subprocess.Popen[bytes]]) -> None:
    for process in running.values():
        kill(process)


def _start(path: Path, port: int) -> subprocess.Popen[bytes]:
    log = path.with_name(f"{port}.log")
    return started(
        path, log, port, apart=True, settings=SHARED, more=("--behind-proxy", "127.0.0.1")
    )


def _open(browser: "Browser", hall: Hall, port: int) -> dict[str, "Page"]:
    """Pad, page of the day and hall, each in a separate context."""
    home, pages = f"http://{HOST}:{port}", {}
    for name in ("pad", *PLACES):
        page = browser.new_context(locale="zh-CN").new_page()
        token = hall.tokens[0] if name == "pad" else hall.organizer
        page.goto(f"{home}/j/{token}", wait_until="commit")
        if name in PLACES:
            page.goto(f"{home}{PLACES[name]}")
        if name == "desk":
            page.wait_for_selector(READY, timeout=1000 * PATIENCE_SECONDS)
        pages[name] = page
    pages["pad"].wait_for_selector(".pad .row")
    return pages


def _go_on(store: db.Store, hall: Hall, turn: int) -> None:
    """The stage goes on to the next entrant, from another machine."""
    at = datetime.now(UTC)
    with store.writing() as tx:
        who = visitor_of(tx, str(people.any_organizer(tx)))
        for entrant, stages in ((turn, ("marking", "done")), (turn + 1, ("called", "presenting"))):
            for stage in stages:
                moves.move_stage(store, who, hall.round_id, hall.entrants[entrant], stage, at=at)


def _note(
    over: Over, pages: dict[str, "Page"], killed: float, go_on: Callable[[], None], turn: int
) -> None:
    """Seconds from the kill until each screen shows the next entrant, and the pad a mark stored."""
    number = t("list.number", "zh", number=turn + 2)
    wanted = {
        "desk": t("organizers.next.step.answer", "zh", number=number),
        "hall": f"village {turn + 2}",
    }
    for name, text in wanted.items():
        pages[name].evaluate(WATCH, text)
    go_on()
    pages["pad"].evaluate(TAP, [turn % 7, turn // 7, 0])
    times = {"pad": pages["pad"].evaluate(STORED, turn % 7)}
    for name in wanted:
        pages[name].wait_for_function("() => window.benchSeen", timeout=PATIENCE_MS)
        times[name] = pages[name].evaluate("window.benchSeen")
    for name, at in times.items():
        over.seconds.setdefault(name, []).append(at / 1000 - killed)
