"""``arena.py bench bundle``: 全部材料 of the desk review, 401 plans by three of 15 judges."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click

from commands import ROOT, demo, language
from commands.bundling import organizer_of
from commands.columns import align
from commands.serve import ONE_THREAD
from db import Store
from exports.bundle import FOLDERS, Packed, Step
from organizers.results.lists import apart, whole
from words import LANGS, t

ROUND = "desk_review"
BAR = 120.0
"""Seconds of the processor in which the whole must be made."""


@dataclass
class Measured:
    """One bundle: seconds by folder, of the clock and the processor, and what came of it."""

    cpu: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    wall: float = 0.0
    files: int = 0
    size: int = 0


@click.command(help=t("bench.bundle_help", language()))
@click.option("--public", is_flag=True)
@click.option("--lang", type=click.Choice(LANGS), default=LANGS[0])
def command(public: bool, lang: str) -> None:
    """Build the demo, make the bundle of its desk review: on one thread, as the server's child."""
    if any(os.environ.get(name) != one for name, one in ONE_THREAD.items()):
        again = [sys.executable, str(ROOT / "arena.py"), *sys.argv[1:]]
        done = subprocess.run(again, env={**os.environ, **ONE_THREAD}, check=False)
        raise SystemExit(done.returncode)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "arena.db"
        entered = demo.build(path, at=datetime.now(UTC))
        store = Store(path)
        try:
            measured = measure(store, entered.rounds[ROUND], lang, public=public)
        finally:
            store.close()
    click.echo("\n".join(align(rows(measured, lang))))


def measure(store: Store, round_id: str, lang: str, *, public: bool) -> Measured:
    """Make the bundle once; a step's time is counted for its folder."""
    who = organizer_of(store, round_id)
    now = apart.visit(store, who, round_id, lang, datetime.now(UTC))
    measured, begun, cpu, place = Measured(), time.monotonic(), time.process_time(), "first"
    packing = whole.everything(now, public=public)
    while True:
        try:
            step = next(packing)
        except StopIteration as end:
            made: Packed = end.value
            break
        spent = time.process_time()
        measured.cpu[place] += spent - cpu
        cpu, place = spent, _folder(step, lang)
    measured.cpu[place] += time.process_time() - cpu
    measured.wall = time.monotonic() - begun
    measured.files, measured.size = made.files, len(made.content)
    return measured


def _folder(step: Step, lang: str) -> str:
    number = step.path.partition(" ")[0]
    if "/" not in step.path or not number.isdigit():
        return "proof"
    return t(f"exports.bundle.folder.{FOLDERS[int(number) - 1]}", lang)


def rows(measured: Measured, lang: str) -> list[list[str]]:
    """Seconds of the processor by folder, then the whole with its files and size."""
    head = [t(f"bench.bundle_column_{name}", lang) for name in ("part", "cpu")]
    named = {"first": t("bench.bundle_first", lang), "proof": t("exports.bundle.proof", lang)}
    dearest = sorted(measured.cpu.items(), key=lambda pair: -pair[1])
    body = [[named.get(place, place), f"{cpu:.1f}"] for place, cpu in dearest]
    total = sum(measured.cpu.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    values = {
        "files": measured.files,
        "size": f"{measured.size / 1e6:.1f}",
        "wall": f"{measured.wall:.0f}",
        "peak": f"{peak:.0f}",
        "share": f"{total / BAR:.2f}",
    }
    return [head, *body, [t("bench.bundle_all", lang, **values), f"{total:.1f}"]]
