"""Three programs on one contest: scoring, the second verifier, and the page's script."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from commands import browser_file
from competition.results import second_verifier
from db.canonical import canonical, sha256
from examples.made_records import METHODS, contest, published
from scoring import Rules

BATCH = 100
TABLES = (
    "paris1976_white",
    "shrout_fleiss1979",
    "penicillin",
    "isu_worlds2017_ladies_sp_pcs",
    "chopin2025_stage1",
    "chopin2025_stage2",
    "diving2000_M10mPF_prelim",
    "diving2000_M10mPF_final",
)
"""Published tables: a mark a sheet, or one a criterion."""
MARK = ["entrant", "judge", "score"]

Made = tuple[dict[str, Any], list[dict[str, Any]]]


@dataclass
class Agreement:
    """How many contests each program finds as scoring did; ``first`` is the first that differs."""

    name: str
    contests: int = 0
    library: int = 0
    page: int = 0
    first: str = ""

    def add(self, more: "Agreement") -> None:
        """Count another batch."""
        self.contests += more.contests
        self.library += more.library
        self.page += more.page
        self.first = self.first or more.first

    @property
    def holds(self) -> bool:
        """Whether every contest agrees, in the page's script too where that can be run."""
        pages = (self.contests,) if browser_file.is_there() else (0,)
        return self.library == self.contests and self.page in pages


def random_contests(count: int, *, first: int = 0) -> Agreement:
    """Contests drawn from consecutive seeds: methods, keys, quotas, absences, deductions."""
    whole = Agreement("random")
    for begin in range(first, first + count, BATCH):
        seeds = range(begin, min(begin + BATCH, first + count))
        whole.add(compared("random", [(str(seed), contest(seed)) for seed in seeds]))
    return whole


def reference_tables(folder: Path, *, methods: Sequence[str] = METHODS) -> Iterator[Agreement]:
    """Each published table that is in the folder: by each method, and each criterion alone."""
    for name in TABLES:
        path = folder / f"{name}.csv"
        if path.exists():
            scores = pd.read_csv(path, dtype=str)
            made = [(f"{name} {method}", published(scores, _rules(method))) for method in methods]
            if "criterion" in scores:
                made += [
                    (f"{name} {criterion}", published(rows[MARK], _rules("trimmed")))
                    for criterion, rows in scores.groupby("criterion")
                ]
            yield compared(name, made)


def _rules(method: str) -> Rules:
    return Rules(
        official=method,
        top=5,
        clip="3" if method == "clip" else None,
        keys=("precision", "least_squares_tied", "countback", "more_decimals", "mean_all", "lots"),
        seed="7c41",
        draws=100,
    )


def compared(name: str, made: Sequence[tuple[str, Made]]) -> Agreement:
    """What scoring certified, computed again by the two others."""
    agreement = Agreement(name, len(made))
    given = []
    for title, (content, events) in made:
        text = canonical(content)
        snapshot = {"content": text, "sha256": sha256(text)}
        checks = second_verifier.check_certificate(snapshot, events)
        faults = [f"{check}: {fault}" for check, here in checks for fault in here]
        agreement.library += not faults
        if faults:
            agreement.first = agreement.first or f"{title}: {faults[0]}"
        given.append({"content": json.loads(text), "orders": orders_of(events)})
    if not browser_file.is_there():
        return agreement
    for (title, _), faults in zip(made, browser_file.contests(given), strict=True):
        agreement.page += not faults
        if faults:
            agreement.first = agreement.first or f"{title}: {faults[0]}"
    return agreement


def orders_of(events: Sequence[dict[str, Any]]) -> list[list[str]]:
    """The orders that a contest's rulings give."""
    rows = [change["row"] for one in events for change in json.loads(one["payload"])["changes"]]
    return [json.loads(row["entrants"]) for row in rows if row.get("kind") == "order"]
