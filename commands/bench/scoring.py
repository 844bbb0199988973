"""``arena.py bench scoring``: speed and scale of scoring, beside other software."""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import click
import numpy as np
import pandas as pd

from commands import ROOT, language
from commands.columns import align
from scoring import compute_standings
from scoring.evidence.bootstrap import judge_bootstrap
from scoring.methods.least_squares import Design, fit_least_squares
from scoring.methods.precision import fit_precision
from scoring.methods.reml import fit_reml
from words import LANGS, t

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
R_SCRIPT = """
suppressMessages(library(lme4))
d <- read.csv(commandArgs(TRUE)[1]); times <- c()
for (i in 1:5) times <- c(times, system.time(
  lmer(score ~ 1 + (1|entrant) + (1|judge), d))["elapsed"])
cat(median(times))
"""


@dataclass(frozen=True)
class Row:
    """One measured line: medians in milliseconds, and the upper limit, if any."""

    name: str
    wall: float
    cpu: float
    bar: float | None = None


@click.command(help=t("bench.scoring_help", language()))
@click.option("--scale/--no-scale", default=True, help=t("bench.option_scale", language()))
@click.option("--repeat", type=click.IntRange(min=1), default=7, show_default=True)
@click.option("--lang", type=click.Choice(LANGS), default=LANGS[0])
def command(scale: bool, repeat: int, lang: str) -> None:
    """Measure in a process of one thread."""
    if any(os.environ.get(name) != "1" for name in THREADS):
        again = [sys.executable, str(ROOT / "arena.py"), *sys.argv[1:]]
        done = subprocess.run(again, env={**os.environ, **dict.fromkeys(THREADS, "1")}, check=False)
        raise SystemExit(done.returncode)
    names = ("row", "wall", "cpu", "bar", "share")
    lines = [[t(f"bench.column_{name}", lang) for name in names]]
    lines += [cells(row, lang) for row in rows(repeat=repeat, scale=scale)]
    click.echo("\n".join(align(lines)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    click.echo(t("bench.memory", lang, peak=f"{peak:.2f}"))


def cells(row: Row, lang: str) -> list[str]:
    """One line of the table."""
    bar = "" if row.bar is None else f"{row.bar:.0f}"
    share = "" if row.bar is None else f"{row.cpu / row.bar:.2f}"
    return [t(f"bench.{row.name}", lang), f"{row.wall:.2f}", f"{row.cpu:.2f}", bar, share]


def timed(name: str, work: Callable[[], object], repeat: int, bar: float | None = None) -> Row:
    """Medians over repetitions, after a warm-up."""
    work()
    walls, cpus = [], []
    for _ in range(repeat):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append((time.perf_counter() - wall) * 1e3)
        cpus.append((time.process_time() - cpu) * 1e3)
    return Row(name, statistics.median(walls), statistics.median(cpus), bar)


def rows(*, repeat: int, scale: bool) -> Iterator[Row]:
    """Measure line after line."""
    marks, rubric = complete_marks(401, 30, 6)
    standings = compute_standings(marks, rubric)
    fit = standings.tally.fit
    assert fit is not None
    design, y = fit.design, standings.tally.fitted.totals
    yield timed("least_squares", lambda: fit_least_squares(design, y), 5 * repeat, 1)
    yield timed("precision", lambda: fit_precision(fit, y), repeat)
    yield timed("reml", lambda: fit_reml(design, y), repeat, 15)
    yield timed("bootstrap", lambda: judge_bootstrap(design, y, draws=2000, seed=1), repeat, 500)
    yield timed("ranking", lambda: compute_standings(marks, rubric), repeat)
    yield timed("standings", lambda: compute_standings(marks, rubric).p_top, repeat, 60)
    yield timed("intervals", lambda: compute_standings(marks, rubric).entrants, max(repeat // 3, 1))
    few = dealt_marks(marks, 3)
    yield timed("dealt", lambda: compute_standings(few, rubric).p_top, repeat, 120)
    yield from beside(repeat)
    if scale:
        yield from at_scale()


def complete_marks(entrants: int, judges: int, criteria: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A complete panel of whole marks from 1 to 10, and its rubric."""
    random = np.random.default_rng(1)
    shape = (entrants, judges, criteria)
    e, j, c = (axis.ravel() for axis in np.meshgrid(*map(np.arange, shape), indexing="ij"))
    level = random.normal(size=entrants)[e] + random.normal(0, 0.7, judges)[j]
    halo = random.normal(0, 0.6, (entrants, judges))[e, j]
    marks = np.clip(np.round(7 + level + halo + random.normal(0, 0.6, len(e))), 1, 10)
    frame = pd.DataFrame(
        {
            "entrant": np.array([f"E{i:03}" for i in range(entrants)])[e],
            "judge": np.array([f"J{i:02}" for i in range(judges)])[j],
            "criterion": np.array([f"C{i}" for i in range(criteria)])[c],
            "score": marks.astype(int),
        }
    )
    rubric = pd.DataFrame({"criterion": [f"C{i}" for i in range(criteria)], "max": 10})
    return frame, rubric


def dealt_marks(marks: pd.DataFrame, each: int) -> pd.DataFrame:
    """Of a complete panel the marks of so many judges an entrant, dealt at random, as decimals."""
    entrant, judge = (marks[name].astype("category").cat.codes for name in ("entrant", "judge"))
    random = np.random.default_rng(2)
    seen = random.random((entrant.max() + 1, judge.max() + 1)).argsort(axis=1) < each
    dealt = marks[seen[entrant, judge]]
    exact = [Decimal(int(score)) for score in dealt["score"]]
    return dealt.assign(score=pd.Series(exact, index=dealt.index, dtype=object))


def beside(repeat: int) -> Iterator[Row]:
    """REML on 60 × 12 by scoring, statsmodels and, if R is installed, lme4."""
    marks, rubric = complete_marks(60, 12, 6)
    tally = compute_standings(marks, rubric).tally
    assert tally.fit is not None
    design, y = tally.fit.design, tally.fitted.totals
    yield timed("reml_small", lambda: fit_reml(design, y), repeat)
    table = pd.DataFrame(
        {"entrant": tally.fitted.entrant, "judge": tally.fitted.judge, "score": y, "whole": 1}
    )
    yield timed("statsmodels", lambda: mixed_model(table), 1)
    elapsed = in_r(table)
    if elapsed is not None:
        yield Row("lme4", elapsed, elapsed)


def mixed_model(table: pd.DataFrame) -> object:
    """The crossed model by statsmodels, as variance components of one group."""
    from statsmodels.regression.mixed_linear_model import MixedLM

    parts = {"entrant": "0 + C(entrant)", "judge": "0 + C(judge)"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = MixedLM.from_formula("score ~ 1", groups="whole", vc_formula=parts, data=table)
        return model.fit(reml=True)


def in_r(table: pd.DataFrame) -> float | None:
    """The same by lme4, in milliseconds; None without R or lme4."""
    script = shutil.which("Rscript")
    if script is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scores.csv"
        table.to_csv(path, index=False)
        done = subprocess.run(
            [script, "-e", R_SCRIPT, str(path)], capture_output=True, text=True, check=False
        )
    return float(done.stdout) * 1e3 if done.returncode == 0 and done.stdout else None


def at_scale() -> Iterator[Row]:
    """40,000 entrants, 3,000 judges, five sheets each; then the same of pure noise."""
    random = np.random.default_rng(1)
    entrants, judges, each = 40_000, 3_000, 5
    e = np.repeat(np.arange(entrants), each)
    start = random.integers(0, judges, entrants)
    jump = random.integers(1, judges // each, (entrants, each)).cumsum(axis=1)
    j = ((start[:, None] + jump) % judges).ravel()
    y = random.normal(70, 8, entrants)[e] + random.normal(0, 4, judges)[j]
    y = np.round(y + random.normal(0, 5, len(e)), 1)
    counts = [
        np.bincount(index, minlength=n).astype(float) for index, n in ((e, entrants), (j, judges))
    ]
    design = Design(np.arange(entrants), np.arange(judges), e, j, *counts)
    yield timed("scale_least_squares", lambda: fit_least_squares(design, y), 3, 100)
    noise = np.round(random.normal(70, 5, len(e)) + random.normal(0, 4, judges)[j], 1)
    for name, score in (("scale_standings", y), ("scale_noise", noise)):
        frame = pd.DataFrame(
            {
                "entrant": np.array([f"E{i:05}" for i in range(entrants)])[e],
                "judge": np.array([f"J{i:04}" for i in range(judges)])[j],
                "score": score,
            }
        )
        wall, cpu = time.perf_counter(), time.process_time()
        standings = compute_standings(frame)
        standings.p_top  # noqa: B018 - drawn when it is asked for
        wall, cpu = (time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3
        yield Row(name, wall, cpu, 20_000)
