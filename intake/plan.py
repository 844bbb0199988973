"""The plan: everything a workbook asks to be entered, in words of the design, nothing entered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from competition.rounds.rounds import Criterion
from intake.findings import Finding

AssignmentState = Literal["expected", "recused", "absent"]


@dataclass(frozen=True)
class PlannedEntrant:
    """One line of the list of entrants.

    Attributes
    ----------
    key : str
        Its number in the workbook, by which the other sheets name it.
    code : str
        9 or 12 digits.
    shelf_mark : str
        Where its paper lies.
    in_round : bool
        Whether it takes part in the round of this workbook.
    session : str
        The session's key, empty for none.
    order : int or None
        Place in the running order as written, which may begin anew in every session.
    number : int or None
        Number in the round: unlike ``order`` unique.
    cell : str
        Where it stands.
    """

    key: str
    code: str
    county: str
    township: str = ""
    village: str = ""
    title: str = ""
    presenter: str = ""
    post: str = ""
    unit: str = ""
    shelf_mark: str = ""
    in_round: bool = True
    session: str = ""
    order: int | None = None
    number: int | None = None
    cell: str = ""


@dataclass(frozen=True)
class PlannedJudge:
    """One line of the list of judges; ``county`` is the one whose entrants they do not mark."""

    key: str
    number: int
    name: str
    unit: str = ""
    county: str = ""


@dataclass(frozen=True)
class PlannedCriterion:
    """One line of the rubric and the key by which scores name it."""

    key: str
    line: Criterion


@dataclass(frozen=True)
class PlannedSession:
    """A session: its key (a number or a title), its entrants and its judges, by their keys."""

    key: str
    entrants: tuple[str, ...]
    judges: tuple[str, ...]


@dataclass(frozen=True)
class PlannedAssignment:
    """Who marks whom; ``is_derived`` says that a recusal follows from where the judge works."""

    entrant: str
    judge: str
    state: AssignmentState = "expected"
    is_derived: bool = False
    cell: str = ""


@dataclass(frozen=True)
class PlannedSheet:
    """One judge's marks of one entrant: criterion's key to decimal text."""

    entrant: str
    judge: str
    marks: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """What a workbook holds, and what was found while it was read.

    Attributes
    ----------
    name : str
        The file's name, empty if it has none.
    stage : str
        preliminary, second or final: which round the scores belong to.
    category : str
        township, village or all, by the length of the codes.
    recusal_level : str
        At which level recusals were derived; the rules of the round take it over.
    lang : str
        The language the workbook is written in, by the names of its sheets.
    findings : tuple of Finding
        In the order they were met.
    """

    name: str = ""
    stage: str = "final"
    category: str = "village"
    recusal_level: str = "county"
    lang: str = "zh"
    entrants: tuple[PlannedEntrant, ...] = ()
    judges: tuple[PlannedJudge, ...] = ()
    rubric: tuple[PlannedCriterion, ...] = ()
    sessions: tuple[PlannedSession, ...] = ()
    assignments: tuple[PlannedAssignment, ...] = ()
    sheets: tuple[PlannedSheet, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    @property
    def fixes(self) -> tuple[Finding, ...]:
        """Harmless things that were put right."""
        return tuple(finding for finding in self.findings if finding.kind == "fix")

    @property
    def notes(self) -> tuple[Finding, ...]:
        """Things to know before entering."""
        return tuple(finding for finding in self.findings if finding.kind == "note")

    @property
    def stops(self) -> tuple[Finding, ...]:
        """Things that must be mended first; empty if the plan can be entered."""
        return tuple(finding for finding in self.findings if finding.kind == "stop")

    @property
    def incomplete(self) -> int:
        """Sheets that lack a mark: kept, but no total can be made of them."""
        return sum(len(sheet.marks) < len(self.rubric) for sheet in self.sheets)

    @property
    def counts(self) -> dict[str, int]:
        """How many of everything the plan would enter."""
        states = [assignment.state for assignment in self.assignments]
        return {
            "entrants": len(self.entrants),
            "in_round": sum(entrant.in_round for entrant in self.entrants),
            "judges": len(self.judges),
            "criteria": len(self.rubric),
            "sessions": len(self.sessions),
            "assignments": len(states),
            "recused": states.count("recused"),
            "absent": states.count("absent"),
            "sheets": len(self.sheets),
            "incomplete": self.incomplete,
            "marks": sum(len(sheet.marks) for sheet in self.sheets),
        }
