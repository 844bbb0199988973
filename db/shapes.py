"""Rows that cross from the database to the acts and reads, column by column."""

from typing import Any, TypedDict


class RoundRow(TypedDict):
    """A round."""

    id: str
    competition_id: str
    position: int
    title: str
    stage: str
    category: str
    rules: str
    rules_hash: str
    rules_version: int
    state: str
    frozen: int
    opened_at: str | None
    closed_at: str | None
    certified_at: str | None
    sample_rubric: int
    removed_at: str | None


class CriterionRow(TypedDict):
    """A criterion; ``maximum`` and ``step`` in thousandths, ``anchors`` as JSON."""

    id: str
    round_id: str
    position: int
    name: str
    points: str
    maximum: int
    step: int
    weight: str
    phase: str
    anchors: str


class Session(TypedDict):
    """A session of a round."""

    id: str
    round_id: str
    position: int
    title: str
    venue: str
    starts_at: str


class Entrant(TypedDict):
    """An entrant of a competition."""

    id: str
    competition_id: str
    code: str
    county: str
    township: str
    village: str
    title: str
    presenter: str
    post: str
    unit: str
    corrections: int


class Place(Entrant):
    """An entrant with its place in a round; ``number`` is None before the draw."""

    round_id: str
    session_id: str | None
    number: Any
    stage: str
    seconds_used: int | None


class Seat(TypedDict):
    """A judge's seat in a round; ``presence`` is not_arrived, present or away."""

    round_id: str
    person_id: str
    number: int
    reserve: int
    presence: str


class SeatedJudge(Seat):
    """A seat with its judge's facts."""

    name: str
    county: str
    native_county: str
    unit: str


class Assignment(TypedDict):
    """A judge and an entrant: ``state`` is expected, recused or absent."""

    round_id: str
    entrant_id: str
    person_id: str
    state: str
    reason: str
    stands_for: str | None


class Sheet(TypedDict):
    """One judge's sheet of one entrant; ``state`` is draft, submitted or reopened."""

    id: str
    round_id: str
    entrant_id: str
    person_id: str
    state: str
    rev: int
    saved_at: str
    submitted_at: str | None
    locked_at: str | None


class Person(TypedDict):
    """A person of a competition."""

    id: str
    competition_id: str
    name: str
    county: str
    native_county: str
    unit: str
