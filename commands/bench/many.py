"""``arena.py bench many``: many competitions in one process, some on stage, the province's page."""

import os
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

import db
from commands import ROOT, language, many
from commands.bench import cluster
from commands.bench.hall import Hall, answers, build, free_port
from commands.bench.load import COOKIE, Tablet
from commands.bench.marking import spread
from commands.bench.siege import Process
from commands.columns import align
from competition.people import links
from competition.province import works
from db import members
from db.members import PROVINCE, Members
from db.postgres.address import URL
from words import t

HOST = "contest.test"
TAP_SECONDS = 5.0
"""Between two marks of a tablet that is on stage."""
START_SECONDS = 300
COLUMNS = ("many_competitions", "many_stage", "many_work", "many_page", "many_find",
           "marks_stored", "many_marks", "scale_memory")  # fmt: skip
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
@click.option("--pages", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--postgresql", is_flag=True, help=t("bench.many_option_postgresql", language()))
def command(
    competitions: int, entrants: int, judges: int, stage: int, pages: int, *, postgresql: bool
) -> None:
    """Print a line each: quiet, while judges mark, with a work over all beside it, and without."""
    some = min(stage, competitions)
    with tempfile.TemporaryDirectory() as folder, _server(postgresql=postgresql):
        there, halls, cookie = fill(Path(folder) / "many", competitions, entrants, judges)
        with running(there) as port:
            rows = [
                measured(port, there, halls, cookie, on_stage, pages, work=work)
                for on_stage, work in ((0, ""), (some, ""), (some, WORK), (some, ""))
            ]
    heads = [t(f"bench.column_{name}", language()) for name in COLUMNS]
    click.echo("\n".join(align([heads, *rows])))


@contextmanager
def _server(*, postgresql: bool) -> Iterator[None]:
    """A PostgreSQL server of the measurement's own, if it is asked for."""
    if not postgresql:
        yield
        return
    if cluster.programs() is None:
        raise click.ClickException(t("bench.scale_no_server", language()))
    with cluster.postgresql() as (url, _):
        os.environ[URL] = url
        try:
            yield
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
    halls = [
        build(there.path_of(name), judges=judges, sheets=entrants, village=VILLAGE)
        for name in there.names
    ]
    at, store = datetime.now(UTC), db.open_store(there.path_of(PROVINCE))
    _, token = links.begin(store, title="bench", organizer="bench", at=at, sample=True)
    cookie = links.open_link(store, token, at=at, address="")
    db.close_all()
    return there, halls, cookie


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
) -> list[str]:
    """Draw the province's page and its search again and again while so many competitions mark."""
    tablets = [
        There(hall, port, place, host=there.host_of(name))
        for hall, name in list(zip(halls, there.names, strict=True))[:on_stage]
        for place in range(len(hall.judges))
    ]
    over = threading.Event()
    threads = [
        threading.Thread(target=_tap, args=(one, over, TAP_SECONDS * at / len(tablets)))
        for at, one in enumerate(tablets)
    ]
    for thread in threads:
        thread.start()
    try:
        drawn(port, there.host, cookie, 2)  # the first reads every competition
        with working(there, work) as said:
            took = [1000 * one for one in drawn(port, there.host, cookie, pages)]
            search_ms = [
                1000 * one for one in drawn(port, there.host, cookie, pages, find=SEARCHED)
            ]
    finally:
        over.set()
        for thread in threads:
            thread.join()
    marks = [1000 * one for tablet in tablets for one in tablet.times]
    memory = f"{Process.of(port).megabytes:.0f}"
    stored = spread(marks) if marks else ""
    beside = f"{len(said)}/{len(halls)}" if work else ""
    return [str(len(halls)), str(on_stage), beside, spread(took), spread(search_ms), stored,
            str(len(marks)), memory]  # fmt: skip


def drawn(port: int, host: str, cookie: str, count: int, *, find: str = "") -> list[float]:
    """Seconds of each drawing of the province's page, or of its search, over one socket."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from websockets.sync.client import connect

    again = BackMsg()
    again.rerun_script.query_string = f"find={find}" if find else ""
    seconds = []
    wire = socket.create_connection(("127.0.0.1", port))
    told = {"Cookie": f"{COOKIE}={cookie}"}
    address = f"ws://{host}:{port}/_stcore/stream"
    with connect(address, sock=wire, additional_headers=told, max_size=None, proxy=None) as page:
        for _ in range(count):
            begun = time.monotonic()
            page.send(again.SerializeToString())
            finished = False
            while not finished:
                message = ForwardMsg()
                message.ParseFromString(page.recv(decode=False))
                finished = message.WhichOneof("type") == "script_finished"
            seconds.append(time.monotonic() - begun)
    return seconds


def _tap(tablet: There, over: threading.Event, first: float) -> None:
    """Mark every few seconds; tablets begin one after the other."""
    over.wait(first)
    while not over.is_set():
        tablet.tap()
        tablet.send()
        over.wait(TAP_SECONDS)
    tablet.close()
