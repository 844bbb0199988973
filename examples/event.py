"""The shapes of an invented event: what an organizer would enter and judges would mark.

Marks, maxima, steps and deductions are integers in thousandths (19.5 points is 19500), as they
are stored. An event has any number of rounds; entrants and judges are shared by them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from examples.rubric import SampleCriterion


@dataclass(frozen=True)
class SampleEntrant:
    """One plan in the contest. ``code`` is the village's real 12-digit code."""

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
    """One sitting: who sits and, in stage order, who presents."""

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
    """Points taken off an entrant's score by the staff, in thousandths."""

    entrant: str
    points: int
    seconds_over: int
    reason: str


@dataclass(frozen=True)
class SampleSheet:
    """One judge's marks of one entrant, in thousandths by criterion id; missing are absent."""

    judge: int
    entrant: str
    marks: Mapping[str, int]
    submitted: bool


@dataclass(frozen=True)
class SampleRound:
    """One round with its rubric, panel, order and whatever has been marked so far.

    ``expected`` seats are all judge-entrant pairs of a session less recusals and absences. A
    pair without a sheet here has not been begun.
    """

    key: str
    name: str
    stage: str
    group: str
    top: int
    rubric: tuple[SampleCriterion, ...]
    sessions: tuple[SampleSession, ...]
    recusals: tuple[SampleRecusal, ...] = ()
    absences: tuple[SampleAbsence, ...] = ()
    sheets: tuple[SampleSheet, ...] = ()
    deductions: tuple[SampleDeduction, ...] = ()
    on_stage: str | None = None

    @property
    def order(self) -> tuple[tuple[int, int, str], ...]:
        """Session, number on stage (counted through the round) and code of each entrant."""
        pairs = [(session.number, code) for session in self.sessions for code in session.entrants]
        return tuple((session, at + 1, code) for at, (session, code) in enumerate(pairs))

    @property
    def expected(self) -> tuple[tuple[int, str], ...]:
        """Judge and entrant of every sheet the round waits for, in stage order."""
        excused = {(row.judge, row.entrant) for row in self.recusals}
        excused |= {(row.judge, row.entrant) for row in self.absences}
        return tuple(
            (judge, code)
            for session in self.sessions
            for code in session.entrants
            for judge in session.judges
            if (judge, code) not in excused
        )


@dataclass(frozen=True)
class SampleEvent:
    """An invented competition, ready to be entered through the acts."""

    title: str
    entrants: tuple[SampleEntrant, ...]
    judges: tuple[SampleJudge, ...]
    rounds: tuple[SampleRound, ...]
    is_sample: bool = field(default=True, kw_only=True)

    def entrant(self, code: str) -> SampleEntrant:
        """Return the entrant with that 12-digit code."""
        return next(entrant for entrant in self.entrants if entrant.code == code)
