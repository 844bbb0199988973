"""The sample rubrics: each sums to 100 and waits for the host to confirm or change it."""

import tomllib
from functools import cache
from pathlib import Path

from competition.rounds.typed_rubric import TypedAnchor, TypedCriterion

FOLDER = Path(__file__).parent / "sample_rubrics"
SAMPLES = ("stage", "desk", "township")
"""Plans presented on stage, the same read from their papers, township secretaries on stage."""


@cache
def sample_rubric(name: str) -> tuple[TypedCriterion, ...]:
    """The criteria of one of ``SAMPLES``, as if typed."""
    table = tomllib.loads((FOLDER / f"rubric_{name}.toml").read_text(encoding="utf-8"))
    return tuple(
        TypedCriterion(
            name=row["name"],
            maximum=row["maximum"],
            step=table["step"],
            points=row["hint"],
            phase=row["phase"],
            anchors=tuple(
                TypedAnchor(a["level"], a["text"], a["low"], a["high"]) for a in row["anchors"]
            ),
        )
        for row in table["criteria"]
    )
