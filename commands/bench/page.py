"""``arena.py bench page``: from a changed mark to the page of standings, 401 entrants by three."""

import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import competition
from commands import ROOT, demo, language
from commands.columns import align
from commands.serve import ONE_THREAD
from competition.errors import Refused
from competition.marks import own_work, pad_marks, reopening
from competition.marks.sheets import MarkChange
from competition.people import links
from competition.results import certification, standings
from competition.rounds import rounds
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from db import Store
from examples.entering import Entered
from words import LANGS, t

ROUND = "desk_review"
PAGES = ("organizers/results/standings/page.py", "organizers/live/collect/progress.py")
REASON = "bench"
COOKIE, CHOSEN_ROUND = "arena_seat", "round-choice"
"""Where a browser keeps who it is, and a tab which round it shows."""
BAR = 1000.0
"""Milliseconds in which the round must be ranked and its page drawn after a change."""


@dataclass(frozen=True)
class Row:
    """One line: the step, and its milliseconds in each repetition."""

    name: str
    values: Mapping[str, object]
    walls: list[float]
    cpus: list[float]

    def cells(self, lang: str) -> list[str]:
        """Return name, medians of wall and processor time, slowest, share of the bar."""
        wall, cpu = statistics.median(self.walls), statistics.median(self.cpus)
        name = t(f"bench.page_{self.name}", lang, **self.values)
        return [name, *(f"{time:.0f}" for time in (wall, cpu, max(self.walls))), f"{cpu / BAR:.2f}"]


@click.command(help=t("bench.page_help", language()))
@click.option("--repeat", type=click.IntRange(min=1), default=7, show_default=True)
@click.option("--lang", type=click.Choice(LANGS), default=LANGS[0])
def command(repeat: int, lang: str) -> None:
    """Build the demo, reopen its desk review, measure: on one thread, as the server runs."""
    if any(os.environ.get(name) != one for name, one in ONE_THREAD.items()):
        again = [sys.executable, str(ROOT / "arena.py"), *sys.argv[1:]]
        done = subprocess.run(again, env={**os.environ, **ONE_THREAD}, check=False)
        raise SystemExit(done.returncode)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "arena.db"
        os.environ["ARENA_DB"] = str(path)
        entered = demo.build(path, at=datetime.now(UTC))
        try:
            measured = list(rows(competition.open_store(path), entered, repeat))
        finally:
            competition.close_all()
    names = ("row", "median", "cpu", "slowest", "share")
    head = [t(f"bench.page_column_{name}", lang) for name in names]
    click.echo("\n".join(align([head, *(row.cells(lang) for row in measured)])))


def rows(store: Store, entered: Entered, repeat: int) -> Iterator[Row]:
    """Measure: ranking after a change; each page after a change; each page without one."""
    round_id, organizer = entered.rounds[ROUND], entered.organizer
    reopen(store, entered, round_id)
    changes = changed_marks(store, entered, round_id)

    def rank() -> None:
        standings.standings(store, organizer, round_id, at=datetime.now(UTC))

    yield Row("ranked", {}, *timed(rank, repeat, before=lambda: next(changes)))
    with signed_in(store, entered):
        for path in PAGES:
            values = {"page": path}
            work = page(path, round_id)
            yield Row("changed", values, *timed(work, repeat, before=lambda: next(changes)))
            yield Row("same", values, *timed(work, repeat))


def timed(
    work: Callable[[], object], repeat: int, before: Callable[[], object] = int
) -> tuple[list[float], list[float]]:
    """Milliseconds of wall and processor time of each repetition, after a warm-up."""
    walls, cpus = [], []
    for _ in range(repeat + 1):
        before()
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append((time.perf_counter() - wall) * 1e3)
        cpus.append((time.process_time() - cpu) * 1e3)
    return walls[1:], cpus[1:]


@contextmanager
def signed_in(store: Store, entered: Entered) -> Iterator[None]:
    """Run pages as the organizer: AppTest cannot send a cookie."""
    secret = entered.tokens[str(entered.organizer.person_id)]
    cookie = links.open_link(store, secret, at=datetime.now(UTC), address="bench")
    with patch.object(ContextProxy, "cookies", property(lambda _: {COOKIE: cookie})):
        yield


def page(path: str, round_id: str) -> Callable[[], object]:
    """Open a page of a round; return a function that runs it again."""
    at = AppTest.from_file(str(ROOT / "router.py"), default_timeout=120)
    at.session_state[CHOSEN_ROUND] = round_id
    at.run()
    at.switch_page(path).run()

    def run() -> None:
        at.run()
        if at.exception:
            raise click.ClickException(str(at.exception[0].value))

    return run


def reopen(store: Store, entered: Entered, round_id: str) -> None:
    """Withdraw the certification and reopen the round."""
    for act in (certification.revoke_certificate, rounds.reopen_round):
        act(store, entered.organizer, round_id, reason=REASON, at=datetime.now(UTC))


def changed_marks(store: Store, entered: Entered, round_id: str) -> Iterator[str]:
    """Change one mark of one sheet after another by approved requests; yield the sheet."""
    for person_id in entered.judges.values():
        with store.reading() as tx:
            judge = visitor_of(tx, person_id)
        try:
            work = own_work.own_work(store, judge, round_id, at=datetime.now(UTC))
        except Refused:
            continue
        for row in work["sheets"]:
            if row["state"] == "locked":
                yield change_one(store, entered, judge, work, row)


def change_one(
    store: Store,
    entered: Entered,
    judge: Visitor,
    work: Mapping[str, Any],
    row: Mapping[str, Any],
) -> str:
    """Request a sheet's reopening, approve it, change its first mark by one step, submit."""
    at, round_id = datetime.now(UTC), str(work["round"]["id"])
    sheet_id, entrant_id = str(row["sheet_id"]), str(row["id"])
    asked = reopening.ask_reopening(store, entered.organizer, sheet_id, reason=REASON, at=at)
    reopening.answer_reopening(store, entered.supervisor, asked, approve=True, at=at)
    echo = own_work.own_sheet(store, judge, round_id, entrant_id, at=at)
    first = work["criteria"][0]
    mark = echo["marks"][first["id"]]
    step, value = first["step"], mark["value"]
    moved = value - step if value >= step else value + step
    change = MarkChange(first["id"], moved, secrets.token_hex(8), mark["rev"])
    which = {"round_id": round_id, "entrant_id": entrant_id}
    echo = pad_marks.record_marks(store, judge, **which, changes=[change], at=at)
    seen = {c: held["value"] for c, held in echo["marks"].items() if held["value"] is not None}
    done = secrets.token_hex(8)
    pad_marks.submit_sheet(store, judge, **which, change_id=done, seen=seen, at=at)
    return sheet_id
