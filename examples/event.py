"""Dataclasses of an invented event: set-up and marks.

Marks, maxima, steps and deductions are integers in thousandths (19.5 points is 19500), as
stored. An event has any number of rounds; entrants and judges are shared by them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from examples.rubric import SampleCriterion


@dataclass(frozen=True)
class SampleEntrant:
    """One plan in the contest.

    ``code`` is the village's real 12-digit code; for a township, its 9-digit code, and
    ``village`` is empty.
    """

    code: str
    county_code: str
    county: str
    township_code: str
    township: str
    village: str
    plan_title: str
    presenter: str
    post: str
    unit: str


@dataclass(frozen=True)
class SampleJudge:
    """One judge. ``number`` is 1 for 评委01; counties are codes, None for a prefecture unit."""

    number: int
    name: str
    unit: str
    county_of_work: str | None
    native_county: str


@dataclass(frozen=True)
class SampleSession:
    """One session: its judges and, in stage order, its entrants."""

    number: int
    name: str
    judges: tuple[int, ...]
    entrants: tuple[str, ...]


@dataclass(frozen=True)
class SampleRecusal:
    """A judge does not mark an entrant. ``kind`` is ``county`` (derived) or ``declared``."""

    judge: int
    entrant: str
    kind: str
    reason: str


@dataclass(frozen=True)
class SampleAbsence:
    """A judge with a seat did not hear an entrant."""

    judge: int
    entrant: str
    reason: str


@dataclass(frozen=True)
class SampleDeduction:
    """Points that staff subtract from an entrant's score, in thousandths."""

    entrant: str
    points: int
    reason: str


@dataclass(frozen=True)
class SampleSheet:
    """One judge's marks of one entrant, in thousandths by criterion id."""

    judge: int
    entrant: str
    marks: Mapping[str, int]
    submitted: bool


@dataclass(frozen=True)
class SampleRound:
    """One round with rubric, panel, order and the marks so far.

    ``expected`` pairs are all judge-entrant pairs of a session, or ``pairs``, without recusals
    and absences. A pair without a sheet has no marks yet.

    Attributes
    ----------
    scoring, procedure : Mapping
        Fields of the round's rules that differ from their defaults: those that change scores,
        and the others. ``first_criteria`` names criteria by key.
    queue, pairs
        For a round without sessions: the entrants in order, and the (judge, entrant) pairs.
    shelf_marks : Mapping
        Shelf mark of an entrant's paper, by code.
    later : tuple of SampleSheet
        The complete future sheets of open pairs, for the live demo.
    announced : tuple of str
        Codes of entrants whose score was announced, in order.
    closing : str
        Reason of closing and certifying the round; empty for an open round.
    begins, pace : timedelta
        Time of the first entrant after the start of the event; time per entrant.
    """

    key: str
    name: str
    stage: str
    group: str
    top: int
    rubric: tuple[SampleCriterion, ...]
    sessions: tuple[SampleSession, ...] = ()
    recusals: tuple[SampleRecusal, ...] = ()
    absences: tuple[SampleAbsence, ...] = ()
    sheets: tuple[SampleSheet, ...] = ()
    deductions: tuple[SampleDeduction, ...] = ()
    on_stage: str | None = None
    scoring: Mapping[str, Any] = field(default_factory=dict)
    procedure: Mapping[str, Any] = field(default_factory=dict)
    queue: tuple[str, ...] = ()
    pairs: tuple[tuple[int, str], ...] = ()
    shelf_marks: Mapping[str, str] = field(default_factory=dict)
    later: tuple[SampleSheet, ...] = ()
    announced: tuple[str, ...] = ()
    closing: str = ""
    begins: timedelta = timedelta()
    pace: timedelta = timedelta(minutes=12)

    @property
    def order(self) -> tuple[tuple[int | None, int, str], ...]:
        """Session, number in the round and code of each entrant."""
        pairs = [(session.number, code) for session in self.sessions for code in session.entrants]
        listed = [*pairs, *((None, code) for code in self.queue)]
        return tuple((session, at + 1, code) for at, (session, code) in enumerate(listed))

    @property
    def seated(self) -> tuple[int, ...]:
        """The judges with a seat, by number."""
        sitting = {judge for session in self.sessions for judge in session.judges}
        return tuple(sorted(sitting | {judge for judge, _ in self.pairs}))

    @property
    def expected(self) -> tuple[tuple[int, str], ...]:
        """Judge and entrant of every expected sheet, in stage order."""
        excused = {(row.judge, row.entrant) for row in self.recusals}
        excused |= {(row.judge, row.entrant) for row in self.absences}
        sitting = [
            (judge, code)
            for session in self.sessions
            for code in session.entrants
            for judge in session.judges
        ]
        return tuple(pair for pair in (*sitting, *self.pairs) if pair not in excused)


@dataclass(frozen=True)
class SampleNextRound:
    """A round of the entrants selected by an earlier one; drawn when their codes are known."""

    key: str
    after: str
    draw: Callable[[Sequence[str]], SampleRound]


@dataclass(frozen=True)
class SampleEvent:
    """An invented competition, ready to be entered through the acts."""

    title: str
    entrants: tuple[SampleEntrant, ...]
    judges: tuple[SampleJudge, ...]
    rounds: tuple[SampleRound | SampleNextRound, ...]
    is_sample: bool = field(default=True, kw_only=True)

    def entrant(self, code: str) -> SampleEntrant:
        """Return the entrant with that code."""
        return next(entrant for entrant in self.entrants if entrant.code == code)

    def round(self, key: str) -> SampleRound:
        """Return the round with that key; it must not depend on another round's result."""
        chosen = next(row for row in self.rounds if row.key == key)
        if isinstance(chosen, SampleNextRound):
            raise LookupError(f"{key} is drawn after {chosen.after}")
        return chosen
