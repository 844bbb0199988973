"""``arena.py bench takeover``: the first laptop killed again and again, the second takes over.

Real processes: server, ``arena.py standby`` and its takeover from the terminal. Tablets mark
meanwhile, keep what was acknowledged, and find the second laptop as the pad does: by the address
and the token they were given. Every acknowledged mark must be stored in the end.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

import db
from commands import ROOT, language
from commands.bench.hall import HOST, answers, build, free_port, started
from commands.bench.kills import LARGEST, LEAST, KeepingTablet, until_more
from commands.bench.load import NoEcho
from commands.bench.soak import SHEETS, Soaked, judged
from competition.sign_ins import visitor_of
from competition.standby import codes, copies, fencing
from db import people
from words import t

PATIENCE_SECONDS = 120.0
ARENA = "import sys; from commands.cli import cli; cli.main(sys.argv[1:])"


@dataclass
class RovingTablet(KeepingTablet):
    """A tablet that goes on at whichever laptop serves the highest generation.

    Attributes
    ----------
    second : dict
        What it last heard of the two laptops: addresses, token, generation with its proof.
    home : int
        The port of the laptop that its page came from.
    """

    second: dict[str, Any] = field(default_factory=dict)
    home: int = 0
    is_lost: bool = False

    def __post_init__(self) -> None:
        """Begin at the first laptop."""
        super().__post_init__()
        self.home = self.port

    def headers(self) -> dict[str, str]:
        """The head and the generation; at another laptop the token, from the page's origin."""
        found = super().headers()
        if self.second:
            found["Arena-Generation"] = self.second["proof"]
        if self.second and self.port != self.home:
            found["Authorization"] = f"Bearer {self.second['bearer']}"
            found["Origin"] = f"http://{HOST}:{self.home}"
        return found

    def hear(self) -> None:
        """Ask how things are; an answer may name the two laptops."""
        told = self._ask("GET", f"/api/now?round={self.hall.round_id}")
        self.second = told.get("second") or self.second

    def live(self) -> None:
        """Tap, send; where nothing answers, look for the other laptop and give back there."""
        self.tap()
        try:
            if self.is_lost:
                self.return_all()
                self.hear()
                self.is_lost = False
            if self.send():
                return
        except NoEcho:
            pass
        self.is_lost = True
        self._move()

    def _move(self) -> None:
        shown = fencing.order(str(self.second.get("proof", "")).partition(".")[0])
        for address in self.second.get("addresses", ()):
            port = urlsplit(address).port or self.port
            found = generation_at(port, self.hall.event)
            if found is not None and fencing.order(found) >= shown:
                self.close()
                self.port = port
                shown = fencing.order(found)


def generation_at(port: int, event: str) -> str | None:
    """The generation served on a port; None where none is."""
    wire = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        wire.request("GET", f"/standby/generation?event={event}")
        answer = wire.getresponse()
        told = json.loads(answer.read())
        return str(told["generation"]).partition(".")[0] if told.get("serves") else None
    except (OSError, ValueError, KeyError):
        return None
    finally:
        wire.close()


@dataclass(frozen=True)
class Taken:
    """What the takeovers came to.

    Attributes
    ----------
    counts : Soaked
        Marks lost, doubled, wrong or refused, as in the other benchmarks.
    returned : int
        Changes that tablets gave back.
    slowest : float
        Seconds from the person's yes until the second laptop serves.
    fenced : int
        Former first laptops that came back and were read-only.
    """

    counts: Soaked
    returned: int
    slowest: float
    fenced: int


@click.command(help=t("bench.takeover_help", language()))
@click.option("--times", type=click.IntRange(1, 100), default=20, show_default=True)
@click.option("--tablets", type=click.IntRange(1, 100), default=8, show_default=True)
def command(times: int, tablets: int) -> None:
    """Run in a temporary folder and print the counts."""
    done = takeovers(times=times, tablets=tablets)
    values = {**vars(done.counts), "returned": done.returned, "slowest": f"{done.slowest:.1f}"}
    click.echo(
        t("bench.taken_over", language(), **values, n=times, tablets=tablets, fenced=done.fenced)
    )
    sys.exit(0 if done.counts.is_clean and done.fenced == times else 1)


