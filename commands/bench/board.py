"""``arena.py bench board``: time from a change to its display on many hall screens.

The host's route moves the stage, as in a hall.
"""

import json
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import click

import db
from commands import language
from commands.bench.hall import Hall, build, running
from commands.bench.load import COOKIE, Tablet
from commands.bench.marking import spread
from commands.columns import align
from competition.people import links
from competition.sign_ins import visitor_of
from competition.stage import hall as stage_hall
from competition.stage import hall_links
from competition.visitor import Visitor
from db import people
from words import t

POLL_SECONDS, SOON_SECONDS, TAP_SECONDS, CHANGE_SECONDS = 1.0, 0.1, 5.0, 3.0
STEPS = ("presenting", "answering", "marking")
"""Moves of the stage that change what the hall sees."""
SCREEN = "arena_hall"


@dataclass
class Board:
    """One hall screen: waits for a change as the page does, draws when the version is another.

    Attributes
    ----------
    asked : list of float
        Seconds of each request.
    drawn : list of (float, str)
        Time of each new picture, and its version.
    """

    port: int
    round_id: str
    key: str
    asked: list[float] = field(default_factory=list)
    drawn: list[tuple[float, str]] = field(default_factory=list)

    def watch(self, over: threading.Event, delay: float) -> None:
        """Ask until the end, starting at a random time within the first second."""
        wire = HTTPConnection("127.0.0.1", self.port, timeout=10)
        version = mark = ""
        over.wait(delay)
        while not over.is_set():
            begun = time.monotonic()
            said = json.loads(self._get(wire, f"/api/hall/{self.round_id}?mark={mark}"))
            version_now, mark = said["version"], said["mark"]
            self.asked.append(time.monotonic() - begun)
            if version_now != version:
                part = self._get(
                    wire, f"/hall/{self.round_id}?part=1&version={version_now}"
                ).decode()
                version = part.split('data-version="', 1)[1].split('"', 1)[0]
                self.drawn.append((time.monotonic(), version))
            over.wait(SOON_SECONDS)
        wire.close()

    def _get(self, wire: HTTPConnection, path: str) -> bytes:
        wire.request("GET", path, headers={"Cookie": f"{SCREEN}={self.key}"})
        answer = wire.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return body


@click.command(help=t("bench.board_help", language()))
@click.option(
    "--boards", type=click.IntRange(1, 500), multiple=True, default=(1, 30, 100), show_default=True
)
@click.option("--judges", type=click.IntRange(2, 200), default=20, show_default=True)
@click.option("--changes", type=click.IntRange(2, 60), default=10, show_default=True)
def command(boards: tuple[int, ...], judges: int, changes: int) -> None:
    """Measure with increasing numbers of screens; milliseconds, median and 95th percentile."""
    names = ("boards", "board_seen", "board_asked", "board_taps", "board_missed")
    lines = [[t(f"bench.column_{name}", language()) for name in names]]
    lines += [[str(count), *measured(count, judges, changes)] for count in boards]
    click.echo("\n".join(align(lines)))


def measured(count: int, judges: int, changes: int) -> list[str]:
    """One line of the table, measured in a new hall."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        hall = build(path, judges=judges, sheets=1 + changes // len(STEPS))
        store = db.Store(path)
        try:
            who = _organizer(store)
            key = hall_links.make_hall_link(store, who, hall.round_id, at=datetime.now(UTC))
            with running(path, Path(folder) / "server.log") as port:
                screens = [Board(port, hall.round_id, key) for _ in range(count)]
                tablets = [Tablet(hall, port, place) for place in range(judges)]
                with _living(screens, tablets):
                    changed = list(_changed(store, who, hall, changes, port))
        finally:
            store.close()
    seen = [[_seen(screen, at, version) for screen in screens] for at, version in changed]
    milliseconds = [1000 * one for row in seen for one in row if one is not None]
    asked = [1000 * one for screen in screens for one in screen.asked]
    taps = [1000 * one for tablet in tablets for one in tablet.times]
    missed = sum(one is None for row in seen for one in row)
    return [spread(milliseconds), spread(asked), spread(taps), str(missed)]


def _organizer(store: db.Store) -> Visitor:
    with store.reading() as tx:
        return visitor_of(tx, str(people.any_organizer(tx)))


@contextmanager
def _living(screens: list[Board], tablets: list[Tablet]) -> Iterator[None]:
    """Run screens and tapping judges during a measurement."""
    over = threading.Event()
    threads = [
        threading.Thread(target=one.watch, args=(over, POLL_SECONDS * at / len(screens)))
        for at, one in enumerate(screens)
    ]
    threads += [threading.Thread(target=_tap, args=(one, over)) for one in tablets]
    for thread in threads:
        thread.start()
    try:
        over.wait(2 * POLL_SECONDS)
        yield
        over.wait(2 * POLL_SECONDS)
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _tap(tablet: Tablet, over: threading.Event) -> None:
    over.wait(tablet.place % 50 / 50 * TAP_SECONDS)
    while not over.is_set():
        tablet.tap()
        tablet.send()
        over.wait(TAP_SECONDS)
    tablet.close()


def _changed(
    store: db.Store, who: Visitor, hall: Hall, changes: int, port: int
) -> Iterator[tuple[float, str]]:
    """Move the stage every few seconds; yield each time and the hall's new version."""
    cookie = links.open_link(store, hall.organizer, at=datetime.now(UTC), address="bench")
    for at in range(changes):
        entrant, step = hall.entrants[at // len(STEPS)], STEPS[at % len(STEPS)]
        about = {"seat": who.person_id, "round": hall.round_id, "entrant": entrant}
        if step == STEPS[0]:
            _post(port, cookie, {**about, "stage": "called"})
        begun = time.monotonic()
        _post(port, cookie, {**about, "stage": step})
        yield begun, stage_hall.hall(store, who, hall.round_id).version
        time.sleep(CHANGE_SECONDS)


def _post(port: int, cookie: str, body: dict[str, str | None]) -> None:
    wire = HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Cookie": f"{COOKIE}={cookie}", "Content-Type": "application/json"}
    wire.request("POST", "/api/stage", json.dumps(body), headers)
    status = wire.getresponse().status
    wire.close()
    if status != 200:
        raise RuntimeError(f"/api/stage: {status}")


def _seen(screen: Board, changed: float, version: str) -> float | None:
    """Seconds from a change to its display; None if this screen never drew it."""
    times = [at - changed for at, drawn in screen.drawn if drawn == version and at > changed]
    return min(times, default=None)
