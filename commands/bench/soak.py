"""``arena.py bench soak``: many tablets, bad networks, no mark lost or doubled."""

import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

import db
from commands import language
from commands.bench.browsers import Browsed, browsed
from commands.bench.hall import Hall, build, running
from commands.bench.load import Tablet
from commands.bench.steadiness import Steadiness
from db.invariants import verify
from words import t

SHEETS = 10
FEWEST_TAPS = 30
FEWEST_LOOKS = 20
"""Fewer looks at the server than these say nothing."""
ENDS = ("first", "last")

Marking = Tablet | Browsed


@dataclass(frozen=True)
class Soaked:
    """Result counts; all but ``marks``, ``in_browsers`` and ``cut`` should be 0."""

    marks: int
    cut: int
    lost: int
    doubled: int
    wrong: int
    refused: int
    findings: int
    in_browsers: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, doubled, wrong or refused, and verify finds nothing."""
        return not (self.lost + self.doubled + self.wrong + self.refused + self.findings)


@click.command(help=t("bench.soak_help", language()))
@click.option("--pads", type=click.IntRange(1, 500), default=20, show_default=True)
@click.option("--browsers", type=click.IntRange(0, 20), default=3, show_default=True)
@click.option("--marks", type=click.IntRange(min=1), default=1000, show_default=True)
@click.option("--cuts", type=click.FloatRange(0, 0.9), default=0.2, show_default=True)
@click.option("--sheets", type=click.IntRange(1, 400), default=SHEETS, show_default=True)
@click.option("--minutes", type=click.FloatRange(0, 600), default=0.0, show_default=True)
def command(pads: int, browsers: int, marks: int, cuts: float, sheets: int, minutes: float) -> None:
    """Run in a temporary database and print the counts."""
    seen = Steadiness()
    counts = soak(
        pads=pads,
        browsers=browsers,
        marks=marks,
        cuts=cuts,
        sheets=sheets,
        seconds=60 * minutes,
        seen=seen,
    )
    click.echo(t("bench.soaked", language(), **vars(counts), pads=pads, browsers=browsers))
    if len(seen.memory) > FEWEST_LOOKS:
        kept = {"memory": seen.growth(seen.memory), "files": seen.growth(seen.files)}
        ends = {f"{name}_{end}": kept[name][at] for name in kept for at, end in enumerate(ENDS)}
        click.echo(t("bench.steady", language(), **ends, looks=len(seen.memory)))
    sys.exit(0 if counts.is_clean else 1)


def soak(
    *,
    pads: int,
    marks: int,
    cuts: float,
    browsers: int = 0,
    seed: int = 1,
    sheets: int = SHEETS,
    seconds: float = 0,
    seen: Steadiness | None = None,
) -> Soaked:
    """Let tablets, and real browsers beside them, mark while connections are cut at random.

    A browser taps as long as the tablets do, and at least thirty times.

    Parameters
    ----------
    seconds
        How long the marks are spread over; 0 as fast as they go.
    seen
        Takes what memory and open files of the server were.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "soak.db"
        hall = build(path, judges=pads + browsers, sheets=sheets)
        with running(path, Path(folder) / "server.log", seen) as port:
            tablets = [Tablet(hall, port, n, cuts=cuts, seed=seed) for n in range(pads)]
            real = [Browsed(hall, pads + n, cuts=cuts, seed=seed) for n in range(browsers)]
            failed = [0] * pads
            threads = [
                threading.Thread(target=_mark, args=(tablet, marks, failed, seconds / marks))
                for tablet in tablets
            ]
            for thread in threads:
                thread.start()
            browsed(
                real,
                port,
                goes_on=lambda: any(one.is_alive() for one in threads),
                least=FEWEST_TAPS,
            )
            for thread in threads:
                thread.join()
        cut = sum(failed) + sum(one.failed for one in real)
        return replace(judged(path, hall, [*tablets, *real], cut), in_browsers=_acknowledged(real))


def _mark(tablet: Tablet, marks: int, failed: list[int], pause: float) -> None:
    """Tap and send; after a cut, continue tapping and send later."""
    for _ in range(marks):
        time.sleep(pause)
        tablet.tap()
        failed[tablet.place] += not tablet.send()
    while not tablet.send():
        failed[tablet.place] += 1
        time.sleep(0.01)
    tablet.close()


def _acknowledged(marking: Sequence[Marking]) -> int:
    return sum(len(one.acknowledged) for one in marking)


def judged(path: Path, hall: Hall, tablets: Sequence[Marking], failed: int) -> Soaked:
    """Compare the database with each tablet's acknowledged values."""
    store = db.served.made(path)
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
