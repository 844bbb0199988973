"""Findings of reading a workbook: corrections (fix), notes and stops."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

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
    """

    kind: Kind
    code: str
    sheet: str = ""
    cell: str = ""
    column: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """``sheet!cell``, as Excel writes a place in another sheet."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


class Findings:
    """Collects findings while a workbook is read; drops repetitions.

    Attributes
    ----------
    found : list of Finding
    """

    def __init__(self) -> None:
        self.listed: list[Finding] = []
        self._said: set[tuple[str, str, str, str]] = set()

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

    def stop(self, code: str, sheet: str = "", cell: str = "", **values: Any) -> None:
        """Add a stop."""
        self._add(Finding("stop", code, sheet, cell, str(values.get("column", "")), values))

    def _add(self, finding: Finding) -> None:
        key = (finding.kind, finding.code, finding.sheet, finding.cell)
        if key not in self._said or not finding.cell:
            self._said.add(key)
            self.listed.append(finding)

    @property
    def is_stopped(self) -> bool:
        """Whether there is a stop."""
        return any(finding.kind == "stop" for finding in self.listed)
