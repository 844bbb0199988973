"""The plan: the content of a workbook as dataclasses, before it is entered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from competition.rounds.rubric import Criterion
from intake.findings import Finding

AssignmentState = Literal["expected", "recused", "absent"]


@dataclass(frozen=True)
class PlannedEntrant:
    """One line of the list of entrants.

    Attributes
    ----------
    key : str
        Its number in the workbook, used by the other sheets.
    code : str
        9 or 12 digits.
    shelf_mark : str
        Where its paper is kept.
    in_round : bool
        Whether it takes part in the round of this workbook.
    session : str
        The session's key, empty for none.
    order : int or None
        Place in the running order as written; may restart in every session.
    number : int or None
        Number in the round; unique, unlike ``order``.
    cell, sheet : str
        Its cell reference, and its sheet's key where several sheets list entrants.
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
    sheet: str = ""


@dataclass(frozen=True)
class PlannedJudge:
    """One line of the list of judges; ``county`` is the recusal county."""

    key: str
    number: int
    name: str
    unit: str = ""
    county: str = ""


@dataclass(frozen=True)
class PlannedCriterion:
    """One line of the rubric, with the key used by the scores."""

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
    """One judge and one entrant; ``is_derived`` marks an automatic recusal."""

    entrant: str
    judge: str
    state: AssignmentState = "expected"
    is_derived: bool = False
    cell: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class PlannedSheet:
    """One judge's marks of one entrant: criterion's key to decimal text."""

    entrant: str
    judge: str
    marks: Mapping[str, str]


def not_imported(table: str) -> str:
    """What is remembered for a column of a table that a person left out."""
    return f"-{table}"


@dataclass(frozen=True)
class SheetView:
    """A sheet as it lies in its file, and what it was taken for.

    Attributes
    ----------
    key : str
        See `intake.edits.sheet_key`.
    table : str
        Which list it is; "" for a sheet that is not imported.
    fields : mapping
        Column letter to field; "" for a column that is not imported.
    headers : mapping
        Column letter to the name in the sheet.
    header_row : int
        Number of the header's last row; 0 without a header.
    rows : tuple
        Row number and cells as text, by column letter.
    """

    key: str
    file: str
    title: str
    table: str
    fields: Mapping[str, str]
    headers: Mapping[str, str]
    header_row: int
    rows: tuple[tuple[int, Mapping[str, str]], ...]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The names of the columns that hold something and are not imported."""
        below = [cells for number, cells in self.rows if number > self.header_row]
        return tuple(
            self.headers.get(letter) or letter
            for letter, field in self.fields.items()
            if self.table and not field and any(letter in cells for cells in below)
        )

    def remembered(self, columns: Mapping[str, str]) -> tuple[str, ...]:
        """The names of the columns taken as in an earlier import."""
        return tuple(
            name
            for letter, name in self.headers.items()
            if name in columns
            and columns[name] == (self.fields.get(letter) or not_imported(self.table))
        )


@dataclass(frozen=True)
class Plan:
    """The content of a workbook and the findings of reading it.

    Attributes
    ----------
    name : str
        The file's name, empty if it has none.
    stage : str
        preliminary, second or final: the stage of the scores.
    category : str
        township, village or all, by the length of the codes.
    recusal_level : str
        Level of automatic recusals; becomes a rule of the round.
    lang : str
        The workbook's language, by the names of its sheets.
    findings : tuple of Finding
        In the order of reading.
    sheets_read : tuple of SheetView
        The sheets of all files as they were taken.
    places : tuple of tuple
        Codes and names of further places: of county, township and village.
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
    sheets_read: tuple[SheetView, ...] = ()
    places: tuple[tuple[str, ...], ...] = ()

    @property
    def fixes(self) -> tuple[Finding, ...]:
        """The corrections."""
        return tuple(finding for finding in self.findings if finding.kind == "fix")

    @property
    def notes(self) -> tuple[Finding, ...]:
        """The notes."""
        return tuple(finding for finding in self.findings if finding.kind == "note")

    @property
    def stops(self) -> tuple[Finding, ...]:
        """The stops; empty if the plan can be entered."""
        return tuple(finding for finding in self.findings if finding.kind == "stop")

    @property
    def incomplete(self) -> int:
        """Sheets that lack a mark: kept, but without a total."""
        return sum(len(sheet.marks) < len(self.rubric) for sheet in self.sheets)

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows the plan would enter, by kind."""
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
