"""Tables with published answers, and short ways to write small ones."""

import json
from pathlib import Path
from typing import Any

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
