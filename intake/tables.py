"""One row of a table, read by column id: cells as text, codes and numbers, stops and proposals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from intake.aliases import is_called
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
)
from intake.edits import Choice, Edit
from intake.findings import Findings, place_of
from intake.grids import Cell


@dataclass(frozen=True)
class Row:
    """One row of a table; an unreadable cell becomes a stop and reads as missing.

    Attributes
    ----------
    context : mapping
        What the sheet's or the file's name or a heading says of all its rows: the code of a
        county, a judge.
    """

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    letters: Mapping[str, str]
    findings: Findings
    context: Mapping[str, str] = field(default_factory=dict)

    def ref(self, column: str) -> str:
        """Reference of this row's cell in a column, "D15"."""
        return f"{self.letters.get(column, 'A')}{self.number}"

    def has(self, column: str) -> bool:
        """Whether the cell is not empty."""
        return column in self.cells

    def anchor(self, *columns: str) -> str:
        """The first of some columns that this row has, else the first that its sheet has."""
        mine = [name for name in columns if self.has(name)]
        there = [name for name in columns if name in self.letters]
        return (mine or there or list(columns))[0]

    def place(self, column: str) -> str:
        """The same with its sheet, and its file where several are read."""
        return place_of(self.sheet, self.ref(column))

    def stop(
        self,
        code: str,
        column: str,
        *,
        choices: Sequence[Choice] = (),
        also: Sequence[str] = (),
        **values: object,
    ) -> None:
        """Add a stop at this row's cell in a column."""
        at = self.ref(column)
        self.findings.stop(
            code, self.sheet, at, choices=choices, also=also, column=column, **values
        )

    def put(self, column: str, value: str, shown: str = "") -> Choice:
        """The proposal to write a value into a cell of this row."""
        return Choice(shown or value, Edit("set", self.sheet, self.ref(column), value))

    def drop(self) -> Choice:
        """The proposal to leave this row out."""
        cell = f"A{self.number}"
        return Choice(str(self.number), Edit("drop", self.sheet, cell))

    def keep(self, code: str, column: str) -> Choice:
        """The proposal to accept what a stop names as it stands."""
        return Choice("", Edit("accept", self.sheet, self.ref(column), code))

    def is_accepted(self, code: str, column: str) -> bool:
        """Whether a person accepted what a stop would name at this row's cell in a column."""
        return self.findings.is_accepted(code, self.sheet, self.ref(column))

    def is_stopped(self, column: str) -> bool:
        """Whether a stop is listed at this row's cell in a column."""
        return self.findings.is_stopped_at(self.sheet, self.ref(column))

    def fix(self, code: str, column: str, before: object, after: object) -> None:
        """Add a correction at this row's cell in a column."""
        at = self.ref(column)
        self.findings.fix(code, self.sheet, at, before=before, after=after, column=column)

    def text(self, column: str, *, is_needed: bool = False) -> str:
        """One line of text; "" for an empty cell."""
        return self._read(column, read_text, is_needed=is_needed) or ""

    def raw(self, column: str) -> str:
        """What stands in a cell, for a message; "" for an empty one."""
        return shown(self.cells[column]) if column in self.cells else ""

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
            ways = [self.put(column, value) for value in error.proposals]
            self.stop(error.code, column, choices=ways, value=shown(cell))
            return None
        if reading.slip and not cell.typed:
            value = reading.value
            after = decimal_text(value) if isinstance(value, Decimal) else value
            self.findings.fix(
                reading.slip, self.sheet, cell.ref, before=cell.raw, after=after, column=column
            )
        return reading.value
