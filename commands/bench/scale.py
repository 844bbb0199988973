"""``arena.py bench scale``: what 1, 2 and 4 processes on one file take and give."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

import click

from commands import language
from commands.bench.hall import Hall, build, free_port, started
from commands.bench.load import COOKIE, Tablet
from commands.bench.marking import spread
from commands.bench.siege import Process
from commands.columns import align
from words import t

TABLETS, SHEETS, READERS = 200, 40, 16
SHARED = {"ARENA_SHARED": "1"}
COLUMNS = (
    "scale_processes",
    "marks_second",
    "marks_stored",
    "marks_processor",
    "scale_fetched",
    "scale_memory",
)


@click.command(help=t("bench.scale_help", language()))
@click.option("--processes", type=click.IntRange(1, 16), multiple=True, default=(1, 2, 4))
@click.option("--connections", type=click.IntRange(1, TABLETS), default=24, show_default=True)
@click.option("--seconds", type=click.FloatRange(min=1), default=10.0, show_default=True)
def command(processes: tuple[int, ...], connections: int, seconds: float) -> None:
    """Print a line for each number of processes."""
    lines = [[t(f"bench.column_{name}", language()) for name in COLUMNS]]
    for count in processes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.db"
            hall = build(path, judges=TABLETS, sheets=SHEETS)
            with installed(path, Path(folder), count) as ports:
                lines.append([str(count), *measured(hall, ports, connections, seconds)])
    click.echo("\n".join(align(lines)))


@contextmanager
def installed(path: Path, folder: Path, count: int) -> Iterator[list[int]]:
    """Run so many processes on a file; return their ports."""
    with ExitStack() as stack:
        ports = []
        for number in range(count):
            port = free_port()
            process = started(path, folder / f"{number}.log", port, settings=SHARED)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            ports.append(port)
        yield ports


def measured(hall: Hall, ports: list[int], count: int, seconds: float) -> list[str]:
    """Mark without a pause over all processes; then fetch judges' sheets without a pause."""
    tablets = [Tablet(hall, ports[place % len(ports)], place) for place in range(count)]
    took, processor = _busy([partial(_mark, one) for one in tablets], ports, seconds)
    times = [1000 * one for tablet in tablets for one in tablet.times]
    fetched: list[int] = []
    readers = [
        partial(_fetch, hall, ports[place % len(ports)], place % len(hall.cookies), fetched)
        for place in range(READERS)
    ]
    reading, _ = _busy(readers, ports, seconds)
    memory = sum(Process.of(port).megabytes for port in ports)
    return [
        f"{len(times) / took:.0f}",
        spread(times),
        f"{1000 * processor / len(times):.2f}",
        f"{len(fetched) / reading:.0f}",
        f"{memory:.0f}",
    ]


def _busy(
    works: Sequence[Callable[[threading.Event], None]], ports: list[int], seconds: float
) -> tuple[float, float]:
    """Do work on threads for some seconds; return the seconds, and those of the processor."""
    over = threading.Event()
    before, begun = sum(Process.of(port).seconds for port in ports), time.monotonic()
    threads = [threading.Thread(target=work, args=(over,)) for work in works]
    for thread in threads:
        thread.start()
    over.wait(seconds)
    over.set()
    for thread in threads:
        thread.join()
    processor = sum(Process.of(port).seconds for port in ports) - before
    return time.monotonic() - begun, processor


def _mark(tablet: Tablet, over: threading.Event) -> None:
    while not over.is_set():
        tablet.tap()
        tablet.send()
    tablet.close()


def _fetch(hall: Hall, port: int, place: int, fetched: list[int], over: threading.Event) -> None:
    """Ask for all sheets of one judge again and again."""
    headers = {"Cookie": f"{COOKIE}={hall.cookies[place]}"}
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as wire:
        while not over.is_set():
            wire.request("GET", f"/api/work?round={hall.round_id}", headers=headers)
            answer = wire.getresponse()
            answer.read()
            if answer.status == 200:
                fetched.append(place)
