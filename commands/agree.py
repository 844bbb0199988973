"""``arena.py agree``: compares with published results, and three programs with one another."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
import pandas as pd

from commands import browser_file, language
from commands.agreeing import random_contests, reference_tables
from scoring import Rules, compute_composite, compute_standings
from scoring.exact import quantize
from words import t

CONTESTS = 500
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command(help=t("agree.help", language()))
@click.option("--reference", type=FOLDER, help=t("agree.option_reference", language()))
@click.option(
    "--contests",
    type=click.IntRange(min=0),
    default=0,
    help=t("agree.option_contests", language()),
)
@click.option("--seed", type=int, default=0, help=t("agree.option_seed", language()))
def command(reference: Path | None, contests: int, seed: int) -> None:
    """Compare each table and contest, print one line each; fail if a digit differs."""
    lines = list(agreements(reference)) if reference else []
    for name, same, total in lines:
        click.echo(t("agree.line", language(), name=name, same=same, total=total))
    tables = list(reference_tables(reference)) if reference else []
    if contests or not reference:
        tables.append(random_contests(contests or CONTESTS, first=seed))
    for one in tables:
        values = {"contests": one.contests, "library": one.library, "page": one.page}
        key = "agree.three" if browser_file.is_there() else "agree.two"
        click.echo(t(key, language(), name=one.name, **values))
        if one.first:
            click.echo(t("agree.first", language(), what=one.first))
    if any(same != total for _, same, total in lines) or not all(one.holds for one in tables):
        raise SystemExit(1)


def agreements(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Name of each table, number of equal figures, number of figures."""
    isu = folder / "isu_worlds2017_ladies_sp_pcs.csv"
    if isu.exists():
        yield _skating(isu)
    if (folder / "chopin2025_stage1.csv").exists():
        yield from _piano(folder)
    prelim = folder / "diving2000_M10mPF_prelim.csv"
    if prelim.exists():
        yield _diving(prelim)


def _skating(path: Path) -> tuple[str, int, int]:
    """Nine marks of a component less highest and lowest, the mean, its share of .8: each to .01."""
    rules = Rules(official="trimmed", scale_max=10)
    totals: dict[str, Fraction] = {}
    same = count = 0
    scores = pd.read_csv(path, dtype=str)
    for _, rows in scores.groupby("criterion"):
        means = compute_standings(rows[["entrant", "judge", "score"]], rules=rules)
        official = means.scores["official"].to_dict()
        printed = rows.groupby("entrant")["official_trimmed_mean"].first().to_dict()
        same, count = same + _same(official, printed), count + len(printed)
        for entrant, mean in official.items():
            share = Fraction(quantize(Fraction(mean) * Fraction("0.8"), 2), 100)
            totals[str(entrant)] = totals.get(str(entrant), Fraction(0)) + share
    whole = scores.groupby("entrant")["official_pcs_total"].first().to_dict()
    return path.stem, same + _same(totals, whole), count + len(whole)


def _piano(folder: Path) -> Iterator[tuple[str, int, int]]:
    stages = {}
    for stage, distance in (("stage1", "3"), ("stage2", "2")):
        name = f"chopin2025_{stage}"
        rules = Rules(official="clip", clip=distance, scale_max=25)
        scores = pd.read_csv(folder / f"{name}.csv", dtype=str)
        official = compute_standings(scores[["entrant", "judge", "score"]], rules=rules)
        stages[stage] = official.scores["official"].to_dict()
        table = pd.read_csv(folder / f"{name}_official.csv", dtype=str).set_index("entrant")
        means = table["official_corrected_mean"].to_dict()
        yield name, _same(stages[stage], means), len(means)
    cumulative = pd.read_csv(folder / "chopin2025_stage2_official_cumulative.csv", dtype=str)
    cumulative = cumulative.set_index("entrant_as_printed")
    rounds = {name: cumulative[name].to_dict() for name in stages}
    combined = compute_composite(rounds, {"stage1": "0.3", "stage2": "0.7"})
    printed = cumulative["cumulative"].to_dict()
    yield "chopin2025_cumulative", _same(combined["official"].to_dict(), printed), len(printed)


def _same(ours: Mapping[Any, Any], printed: Mapping[Any, Any]) -> int:
    """Number of figures equal to the printed ones, digit for digit."""
    return sum(Fraction(ours[entrant]) == Fraction(value) for entrant, value in printed.items())


def _diving(path: Path) -> tuple[str, int, int]:
    """Order by the sum over dives of 0.6 × difficulty × (five middle marks of seven)."""
    marks = pd.read_csv(path, dtype=str)
    totals: dict[str, Fraction] = {}
    rules = Rules(official="trimmed", scale_max=10)
    for _, dive in marks.groupby("criterion"):
        middle = compute_standings(dive[["entrant", "judge", "score"]], rules=rules)
        difficulty = dive.groupby("entrant")["difficulty"].first().to_dict()
        for entrant, mean in middle.scores["official"].items():
            points = Fraction("0.6") * Fraction(difficulty[entrant]) * 5 * Fraction(mean)
            totals[str(entrant)] = totals.get(str(entrant), Fraction(0)) + points
    printed = marks.groupby("entrant")["official_rank_round"].first().astype(int)
    ranks = {e: 1 + sum(other > total for other in totals.values()) for e, total in totals.items()}
    return path.stem, sum(ranks[str(e)] == rank for e, rank in printed.items()), len(printed)
