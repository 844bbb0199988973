"""What was found in a workbook: harmless things put right, things to know, things that stop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["fix", "note", "stop"]


@dataclass(frozen=True)
class Finding:
    """One thing found.

    Attributes
    ----------
    kind : str
        "fix" (put right: ``values`` has ``before`` and ``after``), "note" (to know) or "stop"
        (nothing is entered until it is mended).
    code : str
        Key of its words: ``intake.<kind>.<code>``, for a stop also ``intake.mend.<code>``.
    sheet, cell : str
        Where, as Excel says it ("D15"); empty where it is no single place.
    column : str
        The column's id, empty where it is none.
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
    """Collects findings while a workbook is read; the same thing at one place is said once.

    Attributes
    ----------
    found : list of Finding
    """

    def __init__(self) -> None:
        self.found: list[Finding] = []
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
        """Remember something harmless that was not taken as written."""
        values = {"before": str(before), "after": str(after)}
        self._add(Finding("fix", code, sheet, cell, column, values))

    def note(self, code: str, sheet: str = "", cell: str = "", **values: Any) -> None:
        """Remember something to know."""
        self._add(Finding("note", code, sheet, cell, "", values))

    def stop(self, code: str, sheet: str = "", cell: str = "", **values: Any) -> None:
        """Remember something that must be mended in the workbook."""
        self._add(Finding("stop", code, sheet, cell, str(values.get("column", "")), values))

    def _add(self, finding: Finding) -> None:
        key = (finding.kind, finding.code, finding.sheet, finding.cell)
        if key not in self._said or not finding.cell:
            self._said.add(key)
            self.found.append(finding)

    @property
    def is_stopped(self) -> bool:
        """Whether anything so far must be mended."""
        return any(finding.kind == "stop" for finding in self.found)
