"""``arena.py bench many``: many competitions in one process, some on stage, the province's page."""

import os
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import db
from commands import ROOT, language, many
from commands.bench import cluster
from commands.bench.hall import Hall, answers, build, free_port
from commands.bench.load import COOKIE, Tablet
from commands.bench.marking import living, spread
from commands.bench.siege import Process
from commands.columns import align
from competition.moving import copied
from competition.people import links
from competition.province import works
from db import members
from db.members import PROVINCE, Members
from db.postgres.address import URL
from words import t

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

HOST = "contest.test"
PAUSE_SECONDS = 0.5
"""Between two drawings of the province's page: a person reads it."""
START_SECONDS = 300
COLUMNS = ("many_competitions", "many_stage", "many_work", "many_page", "many_find", "marks_stored",
           "many_marks", "scale_memory", "many_connections", "many_database")  # fmt: skip
VILLAGE, SEARCHED = t("bench.many_village", "zh"), "ltc"
"""The initials find every entrant: no search finds more."""
WORK = "verify"
"""The work over all that goes on beside the marks."""


@dataclass
class There(Tablet):
    """A tablet of one of many competitions."""

    host: str = ""

    def headers(self) -> dict[str, str]:
        """The competition's host."""
        return {"Host": self.host}


@click.command(help=t("bench.many_help", language()))
@click.option("--competitions", type=click.IntRange(1, 129), default=129, show_default=True)
@click.option("--entrants", type=click.IntRange(1, 60), default=60, show_default=True)
@click.option("--judges", type=click.IntRange(1, 9), default=9, show_default=True)
@click.option("--on-stage", "stage", type=click.IntRange(0, 129), default=20, show_default=True)
@click.option("--pages", type=click.IntRange(1, 1000), default=40, show_default=True)
@click.option("--postgresql", is_flag=True, help=t("bench.many_option_postgresql", language()))
def command(
    competitions: int, entrants: int, judges: int, stage: int, pages: int, *, postgresql: bool
) -> None:
    """Print a line each: quiet, while judges mark, with a work over all beside it, and without."""
    some = min(stage, competitions)
    with tempfile.TemporaryDirectory() as folder, _server(postgresql=postgresql) as server:
        there, halls, cookie = fill(Path(folder) / "many", competitions, entrants, judges)
        begun = time.monotonic()
        with running(there) as port:
            started = time.monotonic() - begun
            rows = [
                measured(port, there, halls, cookie, on_stage, pages, work=work, server=server)
                for on_stage, work in ((0, ""), (some, ""), (some, WORK), (some, ""))
            ]
    heads = [t(f"bench.column_{name}", language()) for name in COLUMNS]
    click.echo("\n".join(align([heads, *rows])))
    click.echo(t("bench.many_started", language(), seconds=f"{started:.1f}"))
    click.echo(t("bench.scale_load", language(), load=f"{os.getloadavg()[0]:.1f}"))


@contextmanager
def _server(*, postgresql: bool) -> Iterator[int | None]:
    """A PostgreSQL server of the measurement's own, if it is asked for; its process."""
    if not postgresql:
        yield None
        return
    if cluster.programs() is None:
        raise click.ClickException(t("bench.scale_no_server", language()))
    with cluster.postgresql() as (url, process):
        os.environ[URL] = url
        try:
            yield process
        finally:
            del os.environ[URL]


def fill(
    folder: Path, competitions: int, entrants: int, judges: int
) -> tuple[Members, list[Hall], str]:
    """Enter so many open competitions and the province; return its cookie, too."""
    there = members.begun(folder, HOST)
    for number in range(1, competitions + 1):
        there = there.added(f"c{number}")
    there.keep()
    halls = [_entered(there, name, entrants, judges) for name in there.names]
    at, store = datetime.now(UTC), db.open_store(there.path_of(PROVINCE))
    _, token = links.begin(store, title="bench", organizer="bench", at=at, sample=True)
    cookie = links.open_link(store, token, at=at, address="")
    db.close_all()
    return there, halls, cookie


