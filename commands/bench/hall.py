"""An invented open round for measurements: any number of judges, one session."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import db
from commands import ROOT, serve
from commands.bench.steadiness import Steadiness, watched
from competition.lineup import entrants, panel
from competition.people import links, people
from competition.rounds import rounds
from competition.rounds.rubric import Criterion, criteria_of, set_rubric
from competition.rounds.rules import RoundRules
from competition.rounds.samples import sample_rubric
from competition.visitor import Visitor

HOST = "arena.test"
"""No secure context to a browser, as a venue's address is none."""
START_SECONDS = 180


@dataclass
class Hall:
    """The entered judges, each one's cookie and link token, and the organizer's link token."""

    event: str
    round_id: str
    entrants: list[str] = field(default_factory=list)
    criteria: list[dict[str, int | str]] = field(default_factory=list)
    judges: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    organizer: str = ""


def build(
    path: Path,
    *,
    judges: int,
    sheets: int,
    rules: RoundRules | None = None,
    village: str = "village",
) -> Hall:
    """Enter a hall into a new database; the rules are the usual ones where none are given."""
    store, at = db.served.made(path), datetime.now(UTC)
    try:
        with store.writing() as tx:
            who, token = links.begin(store, title="bench", organizer="bench", at=at, sample=True)
            told = rules or RoundRules()
            round_id = rounds.create_round(store, who, title="bench", at=at, rules=told)
            hall = Hall(str(who.competition_id), round_id, organizer=token)
            set_rubric(store, who, round_id, _rubric(), at=at)
            hall.criteria = [
                {"id": row["id"], "maximum": row["maximum"], "step": row["step"]}
                for row in criteria_of(tx, round_id)
            ]
            session = rounds.add_session(store, who, round_id, title="bench", at=at)
            for number in range(1, judges + 1):
                _judge(store, who, hall, number, at)
            for number in range(1, sheets + 1):
                _entrant(store, who, hall, session, f"{village} {number}", number, at)
            panel.set_panel(store, who, round_id, session, hall.judges, at=at)
            rounds.open_round(store, who, round_id, signed="all", at=at)
        for token in hall.tokens:
            hall.cookies.append(links.open_link(store, token, at=at, address=token))
    finally:
        store.close()
    return hall


def _rubric() -> list[Criterion]:
    return [
        Criterion(
            row.name,
            row.maximum,
            step=row.step,
            points=row.points,
            anchors=tuple(
                {"level": one.level, "text": one.text, "low": one.low, "high": one.high}
                for one in row.anchors
            ),
        )
        for row in sample_rubric("stage")
    ]


def _judge(store: db.Store, who: Visitor, hall: Hall, number: int, at: datetime) -> None:
    person_id = people.add_person(store, who, name=f"judge {number}", at=at)
    panel.seat_judge(store, who, hall.round_id, person_id, number=number, at=at)
    hall.judges.append(person_id)
    hall.tokens.append(links.make_link(store, who, person_id, at=at))


def _entrant(
    store: db.Store,
    who: Visitor,
    hall: Hall,
    session: str,
    village: str,
    number: int,
    at: datetime,
) -> None:
    code = f"5325{number:05d}200"
    entrant_id = entrants.add_entrant(store, who, code=code, county="bench", village=village, at=at)
    entrants.enter_entrant(
        store, who, hall.round_id, entrant_id, number=number, session_id=session, at=at
    )
    hall.entrants.append(entrant_id)


@contextmanager
def running(path: Path, log: Path, seen: Steadiness | None = None) -> Iterator[int]:
    """Run the real server on a database in a separate process; return its port.

    ``seen`` takes what its memory and open files were.
    """
    port = free_port()
    process = started(path, log, port)
    try:
        with watched(process.pid, seen):
            yield port
    finally:
        process.terminate()
        process.wait()


def started(
    path: Path,
    log: Path,
    port: int,
    *,
    apart: bool = False,
    settings: Mapping[str, str] | None = None,
    more: Sequence[str] = (),
) -> subprocess.Popen[bytes]:
    """The real server's process once it answers on a port; ``apart``, in a group that it leads.

    ``settings`` are in its environment, ``more`` are further options of its command line.
    """
    with log.open("ab") as kept:
        process = subprocess.Popen(
            [*serve.server_command("127.0.0.1", port, (HOST,)), *more],
            cwd=ROOT,
            env={**os.environ, **serve.environment(path), **(settings or {})},
            stdout=kept,
            stderr=subprocess.STDOUT,
            start_new_session=apart,
        )
    until = time.monotonic() + START_SECONDS
    while not answers(port):
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            process.wait()
            raise RuntimeError(log.read_text("utf-8", errors="replace"))
        time.sleep(0.1)
    return process


def free_port() -> int:
    """A free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether a server answers on a port of this machine."""
    with suppress(OSError):
        connection = HTTPConnection("127.0.0.1", port, timeout=1)
        try:
            connection.request("GET", "/_stcore/health")
            return connection.getresponse().status == 200
        finally:
            connection.close()
    return False
