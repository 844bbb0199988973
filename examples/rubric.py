"""The sample rubrics: each sums to 100 and is marked for the organizer to confirm."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal

from competition.rounds.samples import FOLDER


@dataclass(frozen=True)
class Anchor:
    """One level of a criterion: its name, its inclusive range in thousandths, its text."""

    level: str
    low: int
    high: int
    text: str


@dataclass(frozen=True)
class SampleCriterion:
    """One criterion; ``maximum`` and ``step`` in thousandths, anchors from best to worst.

    ``hint`` says what judges look for, ``phase`` is ``material`` or ``stage``.
    """

    key: str
    name: str
    name_en: str
    maximum: int
    step: int
    phase: str
    hint: str
    anchors: tuple[Anchor, ...]


def thousandths(points: str) -> int:
    """Return decimal points, e.g. ``"21.5"``, in thousandths, exactly."""
    value = Decimal(points) * 1000
    if value != value.to_integral_value():
        raise ValueError(f"finer than a thousandth: {points}")
    return int(value)


def _read(name: str) -> tuple[str, tuple[SampleCriterion, ...]]:
    table = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
    criteria = tuple(
        SampleCriterion(
            key=row["key"],
            name=row["name"],
            name_en=row["name_en"],
            maximum=thousandths(row["maximum"]),
            step=thousandths(table["step"]),
            phase=row["phase"],
            hint=row["hint"],
            anchors=tuple(
                Anchor(a["level"], thousandths(a["low"]), thousandths(a["high"]), a["text"])
                for a in row["anchors"]
            ),
        )
        for row in table["criteria"]
    )
    return table["note"], criteria


SAMPLE_NOTE, SAMPLE_RUBRIC = _read("rubric_stage.toml")
"""The mark of a sample, and the criteria in order: plans presented on stage."""

DESK_RUBRIC = _read("rubric_desk.toml")[1]
"""The same plans read from their papers: nothing on stage, so its points are elsewhere."""

TOWNSHIP_RUBRIC = _read("rubric_township.toml")[1]
"""Township secretaries on stage."""
