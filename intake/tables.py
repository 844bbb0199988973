"""A sheet as a table: its header row is detected, rows are read by column id."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from intake.aliases import aliases, is_called, plain_name
from intake.cells import (
    Reading,
    T,
    Unreadable,
    decimal_text,
    read_code,
    read_key,
    read_lines,
    read_number,
    read_text,
    shown,
    squeezed,
)
from intake.findings import Findings
from intake.workbook import Cell, Grid

HEADER_WITHIN = 15
"""How many rows of a sheet may stand above its header."""


@dataclass(frozen=True)
class Row:
    """One row of a table; an unreadable cell becomes a stop and reads as missing."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    letters: Mapping[str, str]
    findings: Findings

    def ref(self, column: str) -> str:
        """Reference of this row's cell in a column, "D15"."""
        return f"{self.letters.get(column, 'A')}{self.number}"

    def has(self, column: str) -> bool:
        """Whether the cell is not empty."""
        return column in self.cells

    def stop(self, code: str, column: str, **values: object) -> None:
        """Add a stop at this row's cell in a column."""
        self.findings.stop(code, self.sheet, self.ref(column), column=column, **values)

    def text(self, column: str, *, is_needed: bool = False) -> str:
        """One line of text; "" for an empty cell."""
        return self._read(column, read_text, is_needed=is_needed) or ""

    def lines(self, column: str) -> str:
        """Text with line breaks; "" for an empty cell."""
        return self._read(column, lambda cell: Reading(read_lines(cell)), is_needed=False) or ""

    def key(self, column: str, *, is_needed: bool = True) -> str:
        """The key that other sheets use for this row."""
        return self._read(column, read_key, is_needed=is_needed) or ""

    def code(self, column: str, *, is_needed: bool = True) -> str:
        """A place code; "" and a stop for any other text."""
        return self._read(column, read_code, is_needed=is_needed) or ""

    def number_in(self, column: str, *, is_needed: bool = False) -> Decimal | None:
        """A decimal number."""
        return self._read(column, read_number, is_needed=is_needed)

    def whole(self, column: str) -> int | None:
        """A positive whole number."""
        value = self.number_in(column)
        if value is None:
            return None
        if value != value.to_integral_value() or value < 1:
            self.stop("not_whole", column, value=shown(self.cells[column]))
            return None
        return int(value)

    def choice(self, column: str, words: Sequence[str], *, default: str) -> str:
        """The key of the cell's word (``intake.word.<key>``).

        Any other word is a stop that lists the allowed ones.
        """
        text = self.text(column)
        if not text:
            return default
        for word in words:
            if is_called(text, f"word.{word}"):
                return word
        self.stop("unknown_word", column, value=text, allowed=tuple(words))
        return default

    def _read(
        self, column: str, read: Callable[[Cell], Reading[T]], *, is_needed: bool
    ) -> T | None:
        cell = self.cells.get(column)
        if cell is None:
            if is_needed:
                self.stop("blank", column)
            return None
        try:
            reading = read(cell)
        except Unreadable as error:
            self.stop(error.code, column, value=shown(cell))
            return None
        if reading.slip:
            value = reading.value
            after = decimal_text(value) if isinstance(value, Decimal) else value
            self.findings.fix(
                reading.slip, self.sheet, cell.ref, before=cell.raw, after=after, column=column
            )
        return reading.value


def read_table(
    grid: Grid, columns: Sequence[str], needed: Sequence[str], findings: Findings
) -> list[Row]:
    """The rows of a sheet below its header, without blank, sample and total rows.

    Parameters
    ----------
    columns : sequence of str
        Ids of the columns it may have; their names are ``intake.column.<id>``.
    needed : sequence of str
        Required columns; a missing one is a stop.
    """
    head = _header(grid, columns)
    if head is None:
        findings.stop("no_header", grid.title, "A1", columns=tuple(needed))
        return []
    at, places = head
    number, header = grid.rows[at]
    if at:
        findings.fix("title_rows", grid.title, f"A{grid.rows[0][0]}", before=at, after=number)
    if not _is_whole_header(grid, number, header, places, needed, findings):
        return []
    letters = {name: header[place].ref.rstrip("0123456789") for name, place in places.items()}
    rows = [
        Row(
            grid.title,
            row_number,
            {name: cells[place] for name, place in places.items() if place in cells},
            letters,
            findings,
        )
        for row_number, cells in grid.rows[at + 1 :]
        if not _is_aside(grid.title, cells, places, findings)
    ]
    _note_blank_rows(grid, at, findings)
    return [row for row in rows if row.cells]


def _header(grid: Grid, columns: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """Index of the row with the most known names, and the position of each column."""
    best: tuple[int, dict[str, int]] | None = None
    for at, (_, cells) in enumerate(grid.rows[:HEADER_WITHIN]):
        places: dict[str, int] = {}
        for place, cell in cells.items():
            name = _column(cell, columns)
            if name and name not in places:
                places[name] = place
        if places and (best is None or len(places) > len(best[1])):
            best = (at, places)
    return best


def _column(cell: Cell, columns: Sequence[str]) -> str:
    if not isinstance(cell.raw, str):
        return ""
    name = plain_name(cell.raw)
    return next((c for c in columns if name in aliases(f"column.{c}")), "")


def _is_whole_header(
    grid: Grid,
    number: int,
    header: Mapping[int, Cell],
    places: Mapping[str, int],
    needed: Sequence[str],
    findings: Findings,
) -> bool:
    """Whether every required column appears once; notes unused columns."""
    twice = [
        cell
        for place, cell in header.items()
        if (name := _column(cell, tuple(places))) and places[name] != place
    ]
    for cell in twice:
        findings.stop("column_twice", grid.title, cell.ref, value=shown(cell))
    known = set(places.values())
    others = [cell for place, cell in header.items() if place not in known and cell not in twice]
    names = [squeezed(shown(cell)) for cell in others]
    missing = [name for name in needed if name not in places]
    for name in missing:
        findings.stop(
            "missing_column",
            grid.title,
            f"A{number}",
            column=name,
            found=tuple(squeezed(shown(cell)) for cell in header.values()),
        )
    if names and not missing:
        findings.note("unused_columns", grid.title, others[0].ref, columns=tuple(names))
    return not missing and not twice


def _is_aside(
    sheet: str, cells: Mapping[int, Cell], places: Mapping[str, int], findings: Findings
) -> bool:
    """Whether a row is not an entry: a sample line or a row of totals."""
    first = cells[min(cells)]
    note = cells.get(places.get("remark", -1))
    if note is not None and any(
        plain_name(str(note.raw)).startswith(word) for word in aliases("word.sample")
    ):
        findings.fix("sample_row", sheet, first.ref, before=shown(first), after="")
        return True
    if isinstance(first.raw, str) and is_called(first.raw, "word.total"):
        findings.fix("total_row", sheet, first.ref, before=shown(first), after="")
        return True
    return False


def _note_blank_rows(grid: Grid, header: int, findings: Findings) -> None:
    """One fix for all blank rows between the rows of a table."""
    numbers = [number for number, _ in grid.rows[header:]]
    gaps = [(a + 1, b - a - 1) for a, b in pairwise(numbers) if b > a + 1]
    if gaps:
        count = sum(length for _, length in gaps)
        findings.fix("blank_rows", grid.title, f"A{gaps[0][0]}", before=count, after=0)
