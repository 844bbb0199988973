"""``arena.py bench soak``: many tablets, bad networks, no mark lost or doubled."""

import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import click

import db
from commands import language
from commands.bench.hall import Hall, build, running
from commands.bench.load import Tablet
from db.invariants import verify
from words import t

SHEETS = 10


@dataclass(frozen=True)
class Soaked:
    """Result counts; all but ``marks`` and ``cut`` should be 0."""

    marks: int
    cut: int
    lost: int
    doubled: int
    wrong: int
    refused: int
    findings: int

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, doubled, wrong or refused, and verify finds nothing."""
        return not (self.lost + self.doubled + self.wrong + self.refused + self.findings)


@click.command(help=t("bench.soak_help", language()))
@click.option("--pads", type=click.IntRange(1, 500), default=20, show_default=True)
@click.option("--marks", type=click.IntRange(min=1), default=1000, show_default=True)
@click.option("--cuts", type=click.FloatRange(0, 0.9), default=0.2, show_default=True)
def command(pads: int, marks: int, cuts: float) -> None:
    """Run in a temporary database and print the counts."""
    counts = soak(pads=pads, marks=marks, cuts=cuts)
    click.echo(t("bench.soaked", language(), **vars(counts), pads=pads))
    sys.exit(0 if counts.is_clean else 1)


def soak(*, pads: int, marks: int, cuts: float, seed: int = 1) -> Soaked:
    """Let tablets mark at the same time while connections are cut at random."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "soak.db"
        hall = build(path, judges=pads, sheets=SHEETS)
        with running(path, Path(folder) / "server.log") as port:
            tablets = [Tablet(hall, port, n, cuts=cuts, seed=seed) for n in range(pads)]
            failed = [0] * pads
            threads = [
                threading.Thread(target=_mark, args=(tablet, marks, failed)) for tablet in tablets
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        return judged(path, hall, tablets, sum(failed))


def _mark(tablet: Tablet, marks: int, failed: list[int]) -> None:
    """Tap and send; after a cut, continue tapping and send later."""
    for _ in range(marks):
        tablet.tap()
        failed[tablet.place] += not tablet.send()
    while not tablet.send():
        failed[tablet.place] += 1
        time.sleep(0.01)
    tablet.close()


def judged(path: Path, hall: Hall, tablets: list[Tablet], failed: int) -> Soaked:
    """Compare the database with each tablet's acknowledged values."""
    store = db.Store(path)
    try:
        with store.reading() as tx:
            applied = [row["id"] for row in tx.rows("SELECT id FROM applied_changes")]
            stored = {
                (row["person_id"], row["entrant_id"], row["criterion_id"]): row["value"]
                for row in tx.rows(
                    """SELECT s.person_id, s.entrant_id, m.criterion_id, m.value
                    FROM marks m JOIN sheets s ON s.id = m.sheet_id"""
                )
            }
            revisions = tx.value("SELECT coalesce(sum(rev), 0) FROM sheets")
        findings = len(verify(store))
    finally:
        store.close()
    known = set(applied)
    acknowledged = [change for tablet in tablets for change in tablet.acknowledged]
    expected = {
        (hall.judges[tablet.place], *key): value
        for tablet in tablets
        for key, value in tablet.values.items()
    }
    return Soaked(
        marks=len(acknowledged),
        cut=failed,
        lost=sum(change not in known for change in acknowledged),
        doubled=int(revisions) - len(applied),
        wrong=sum(stored.get(key) != value for key, value in expected.items()),
        refused=sum(len(tablet.refused) for tablet in tablets),
        findings=findings,
    )