def _entered(there: Members, name: str, entrants: int, judges: int) -> Hall:
    """Enter a competition into a file; carry its rows into its schema, where it is to have one."""
    file, path = there.folder / f"{name}.db", there.path_of(name)
    hall = build(file, judges=judges, sheets=entrants, village=VILLAGE)
    if path == file:
        return hall
    with (
        closing(db.Store(file)) as source,
        closing(db.served.made(path)) as target,
        source.reading() as rows,
        target.writing() as tx,
    ):
        copied(rows, source, tx, target)
    file.unlink()
    return hall


@contextmanager
def running(there: Members) -> Iterator[int]:
    """Run the real server on all of them; return its port."""
    port = free_port()
    with (there.folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            many.server_command("127.0.0.1", port),
            cwd=ROOT,
            env={**os.environ, **many.environment(there)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        until = time.monotonic() + START_SECONDS
        while not answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((there.folder / "server.log").read_text("utf-8", "replace"))
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


@contextmanager
def working(there: Members, key: str) -> Iterator[list[str]]:
    """Do a work over all competitions meanwhile, none for an empty key; lists what it has said."""
    said: list[str] = []
    if not key:
        yield said
        return
    with works.process() as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(works.asking(key, {name: there.path_of(name) for name in there.names}))
        child.stdin.close()
        reader = threading.Thread(target=said.extend, args=(child.stdout,))
        reader.start()
        try:
            yield said
        finally:
            child.kill()
            reader.join()


def measured(
    port: int,
    there: Members,
    halls: list[Hall],
    cookie: str,
    on_stage: int,
    pages: int,
    *,
    work: str = "",
    server: int | None = None,
    pause: float = PAUSE_SECONDS,
) -> list[str]:
    """Draw the province's page and its search again and again while so many competitions mark.

    ``server`` is PostgreSQL's process, ``pause`` the seconds between two drawings.
    """
    tablets = [
        There(hall, port, place, host=there.host_of(name))
        for hall, name in list(zip(halls, there.names, strict=True))[:on_stage]
        for place in range(len(hall.judges))
    ]
    drawn(port, there.host, cookie, 1, pause=0)  # the first imports the page
    with living(tablets), working(there, work) as said:
        took, search_ms = drawn(port, there.host, cookie, pages, pause=pause)
        beside = f"{len(said)}/{len(halls)}" if work else ""
    marks = [1000 * one for tablet in tablets for one in tablet.times]
    memory = f"{Process.of(port).megabytes:.0f}"
    backends = [] if server is None else cluster.backends(server)
    lent = [str(len(backends)), f"{sum(backends):.0f}"] if backends else ["", ""]
    return [str(len(halls)), str(on_stage), beside, spread(took), spread(search_ms), spread(marks),
            str(len(marks)), memory, *lent]  # fmt: skip


def drawn(
    port: int, host: str, cookie: str, count: int, *, pause: float
) -> tuple[list[float], list[float]]:
    """Milliseconds of each drawing of the province's page, and of its search, over one socket."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from websockets.sync.client import connect

    took: dict[str, list[float]] = {"": [], f"find={SEARCHED}": []}
    wire = socket.create_connection(("127.0.0.1", port))
    told = {"Cookie": f"{COOKIE}={cookie}"}
    address = f"ws://{host}:{port}/_stcore/stream"
    with connect(address, sock=wire, additional_headers=told, max_size=None, proxy=None) as page:
        for _ in range(count):
            for query, times in took.items():
                again = BackMsg()
                again.rerun_script.query_string = query
                begun = time.monotonic()
                page.send(again.SerializeToString())
                _finished(page)
                times.append(1000 * (time.monotonic() - begun))
                time.sleep(pause)
    return took[""], took[f"find={SEARCHED}"]


def _finished(page: "ClientConnection") -> None:
    """Read until the page is drawn."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    message = ForwardMsg()
    while message.WhichOneof("type") != "script_finished":
        message.ParseFromString(page.recv(decode=False))
