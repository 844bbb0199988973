"""``arena.py bench takeover``: the first laptop killed again and again, the second takes over.

Real processes: server, ``arena.py standby`` and its takeover from the terminal. Tablets mark
meanwhile, keep what was acknowledged, and find the second laptop as the pad does: by the address
and the token they were given. Every acknowledged mark must be stored in the end.
"""

import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

import db
from commands import ROOT, language
from commands.bench.hall import HOST, answers, build, free_port, started
from commands.bench.kills import LARGEST, LEAST, until_more
from commands.bench.load import NoEcho
from commands.bench.roving import PATIENCE_SECONDS, RovingTablet, generation_at, until_told
from commands.bench.soak import SHEETS, Soaked, judged
from competition.sign_ins import visitor_of
from competition.standby import codes, copies, fencing
from db import people
from words import t

ARENA = "import sys; from commands.cli import cli; cli.main(sys.argv[1:])"


@dataclass(frozen=True)
class Taken:
    """What the takeovers came to.

    Attributes
    ----------
    counts : Soaked
        Marks lost, doubled, wrong or refused, as in the other benchmarks.
    returned : int
        Changes that tablets gave back.
    seconds : tuple of float
        From the person's yes until the second laptop serves, one a takeover.
    fenced : int
        Former first laptops that came back and were read-only.
    """

    counts: Soaked
    returned: int
    seconds: tuple[float, ...]
    fenced: int


@click.command(help=t("bench.takeover_help", language()))
@click.option("--times", type=click.IntRange(1, 100), default=20, show_default=True)
@click.option("--tablets", type=click.IntRange(1, 100), default=8, show_default=True)
def command(times: int, tablets: int) -> None:
    """Run in a temporary folder and print the counts."""
    done = takeovers(times=times, tablets=tablets)
    values = {**vars(done.counts), "returned": done.returned}
    values |= {
        "median": f"{statistics.median(done.seconds):.1f}",
        "slowest": f"{max(done.seconds):.1f}",
    }
    click.echo(
        t("bench.taken_over", language(), **values, n=times, tablets=tablets, fenced=done.fenced)
    )
    sys.exit(0 if done.counts.is_clean and done.fenced == times else 1)


def takeovers(*, times: int, tablets: int, seed: int = 1) -> Taken:
    """Let the second laptop take over so often; each time it becomes the first of the next."""
    chance, fenced = random.Random(seed), 0
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as name, ExitStack() as ends:
        folder = Path(name)
        path, port = folder / "first.db", free_port()
        hall = build(path, judges=tablets, sheets=SHEETS)
        pads = [RovingTablet(hall, port, n, seed=seed) for n in range(tablets)]
        first = started(path, folder / "first.log", port, apart=True)
        ends.callback(kill, first)
        over = threading.Event()
        threads = [threading.Thread(target=_mark, args=(pad, over)) for pad in pads]
        try:
            for thread in threads:
                thread.start()
            for turn in range(times):
                second = Second(folder / f"second-{turn}", free_port())
                ends.callback(second.end)  # whatever fails, no laptop goes on without this program
                second.pair(path, port)
                seconds.append(_turn(first, second, pads, chance))
                fenced += _is_fenced(path, folder / "former.log", _newest(pads))
                first, path, port = second.process, copies.served(second.folder), second.port
            until_more(list(pads), LEAST)
        finally:
            over.set()
            for thread in threads:
                thread.join()
            _finish(pads)
        kill(first)
        counts = judged(path, hall, list(pads), times)
        return Taken(counts, _returned(path), tuple(seconds), fenced)


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

    process: "subprocess.Popen[bytes]"

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

    def end(self) -> None:
        """Kill what was started of it; nothing where that is over."""
        if hasattr(self, "process"):
            kill(self.process)

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
    kill(first)
    seconds = second.take_over()
    until_more(list(pads), LEAST)
    return seconds


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a laptop's process group, close the pipe to its terminal and wait for its end.

    The group may outlive its leader: it is killed also where that has ended by itself.
    """
    with suppress(ProcessLookupError):
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
        kill(process)


def _returned(path: Path) -> int:
    store = db.Store(path)
    try:
        with store.reading() as tx:
            return int(tx.value("SELECT count(*) FROM returned WHERE outcome = 'done'"))
    finally:
        store.close()
