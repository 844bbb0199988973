"""Sheets as they lie in a file: cells by row and column, before anything is made of them."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from openpyxl.utils import get_column_letter

from intake.edits import sheet_key
from intake.structure import Structure

BLANKS = " \t\r\n\u3000\u00a0\ufeff\u200b\u2002\u2003\u2007\u2009\u200a\u202f\u205f"
"""What a cell may hold and still be empty."""

Raw = str | int | float | bool | datetime | date | time | timedelta | None


@dataclass(frozen=True)
class Cell:
    """One cell that is not empty.

    Attributes
    ----------
    ref : str
        "D15".
    raw
        The stored value; None for a formula without a stored result.
    lost : str
        "formula" for a formula without a stored result, "error" for #REF! and its kind.
    formula : str
        The formula whose result is lost.
    mark : str
        Its fill colour, or "strike"; empty for a plain cell.
    typed : bool
        Whether a person typed it on the page, so that its spelling is no correction.
    """

    ref: str
    raw: Raw
    lost: str = ""
    formula: str = ""
    mark: str = ""
    typed: bool = False


Rows = tuple[tuple[int, dict[int, Cell]], ...]


@dataclass(frozen=True)
class Grid:
    """A sheet: non-blank rows with their number, cells by column index from 0."""

    title: str
    rows: Rows
    file: str = ""
    structure: Structure = field(default_factory=Structure)

    @property
    def key(self) -> str:
        """Its name among all files read together."""
        return sheet_key(self.file, self.title)

    def with_rows(self, rows: Rows) -> "Grid":
        """The same sheet with other cells."""
        return replace(self, rows=rows)


def ref(row: int, column: int) -> str:
    """Reference of a cell; row from 1, column from 0."""
    return f"{get_column_letter(column + 1)}{row}"
