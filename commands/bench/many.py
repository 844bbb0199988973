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
from commands.bench.hall import Hall, answers, build, free_port
from commands.bench.load import COOKIE, Tablet
from commands.bench.marking import spread
from commands.bench.siege import Process
from commands.columns import align
from competition.people import links
from db import members
from db.members import PROVINCE, Members
from words import t

HOST = "contest.test"
TAP_SECONDS = 5.0
"""Between two marks of a tablet that is on stage."""
START_SECONDS = 300
COLUMNS = ("many_competitions", "many_stage", "many_page", "marks_stored", "many_marks",
           "scale_memory")  # fmt: skip


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
def command(competitions: int, entrants: int, judges: int, stage: int, pages: int) -> None:
    """Print one line: the page quiet and while judges mark, and the marks meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        there, halls, cookie = fill(Path(folder) / "many", competitions, entrants, judges)
        with running(there) as port:
            rows = [
                measured(port, there, halls, cookie, on_stage, pages)
                for on_stage in dict.fromkeys((0, min(stage, competitions)))
            ]
    heads = [t(f"bench.column_{name}", language()) for name in COLUMNS]
    click.echo("\n".join(align([heads, *rows])))


def fill(
    folder: Path, competitions: int, entrants: int, judges: int
) -> tuple[Members, list[Hall], str]:
    """Enter so many open competitions and the province; return its cookie, too."""
    there = members.begun(folder, HOST)
    for number in range(1, competitions + 1):
        there = there.added(f"c{number}")
    there.keep()
    halls = [build(there.path_of(name), judges=judges, sheets=entrants) for name in there.names]
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


def measured(
    port: int, there: Members, halls: list[Hall], cookie: str, on_stage: int, pages: int
) -> list[str]:
    """Draw the province's page again and again while so many competitions mark."""
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
        took = [1000 * one for one in drawn(port, there.host, cookie, pages)]
    finally:
        over.set()
        for thread in threads:
            thread.join()
    marks = [1000 * one for tablet in tablets for one in tablet.times]
    memory = f"{Process.of(port).megabytes:.0f}"
    stored = spread(marks) if marks else ""
    return [str(len(halls)), str(on_stage), spread(took), stored, str(len(marks)), memory]


def drawn(port: int, host: str, cookie: str, count: int) -> list[float]:
    """Seconds of each drawing of the province's page, over one socket."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from websockets.sync.client import connect

    again = BackMsg()
    again.rerun_script.query_string = ""
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
