"""``arena.py bench scale``: what 1, 2 and 4 processes on one store take and give."""

import os
import secrets
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

import click

from commands import language
from commands.bench import cluster
from commands.bench.hall import Hall, build, free_port, started
from commands.bench.load import COOKIE
from commands.bench.marking import together
from commands.bench.marks import marked, used
from commands.bench.siege import Process
from commands.columns import align
from words import t

TABLETS, SHEETS, READERS = 200, 40, 16
KEY, URL = "ARENA_METRICS_KEY", "ARENA_DATABASE_URL"
SHARED = {"ARENA_SHARED": "1", KEY: secrets.token_hex(16)}
COMMITS = "arena_commit_seconds_total"
STORES = ("sqlite", "postgresql")
COLUMNS = (
    "scale_processes",
    "marks_second",
    "marks_stored",
    "marks_processor",
    "scale_database",
    "scale_fetched",
    "scale_memory",
)
Share = Callable[[list[int]], float]
"""Seconds that the database has used for the processes at some ports."""


@click.command(help=t("bench.scale_help", language()))
@click.option("--processes", type=click.IntRange(1, 16), multiple=True, default=(1, 2, 4))
@click.option("--connections", type=click.IntRange(1, TABLETS), default=24, show_default=True)
@click.option("--seconds", type=click.FloatRange(min=1), default=10.0, show_default=True)
@click.option("--store", type=click.Choice(STORES), default=STORES[0], show_default=True)
def command(processes: tuple[int, ...], connections: int, seconds: float, store: str) -> None:
    """Print a line for each number of processes."""
    lines = [[t(f"bench.column_{name}", language()) for name in COLUMNS]]
    for count in processes:
        with tempfile.TemporaryDirectory() as name, kept(store, Path(name)) as (path, share):
            hall = build(path, judges=TABLETS, sheets=SHEETS)
            with installed(path, Path(name), count) as ports:
                lines.append([str(count), *measured(hall, ports, connections, seconds, share)])
    click.echo("\n".join(align(lines)))
    click.echo(t("bench.scale_load", language(), load=f"{os.getloadavg()[0]:.1f}"))


@contextmanager
def kept(store: str, folder: Path) -> Iterator[tuple[Path, Share]]:
    """A place for a hall, in a file or in a server of this measurement's own; and its share.

    Of a file it is the time that commits took; of a server, the processor time of its processes.
    """
    if store == STORES[0]:
        yield folder / "bench.db", commit_seconds
        return
    if cluster.programs() is None:
        raise click.ClickException(t("bench.scale_no_server", language()))
    with cluster.postgresql() as (url, number):
        os.environ[URL] = url
        try:
            yield folder / "arena-postgresql.db", lambda _: cluster.seconds(number)
        finally:
            del os.environ[URL]


@contextmanager
def installed(path: Path, folder: Path, count: int) -> Iterator[list[int]]:
    """Run so many processes on a store; return their ports."""
    with ExitStack() as stack:
        ports = []
        for number in range(count):
            port = free_port()
            process = started(path, folder / f"{number}.log", port, settings=SHARED)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            ports.append(port)
        yield ports


def measured(hall: Hall, ports: list[int], count: int, seconds: float, share: Share) -> list[str]:
    """Mark without a pause over all processes; then fetch judges' sheets without a pause."""
    before = share(ports)
    marks = marked(hall, ports, count, seconds)
    database = share(ports) - before
    fetched: list[int] = []
    readers = [
        partial(_fetch, hall, ports[place % len(ports)], place % len(hall.cookies), fetched)
        for place in range(READERS)
    ]
    reading, _ = used(together(readers), ports, seconds)
    memory = sum(Process.of(port).megabytes for port in ports)
    return [
        *marks.cells(),
        f"{marks.each(database):.2f}",
        f"{len(fetched) / reading:.0f}",
        f"{memory:.0f}",
    ]


def commit_seconds(ports: list[int]) -> float:
    """Seconds that the processes' commits have taken, as each says at /metrics."""
    return sum(_figure(port, COMMITS) for port in ports)


def _figure(port: int, name: str) -> float:
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as wire:
        wire.request("GET", "/metrics", headers={"Authorization": f"Bearer {SHARED[KEY]}"})
        lines = wire.getresponse().read().decode().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith(f"{name} ")))


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
