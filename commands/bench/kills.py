"""``arena.py bench kills``: the server killed again and again, older backups put back in between.

Tablets mark meanwhile and keep what was acknowledged, as the pad does. After each start, and once
they have given back what an older file had lost, every acknowledged mark must be stored.
"""

import contextlib
import io
import random
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from commands import language
from commands.backup import command as backup_command
from commands.bench.hall import build, free_port, started
from commands.bench.load import Tablet
from commands.bench.soak import SHEETS, Soaked, judged
from commands.restore import put_back
from words import t

MOST = 100
PATIENCE_SECONDS = 60
LEAST, LARGEST = 5, 40
"""Between so many acknowledged marks the server is killed next."""


@dataclass
class KeepingTablet(Tablet):
    """A tablet that keeps what was acknowledged, and gives it back to an older file.

    Attributes
    ----------
    head : str
        The last head it was answered.
    kept : list of dict
        Entries of ``POST /api/resend``, oldest first.
    """

    head: str = ""
    kept: list[dict[str, Any]] = field(default_factory=list)

    def headers(self) -> dict[str, str]:
        """The head, once there is one."""
        return {"Arena-Head": self.head} if self.head else {}

    def _take(self, batch: list[dict[str, Any]], echo: dict[str, Any]) -> None:
        done = {one["id"] for one in echo["results"] if one["outcome"] == "done"}
        for one in batch:
            change = one["change"]
            if change["id"] in done:
                kept = {name: change[name] for name in ("id", "criterion", "value", "after")}
                entry = {"kind": "mark", "entrant": one["entrant"], "head": echo["head"]}
                self.kept.append({**entry, **kept})
        super()._take(batch, echo)
        self._hear(echo)

    def _hear(self, answer: dict[str, Any]) -> bool:
        if answer["head_state"] == "same":
            self.head = answer["head"]
        return bool(answer["head_state"] == "same")

    def return_all(self) -> None:
        """Meet the server after a start: give everything back where its file is another one."""
        path = f"/api/now?round={self.hall.round_id}"
        if self._hear(self._ask("GET", path)):
            return
        head = ""
        for first in range(0, len(self.kept), MOST):
            head = self._give(self.kept[first : first + MOST])
        self.head = head or self._ask("GET", path)["head"]
        self._hear(self._ask("GET", path))

    def _give(self, part: list[dict[str, Any]]) -> str:
        where = {"event": self.hall.event, "seat": self.hall.judges[self.place]}
        body = {**where, "round": self.hall.round_id, "kept": part}
        answer = self._ask("POST", "/api/resend", body)
        self.refused += [one for one in answer["results"] if one["outcome"] not in TAKEN]
        return str(answer["head"])


TAKEN = ("known", "done")


@click.command(help=t("bench.kills_help", language()))
@click.option("--times", type=click.IntRange(1, 200), default=20, show_default=True)
@click.option("--tablets", type=click.IntRange(1, 100), default=8, show_default=True)
def command(times: int, tablets: int) -> None:
    """Run in a temporary database and print the counts."""
    restores, counts = kills(times=times, tablets=tablets)
    click.echo(
        t("bench.killed", language(), **vars(counts), n=times, restores=restores, tablets=tablets)
    )
    sys.exit(0 if counts.is_clean else 1)


def kills(*, times: int, tablets: int, seed: int = 1) -> tuple[int, Soaked]:
    """Kill the server so often, and put an older backup back at every second time.

    Returns
    -------
    tuple
        How often a backup was put back; what was lost, doubled, wrong or refused.
    """
    chance, restores, missing = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        path, port = Path(folder) / "kills.db", free_port()
        hall = build(path, judges=tablets, sheets=SHEETS)
        pads = [KeepingTablet(hall, port, n, seed=seed) for n in range(tablets)]
        for turn in range(times):
            copy = Path(folder) / f"backup-{turn}.db"
            _turn(path, pads, copy, chance)
            if turn % 2:
                with contextlib.redirect_stdout(io.StringIO()):
                    put_back(copy, path)
                restores += 1
            missing += _met(path, pads)
        counts = judged(path, hall, list(pads), times)
    return restores, _with_missing(counts, missing)


def _with_missing(counts: Soaked, missing: int) -> Soaked:
    return Soaked(**{**vars(counts), "lost": max(counts.lost, missing)})


def _turn(path: Path, pads: list[KeepingTablet], copy: Path, chance: random.Random) -> None:
    """Serve and let the tablets mark; back up on the way; then kill the server."""
    server = started(path, path.with_suffix(".log"), pads[0].port)
    over = threading.Event()
    threads = [threading.Thread(target=_live, args=(pad, over)) for pad in pads]
    for thread in threads:
        thread.start()
    try:
        until_more(pads, chance.randint(LEAST, LARGEST))
        with contextlib.redirect_stdout(io.StringIO()):
            backup_command.main([str(copy), "--db", str(path)], standalone_mode=False)
        until_more(pads, chance.randint(LEAST, LARGEST))
    finally:
        server.kill()
        server.wait()
        over.set()
        for thread in threads:
            thread.join()


def _live(pad: KeepingTablet, over: threading.Event) -> None:
    """Tap and send; what a dead server did not answer stays for the next turn."""
    while not over.is_set():
        pad.tap()
        if not pad.send():
            over.wait(0.05)
    pad.close()


def until_more(pads: Sequence[KeepingTablet], more: int) -> None:
    """Wait until so many further marks were acknowledged."""
    wanted = sum(len(pad.kept) for pad in pads) + more
    end = time.monotonic() + PATIENCE_SECONDS
    while sum(len(pad.kept) for pad in pads) < wanted:
        if time.monotonic() > end:
            raise RuntimeError("no mark was acknowledged")
        time.sleep(0.005)


def _met(path: Path, pads: list[KeepingTablet]) -> int:
    """Serve the file, let every tablet return and send; return how many marks are missing."""
    server = started(path, path.with_suffix(".log"), pads[0].port)
    try:
        for pad in pads:
            pad.return_all()
            while not pad.send():
                time.sleep(0.05)
            pad.close()
    finally:
        server.kill()
        server.wait()
    return judged(path, pads[0].hall, list(pads), 0).lost
