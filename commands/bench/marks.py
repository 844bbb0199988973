"""``arena.py bench marks``: as many marks as the server takes, and every tablet's work at once."""

import tempfile
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import click

from commands import language
from commands.bench.hall import Hall, build, running
from commands.bench.load import COOKIE, Tablet
from commands.bench.marking import spread
from commands.bench.siege import Process
from commands.columns import align
from words import t

TABLETS, SHEETS = 200, 40
PATIENCE = 60.0


@click.command(help=t("bench.marks_help", language()))
@click.option("--connections", type=click.IntRange(1, TABLETS), multiple=True, default=(1, 12, 48))
@click.option("--seconds", type=click.FloatRange(min=1), default=10.0, show_default=True)
def command(connections: tuple[int, ...], seconds: float) -> None:
    """Print marks a second, times and the server's processor time a mark; then the work's."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        hall = build(path, judges=TABLETS, sheets=SHEETS)
        with running(path, Path(folder) / "server.log") as port:
            names = ("marks_connections", "marks_second", "marks_stored", "marks_processor")
            lines = [[t(f"bench.column_{name}", language()) for name in names]]
            lines += [[str(count), *marked(hall, port, count, seconds)] for count in connections]
            click.echo("\n".join(align(lines)))
            took, processor = asked_at_once(hall, port)
    said = {"tablets": TABLETS, "sheets": SHEETS, "seconds": f"{took:.2f}"}
    click.echo(t("bench.marks_work", language(), **said, processor=f"{processor:.1f}"))


def marked(hall: Hall, port: int, count: int, seconds: float) -> list[str]:
    """Mark on some connections without a pause: marks a second, milliseconds, processor."""
    tablets = [Tablet(hall, port, place) for place in range(count)]
    over, server = threading.Event(), Process.of(port)
    before, begun = server.seconds, time.monotonic()
    threads = [threading.Thread(target=_mark, args=(one, over)) for one in tablets]
    for thread in threads:
        thread.start()
    over.wait(seconds)
    over.set()
    for thread in threads:
        thread.join()
    took, processor = time.monotonic() - begun, Process.of(port).seconds - before
    times = [1000 * one for tablet in tablets for one in tablet.times]
    return [f"{len(times) / took:.0f}", spread(times), f"{1000 * processor / len(times):.2f}"]


def _mark(tablet: Tablet, over: threading.Event) -> None:
    while not over.is_set():
        tablet.tap()
        tablet.send()
    tablet.close()


def asked_at_once(hall: Hall, port: int) -> tuple[float, float]:
    """Ask for every judge's work at one moment.

    Returns
    -------
    tuple of float
        Seconds until the last has it, and the server's processor milliseconds for each.
    """
    start = threading.Barrier(len(hall.cookies) + 1)
    failed: list[int] = []

    def ask(cookie: str) -> None:
        with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as wire:
            wire.connect()
            start.wait()
            headers = {"Cookie": f"{COOKIE}={cookie}"}
            wire.request("GET", f"/api/work?round={hall.round_id}", headers=headers)
            answer = wire.getresponse()
            answer.read()
            if answer.status != 200:
                failed.append(answer.status)

    threads = [threading.Thread(target=ask, args=(cookie,)) for cookie in hall.cookies]
    for thread in threads:
        thread.start()
    before = Process.of(port).seconds
    start.wait()
    begun = time.monotonic()
    for thread in threads:
        thread.join()
    took, processor = time.monotonic() - begun, Process.of(port).seconds - before
    if failed:
        raise RuntimeError(f"/api/work: {failed}")
    return took, 1000 * processor / len(hall.cookies)