def takeovers(*, times: int, tablets: int, seed: int = 1) -> Taken:
    """Let the second laptop take over so often; each time it becomes the first of the next."""
    chance, slowest, fenced = random.Random(seed), 0.0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, port = folder / "first.db", free_port()
        hall = build(path, judges=tablets, sheets=SHEETS)
        pads = [RovingTablet(hall, port, n, seed=seed) for n in range(tablets)]
        first = started(path, folder / "first.log", port, apart=True)
        over = threading.Event()
        threads = [threading.Thread(target=_mark, args=(pad, over)) for pad in pads]
        try:
            for thread in threads:
                thread.start()
            for turn in range(times):
                second = Second(folder / f"second-{turn}", free_port())
                second.pair(path, port)
                seconds = _turn(first, second, pads, chance)
                slowest = max(slowest, seconds)
                fenced += _is_fenced(path, folder / "former.log", _newest(pads))
                first, path, port = second.process, copies.served(second.folder), second.port
            until_more(list(pads), LEAST)
        finally:
            over.set()
            for thread in threads:
                thread.join()
            _finish(pads)
            _kill(first)
        counts = judged(path, hall, list(pads), times)
        return Taken(counts, _returned(path), slowest, fenced)


def _mark(pad: RovingTablet, over: threading.Event) -> None:
    while not over.is_set():
        pad.live()
        over.wait(0.05)


def _finish(pads: list[RovingTablet]) -> None:
    """Every tablet gives back and sends what it has left."""
    end = time.monotonic() + PATIENCE_SECONDS
    for pad in pads:
        while (pad.pending or pad.is_lost) and time.monotonic() < end:
            pad.live()
        pad.close()


class Second:
    """The second laptop: ``arena.py standby`` in a separate process group."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    def pair(self, path: Path, first_port: int) -> None:
        """Make a code at the first laptop and follow it."""
        given = ["standby", f"http://127.0.0.1:{first_port}", "--code", _code(path)]
        given += ["--folder", str(self.folder), "--port", str(self.port)]
        given += ["--host", "127.0.0.1", "--host-name", HOST]
        self.folder.mkdir()
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", ARENA, *given],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._until(lambda: bool(copies.copies(self.folder)))

    def take_over(self) -> float:
        """Say yes at its terminal; return how many seconds it took to serve."""
        assert self.process.stdin is not None
        begun = time.monotonic()
        self.process.stdin.write(f"{t('standby.word.take_over', 'en')}\nyes\n".encode())
        self.process.stdin.flush()
        self._until(lambda: answers(self.port))
        return time.monotonic() - begun

    def _until(self, holds: Any) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((self.folder / "log").read_text("utf-8", errors="replace"))
            time.sleep(0.05)


def _code(path: Path) -> str:
    """A code made by the organizer at the first laptop, while it serves."""
    store = db.Store(path)
    try:
        with store.reading() as tx:
            who = visitor_of(tx, str(people.any_organizer(tx)))
        return codes.make_code(store, who, at=datetime.now(UTC))
    finally:
        store.close()


def _turn(
    first: "subprocess.Popen[bytes]",
    second: Second,
    pads: list[RovingTablet],
    chance: random.Random,
) -> float:
    """Mark for a while, kill the first laptop's process group, take over; mark on."""
    until_more(list(pads), chance.randint(LEAST, LARGEST))
    for pad in pads:
        until_told(pad, second.port)
    until_more(list(pads), chance.randint(LEAST, LARGEST))
    _kill(first)
    seconds = second.take_over()
    until_more(list(pads), LEAST)
    return seconds


def until_told(pad: RovingTablet, port: int) -> None:
    """Wait until a tablet has heard of the second laptop, as by its next poll."""
    asking = replace(pad, pending=[], kept=[], acknowledged=[], refused=[])
    asking.home, asking.port, asking.second = pad.home, pad.port, pad.second
    end = time.monotonic() + PATIENCE_SECONDS
    while str(port) not in str(asking.second):
        if time.monotonic() > end:
            raise RuntimeError("a tablet never heard of the second laptop")
        try:
            asking.hear()
        except NoEcho:
            time.sleep(0.05)
    pad.second = asking.second
    asking.close()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a laptop's process group, close the pipe to its terminal and wait for its end."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _newest(pads: list[RovingTablet]) -> RovingTablet:
    """The tablet that was shown the highest generation."""
    return max(pads, key=lambda pad: fencing.order(pad.second["proof"].partition(".")[0]))


def _is_fenced(path: Path, log: Path, pad: RovingTablet) -> bool:
    """Whether the former first laptop, started once more, is read-only once a tablet asks it."""
    port = free_port()
    process = started(path, log, port, apart=True)
    former = replace(pad, pending=[], kept=[], acknowledged=[], refused=[])
    former.home = former.port = port
    former.second = pad.second
    try:
        former.hear()
        return False
    except NoEcho:
        return generation_at(port, pad.hall.event) is None
    finally:
        former.close()
        _kill(process)


def _returned(path: Path) -> int:
    store = db.Store(path)
    try:
        with store.reading() as tx:
            return int(tx.value("SELECT count(*) FROM returned WHERE outcome = 'done'"))
    finally:
        store.close()
