"""Findings of reading a workbook: corrections (fix), notes and stops."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from intake.edits import Choice, Edit, split_key

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Kind = Literal["fix", "note", "stop"]


@dataclass(frozen=True)
class Finding:
    """One finding.

    Attributes
    ----------
    kind : str
        "fix" (corrected: ``values`` has ``before`` and ``after``), "note" (information) or "stop"
        (the plan cannot be entered).
    code : str
        Key of its words: ``intake.<kind>.<code>``, for a stop also ``intake.mend.<code>``.
    sheet, cell : str
        Sheet and cell reference ("D15"); empty where no single cell is meant.
    column : str
        The column's id; empty where no column is meant.
    file : str
        The file's name where several are read together.
    choices : tuple of Choice
        Ways to fix a stop, the likeliest first; empty where none is known.
    also : tuple of str
        Further places of the same fault, as `place` writes them.
    """

    kind: Kind
    code: str
    sheet: str = ""
    cell: str = ""
    column: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    choices: tuple[Choice, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """``sheet!cell``, as Excel writes a place in another sheet; the file before it."""
        within = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"[{self.file}]{within}" if self.file else within


class Findings:
    """Collects findings while files are read; drops repetitions.

    Every ``sheet`` given to it is a sheet's key, see `intake.edits.sheet_key`.

    Attributes
    ----------
    listed : list of Finding
    """

    def __init__(self, edits: Iterable[Edit] = ()) -> None:
        self.listed: list[Finding] = []
        self._said: set[tuple[str, str, str, str]] = set()
        self._accepted = {(e.sheet, e.cell, e.value) for e in edits if e.kind == "accept"}
        self._stopped: set[tuple[str, str]] = set()

    def fix(
        self,
        code: str,
        sheet: str,
        cell: str,
        *,
        before: object,
        after: object,
        column: str = "",
    ) -> None:
        """Add a correction."""
        values = {"before": str(before), "after": str(after)}
        self._add(Finding("fix", code, sheet, cell, column, values))

    def note(self, code: str, sheet: str = "", cell: str = "", **values: Any) -> None:
        """Add a note."""
        self._add(Finding("note", code, sheet, cell, "", values))

    def stop(
        self,
        code: str,
        sheet: str = "",
        cell: str = "",
        *,
        choices: Sequence[Choice] = (),
        also: Sequence[str] = (),
        **values: Any,
    ) -> None:
        """Add a stop, unless a person accepted what stands there."""
        if self.is_accepted(code, sheet, cell):
            return
        column = str(values.get("column", ""))
        ways, places = tuple(choices), tuple(also)
        if cell:
            self._stopped.add((sheet, cell))
        self._add(Finding("stop", code, sheet, cell, column, values, choices=ways, also=places))

    def is_accepted(self, code: str, sheet: str, cell: str) -> bool:
        """Whether a person accepted what a stop names at a cell."""
        return (sheet, cell, code) in self._accepted

    def is_row_stopped(self, sheet: str, cell: str) -> bool:
        """Whether a stop is listed anywhere in a cell's row."""
        number = cell.lstrip(LETTERS)
        return any(key == sheet and at.lstrip(LETTERS) == number for key, at in self._stopped)

    def is_stopped_at(self, sheet: str, cell: str) -> bool:
        """Whether a stop is listed at a cell: what follows from it is not said as well."""
        return (sheet, cell) in self._stopped

    def _add(self, finding: Finding) -> None:
        key = (finding.kind, finding.code, finding.sheet, finding.cell)
        if key in self._said and finding.cell:
            return
        self._said.add(key)
        file, sheet = split_key(finding.sheet)
        self.listed.append(replace(finding, file=file, sheet=sheet))

    @property
    def is_stopped(self) -> bool:
        """Whether there is a stop."""
        return any(finding.kind == "stop" for finding in self.listed)


def place_of(sheet: str, cell: str) -> str:
    """A cell of a sheet's key as `Finding.place` writes it."""
    file, title = split_key(sheet)
    return Finding("note", "", title, cell, file=file).place
