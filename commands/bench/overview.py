"""``arena.py bench overview``: the overview of ten years of 1,500 villages, and of a province."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from commands import language
from commands.columns import align
from competition.people import links, people
from competition.programme import finding, learning, overview, programmes, village
from competition.programme.tiles import tiles
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from db import Store
from words import t

BAR, PROVINCE_BAR, SEARCH_BAR = 1000.0, 2000.0, 100.0
"""Milliseconds in which ten years, a province and a search must be there."""
FIRST = date(2016, 2, 5)
AT = datetime(2026, 3, 18, 1, tzinfo=UTC)
STEPS = """INSERT INTO village_steps
    WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 28)
    SELECT v.programme_id, v.code, x,
        date(:first, '+' || (2 * x + length(v.village) % 3) || ' days'), :person, NULL, NULL, NULL
    FROM task_villages v, n WHERE v.programme_id = :p AND (x < 20 OR substr(v.code, 12) > '4')"""
PLANS = """INSERT INTO village_plans
    SELECT v.programme_id, v.code, k.value, 1, '', :first, :first, NULL, :person
    FROM task_villages v, (SELECT 'village' AS value UNION SELECT 'industry' UNION SELECT 'talent'
        UNION SELECT 'culture' UNION SELECT 'ecology' UNION SELECT 'organisation') k
    WHERE v.programme_id = :p"""


@dataclass(frozen=True)
class Row:
    """One line: the work, its milliseconds in each repetition, of the clock and the processor."""

    key: str
    walls: list[float]
    cpus: list[float]
    bar: float

    def cells(self, lang: str) -> list[str]:
        """Return name, medians of wall and processor time, bar, and the processor's share of it."""
        wall, cpu = statistics.median(self.walls), statistics.median(self.cpus)
        name = t(f"bench.overview_{self.key}", lang)
        return [name, f"{wall:.0f}", f"{cpu:.0f}", f"{self.bar:.0f}", f"{cpu / self.bar:.2f}"]


@click.command(help=t("bench.overview_help", language()))
@click.option("--years", type=click.IntRange(1), default=10, show_default=True)
@click.option("--villages", type=click.IntRange(13), default=1500, show_default=True)
@click.option("--province", type=click.IntRange(13), default=15_000, show_default=True)
@click.option("--repeats", type=click.IntRange(1), default=7, show_default=True)
def command(years: int, villages: int, province: int, repeats: int) -> None:
    """Fill a file with years and a province, then time what a leader opens."""
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder), years, villages, province, repeats)
    heads = [t(f"bench.overview_{key}", language()) for key in ("work", "ms", "cpu", "bar", "of")]
    for line in align([heads, *(row.cells(language()) for row in rows)]):
        click.echo(line)
    if hasattr(os, "getloadavg"):  # not on Windows
        load = {"load": f"{os.getloadavg()[0]:.0f}", "cores": os.cpu_count()}
        click.echo(t("bench.overview_load", language(), **load))


def measure(folder: Path, years: int, villages: int, province: int, repeats: int) -> list[Row]:
    """The times of overview, village and search over both files."""
    rows = []
    for key, each, count, bar in (
        ("years", villages, years, BAR),
        ("province", province, 1, PROVINCE_BAR),
    ):
        store = Store(folder / f"{key}.db")
        rows += _opened(store, key, each, count, bar, repeats)
        store.close()
    return rows


def _opened(
    store: Store, key: str, villages: int, years: int, bar: float, repeats: int
) -> list[Row]:
    who, last = fill(store, villages, years)
    code = code_of(villages // 2)
    works: tuple[tuple[str, float, Callable[[], object]], ...] = (
        (key, bar, lambda: overview.overview(store, who, last, at=AT)),
        (f"{key}_village", bar, lambda: village.village_view(store, who, last, code, at=AT)),
        (
            f"{key}_list",
            bar,
            lambda: finding.villages_behind(store, who, last, "overdue", at=AT),
        ),
        (
            f"{key}_beside",
            bar,
            lambda: learning.year_beside_year(store, who, day=AT.date().isoformat()),
        ),
        (f"{key}_search", SEARCH_BAR, lambda: finding.find_villages(store, who, last, "cun77")),
        (f"{key}_county", SEARCH_BAR, lambda: finding.find_villages(store, who, last, "mzs c")),
    )
    rows = []
    for name, most, work in works:
        walls, cpus = [], []
        for _ in range(repeats):
            begun, busy = time.perf_counter(), time.process_time()
            work()
            walls.append(1000 * (time.perf_counter() - begun))
            cpus.append(1000 * (time.process_time() - busy))
        rows.append(Row(name, walls, cpus, most))
    return rows


def code_of(at: int) -> str:
    """An invented code; thirteen counties take turns."""
    return f"5325{1 + at % 13:02d}{at // 13:06d}"


def fill(store: Store, villages: int, years: int) -> tuple[Visitor, str]:
    """Programmes begun by the office, their rows written in bulk; the office and the last one."""
    organizer, _ = links.begin(store, title="bench", organizer="bench", at=AT)
    person = people.add_person(store, organizer, name="bench", at=AT)
    people.grant_role(store, organizer, person, "office", at=AT)
    with store.reading() as tx:
        who = visitor_of(tx, person)
    last = ""
    for year in range(years):
        first = (FIRST + timedelta(days=365 * (10 - years + year) + 3)).isoformat()
        last = programmes.begin_programme(
            store, who, year=str(2017 + year), title="bench", begins_on=first, at=AT
        )
        with store.writing() as tx:
            for at in range(villages):
                tx.run(
                    """INSERT INTO task_villages
                    VALUES (:p, :code, :county, 'bench', :name, :initials, NULL, NULL)""",
                    p=last,
                    code=code_of(at),
                    county=tiles()[at % 13].short,
                    name=f"cun{at}",
                    initials=f"c cun{at}",
                )
            for sql in (STEPS, PLANS):
                tx.run(sql, p=last, first=first, person=person)
    return who, last
