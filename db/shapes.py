"""Rows that cross from the database to the acts and reads, column by column."""

from typing import Any, TypedDict


class Competition(TypedDict):
    """A competition; ``sample`` is 1 where its data are invented, ``rehearsal`` of a copy."""

    id: str
    title: str
    venue: str
    starts_on: str
    ends_on: str
    timezone: str
    sample: int
    rehearsal: int
    created_at: str


class RoundRow(TypedDict):
    """A round; ``kind`` is judged or composite.

    ``practice_of`` names the round it practises for, ``reading_of`` the one whose open zone it
    reads a second time.
    """

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
    practice_of: str | None
    reading_of: str | None
    kind: str


class PartRow(TypedDict):
    """A part of a composite: a round, or scores given outside any, bounded in thousandths.

    ``vote`` has the rules of the audience vote that gives them, as JSON.
    """

    id: str
    round_id: str
    position: int
    title: str
    weight: str
    source_id: str | None
    maximum: int | None
    step: int | None
    vote: str | None


class OutsideList(TypedDict):
    """Scores of one outside part entered together; ``state`` is entered, confirmed or refused."""

    id: str
    part_id: str
    round_id: str
    source: str
    state: str
    entered_by: str
    entered_at: str
    answered_by: str | None
    answered_at: str | None


class CriterionFacts(TypedDict):
    """A criterion without its anchors; ``maximum`` and ``step`` in thousandths."""

    id: str
    round_id: str
    position: int
    name: str
    points: str
    maximum: int
    step: int
    weight: str
    phase: str


class CriterionRow(CriterionFacts):
    """A criterion as stored, ``anchors`` as JSON."""

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
    """An entrant with its place in a round.

    ``number`` is None before the draw; ``turn`` the number in whose place the entrant appears
    where the running order was changed on the day.
    """

    round_id: str
    session_id: str | None
    number: Any
    stage: str
    seconds_used: int | None
    turn: int | None


class Adjournment(TypedDict):
    """A round adjourned; ``until`` is a day or a moment as typed, or empty."""

    id: str
    round_id: str
    reason: str
    until: str
    at: str
    person_id: str
    resumed_at: str | None
    resumed_by: str | None


class ClockRow(TypedDict):
    """The clock of one phase of an entrant's time on stage.

    ``state`` is ready, running, paused or stopped; ``used_ms`` is without the present run, which
    began at ``started_at``; ``take`` counts the times the entrant began to present; ``rev`` counts
    the acts on the clock.
    """

    round_id: str
    entrant_id: str
    phase: str
    take: int
    state: str
    used_ms: int
    started_at: str | None
    rev: int


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
    """A judge and an entrant: ``state`` is expected, recused or absent.

    ``locked`` is 1 where sharing judges out leaves the pair as it is.
    """

    round_id: str
    entrant_id: str
    person_id: str
    state: str
    reason: str
    stands_for: str | None
    locked: int


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


class Grant(TypedDict):
    """A role of a person: in the competition, in one round or for one county."""

    id: str
    person_id: str
    role: str
    round_id: str | None
    county: str | None


class LiveLink(TypedDict):
    """A link that still opens; ``devices`` is how many browsers are signed in by it."""

    id: str
    person_id: str
    created_at: str
    expires_at: str | None
    devices: int


class OpenPair(TypedDict):
    """An expected sheet that is not submitted, with how far it is."""

    entrant_id: str
    person_id: str
    number: int
    seat: int
    sheet_id: str | None
    sheet_state: str | None
    marked: int


class SheetsIn(TypedDict):
    """How many sheets of an entrant count, and how many of them are in."""

    entrant_id: str
    counted: int
    submitted: int


class TranscriptionRow(TypedDict):
    """A sheet typed in for its judge; ``state`` is typed, confirmed or refused."""

    id: str
    round_id: str
    entrant_id: str
    person_id: str
    kind: str
    state: str
    typed_by: str
    typed_at: str
    answered_by: str | None
    answered_at: str | None
    number: int
    seat: int


class CorrectionRow(TypedDict):
    """A correction; ``what``, ``ground``, ``old``, ``new``, ``before`` and ``after`` are JSON.

    ``state`` is asked, confirmed, refused or withdrawn; ``before`` and ``after`` are the round's
    standings at the confirmation.
    """

    id: str
    round_id: str
    kind: str
    entrant_id: str | None
    person_id: str | None
    what: str
    ground: str
    old: str
    new: str
    reason: str
    asked_by: str
    asked_at: str
    state: str
    answered_by: str | None
    answered_at: str | None
    answer: str
    before: str | None
    after: str | None


class ReviewRow(TypedDict):
    """A review on the spot.

    ``ground`` is arithmetic, timing, recusal or procedure; ``since`` the time from which its two
    hours ran; ``finding`` stands or corrected.
    """

    id: str
    round_id: str
    entrant_id: str
    ground: str
    claim: str
    asked_by: str
    since: str
    entered_by: str
    entered_at: str
    finding: str | None
    answer: str
    answered_by: str | None
    answered_at: str | None
