"""Tables with published answers, and short ways to write small ones."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def published():
    """Read a table that may ship, and what R's lm and lme4 said about it."""

    def read(name: str) -> tuple[pd.DataFrame, dict[str, Any]]:
        scores = pd.read_csv(DATA / f"{name}.csv")
        return scores, json.loads((DATA / f"{name}.reference.json").read_text("utf-8"))

    return read


@pytest.fixture
def table():
    """A table of totals from {judge: {entrant: score}}."""

    def build(marks: dict[str, dict[str, Any]]) -> pd.DataFrame:
        rows = [
            {"entrant": entrant, "judge": judge, "score": score}
            for judge, given in marks.items()
            for entrant, score in given.items()
        ]
        return pd.DataFrame(rows, columns=["entrant", "judge", "score"])

    return build


@pytest.fixture
def panel():
    """An invented round: totals of judges who differ in severity, scale and noise."""

    def build(entrants: int, judges: int, *, missing: float = 0.0, seed: int = 0) -> pd.DataFrame:
        random = np.random.default_rng(seed)
        quality = random.normal(70, 8, entrants)
        severity = random.normal(0, 4, judges)
        marks = quality[:, None] + severity + random.normal(0, 4, (entrants, judges))
        there = random.random((entrants, judges)) >= missing
        rows = [
            {"entrant": f"E{i:02}", "judge": f"J{j:02}", "score": round(float(marks[i, j]), 1)}
            for i in range(entrants)
            for j in range(judges)
            if there[i, j]
        ]
        return pd.DataFrame(rows)

    return build
