"""``arena.py bench marks``: as many marks as the server takes, and every tablet's work at once."""

import tempfile
import threading
import time
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import click

from commands import language
from commands.bench.hall import Hall, build, running
from commands.bench.live import PAGES, watching
from commands.bench.load import COOKIE, Tablet
from commands.bench.marking import spread, unpaused
from commands.bench.siege import Process
from commands.columns import align
from words import t

TABLETS, SHEETS = 200, 40
PATIENCE = 60.0


@click.command(help=t("bench.marks_help", language()))
@click.option("--connections", type=click.IntRange(1, TABLETS), multiple=True, default=(1, 12, 48))
@click.option("--pages", is_flag=True, help=t("bench.marks_pages", language()))
@click.option("--seconds", type=click.FloatRange(min=1), default=10.0, show_default=True)
def command(connections: tuple[int, ...], seconds: float, *, pages: bool) -> None:
    """Print marks a second, times and the server's processor time a mark; then the work's.

    ``pages`` marks once more on the most connections, with the live pages of the desk open.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        hall = build(path, judges=TABLETS, sheets=SHEETS)
        with running(path, Path(folder) / "server.log") as port:
            names = ("marks_connections", "marks_second", "marks_stored", "marks_processor")
            lines = [[t(f"bench.column_{name}", language()) for name in names]]
            first = 0  # no line goes on with the tablets of another
            for count in connections:
                line = marked(hall, [port], count, seconds, first=first)
                lines.append([str(count), *line.cells()])
                first += count
            if pages:
                count = max(connections)
                with watching(hall, port, *PAGES):
                    line = marked(hall, [port], count, seconds, first=first)
                lines.append([t("bench.marks_beside", language(), count=count), *line.cells()])
            click.echo("\n".join(align(lines)))
            took, processor = asked_at_once(hall, port)
    said = {"tablets": TABLETS, "sheets": SHEETS, "seconds": f"{took:.2f}"}
    click.echo(t("bench.marks_work", language(), **said, processor=f"{processor:.1f}"))


@dataclass(frozen=True)
class Marked:
    """Marks without a pause: how many, how soon each was stored, and what they cost.

    Attributes
    ----------
    took, processor : float
        Seconds, and those of the servers' processor.
    times : list of float
        Milliseconds from a tap to its echo.
    """

    took: float
    processor: float
    times: list[float]

    def each(self, seconds: float) -> float:
        """Milliseconds a mark."""
        return 1000 * seconds / len(self.times)

    def cells(self) -> list[str]:
        """Marks a second, milliseconds until stored, processor a mark."""
        a_second = len(self.times) / self.took
        return [f"{a_second:.0f}", spread(self.times), f"{self.each(self.processor):.2f}"]


def marked(hall: Hall, ports: list[int], count: int, seconds: float, *, first: int = 0) -> Marked:
    """Mark on some connections, spread over the servers, without a pause.

    ``first`` is the place of the first tablet.
    """
    places = range(first, first + count)
    tablets = [Tablet(hall, ports[place % len(ports)], place) for place in places]
    took, processor = used(unpaused(tablets), ports, seconds)
    return Marked(took, processor, [1000 * one for tablet in tablets for one in tablet.times])


def used(
    work: AbstractContextManager[object], ports: list[int], seconds: float
) -> tuple[float, float]:
    """Let work go on for some seconds; return its seconds, and those of the servers' processor.

    What is under way at the end is finished, and counts.
    """
    before, begun = processor_of(ports), time.monotonic()
    with work:
        time.sleep(seconds)
    return time.monotonic() - begun, processor_of(ports) - before


def processor_of(ports: list[int]) -> float:
    """Processor seconds of all servers."""
    return sum(Process.of(port).seconds for port in ports)


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
