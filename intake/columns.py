"""Which column of a sheet holds which field: names and values give evidence, each field once.

The whole assignment is chosen at once, so that a column that fits two fields goes where it is
missed most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from intake.cells import squeezed
from intake.contents import Known, Sample, evidence
from intake.gazetteer import Gazetteer
from intake.grids import Cell, Grid, ref
from intake.headers import Header, find_header
from intake.names import BRACKETED, EXACT, decoy_score, header_score
from intake.plan import not_imported

BY_VALUES = 0.8
"""Weight of a column's values against its name."""
LEAST = 0.5
"""Evidence below which a column is left alone."""
AT_ITS_WORD = 0.55
"""Evidence that a name which is an alias keeps, whatever the values say: they may be wrong."""
REMEMBERED = 2.0
"""Evidence of a header that a person has assigned before."""
TWICE = ("remark", "order", "session")
"""Columns that may appear a second time without harm."""


@dataclass(frozen=True)
class SheetColumns:
    """The columns of one sheet as they were taken.

    Attributes
    ----------
    fields : mapping
        Field to column's index.
    twice : tuple of int
        Further columns with the very name of a field that another one holds.
    value : float
        How well the table fits the sheet.
    marks : mapping
        Column's index to the header of a column of marks, see `intake.marks_layout`.
    context : mapping
        What the names of sheet and file say of all rows, see `intake.tables.Row`.
    """

    grid: Grid
    table: str
    header: Header
    fields: Mapping[str, int]
    twice: tuple[int, ...] = ()
    value: float = 0.0
    marks: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)

    @property
    def first_row(self) -> int:
        """Index of the first row below the header."""
        return self.header.last + 1

    def letters(self) -> dict[str, str]:
        """Column letter to field, "" for one that is not imported; columns of marks are scores."""
        taken = {column: name for name, column in self.fields.items()}
        taken |= dict.fromkeys(self.marks, "score")
        return {ref(1, column)[:-1]: taken.get(column, "") for column in self.columns}

    @property
    def columns(self) -> list[int]:
        """The indexes of all columns that hold anything."""
        used = {column for _, cells in self.grid.rows[self.first_row :] for column in cells}
        return sorted(used | set(self.header.parts))


@dataclass(frozen=True)
class Context:
    """What mapping a sheet may use besides the sheet.

    Attributes
    ----------
    tables : mapping
        Table to the ids of its columns.
    chosen : mapping
        Column letter to field, as a person chose on the page.
    remembered : mapping
        Plain header to field.
    """

    tables: Mapping[str, Sequence[str]]
    gazetteer: Gazetteer
    known: Known = field(default_factory=Known)
    chosen: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)


def cells_of(grid: Grid, first: int) -> dict[int, list[Cell]]:
    """The cells below the header, by column."""
    by_column: dict[int, list[Cell]] = {}
    for _, cells in grid.rows[first:]:
        for column, cell in cells.items():
            by_column.setdefault(column, []).append(cell)
    return by_column


def samples_of(grid: Grid, header: Header, context: Context) -> dict[int, Sample]:
    """The values below the header, by column; a column without values has an empty sample."""
    below = cells_of(grid, header.last + 1)
    return {
        place: Sample(below.get(place, ()), context.gazetteer, context.known)
        for place in sorted({*below, *header.parts})
    }


def map_columns(
    grid: Grid,
    table: str,
    header: Header,
    context: Context,
    samples: Mapping[int, Sample] | None = None,
) -> SheetColumns:
    """The assignment of a table's fields to the sheet's columns with the most evidence."""
    from scipy.optimize import linear_sum_assignment  # dear to import; few starts read a workbook

    names = context.tables[table]
    samples = samples_of(grid, header, context) if samples is None else samples
    places = list(samples)
    if not places:
        return SheetColumns(grid, table, header, {})
    idle = np.zeros((len(places), len(places)))
    scores = np.zeros((len(places), len(names)))
    for at, place in enumerate(places):
        parts = header.parts.get(place, ())
        if context.remembered.get(header_key(parts)) == not_imported(table):
            idle[at, at] = REMEMBERED
            idle[at, :at] = idle[at, at + 1 :] = -9.0
            continue
        scores[at] = [_score(parts, samples[place], name, context) for name in names]
        idle[at] = -9.0
        idle[at, at] = max(LEAST, decoy_score(parts) * 1.05 if parts else 0.0)
    _choose(scores, idle, places, names, context.chosen)
    rows, columns = linear_sum_assignment(np.hstack([scores, idle]), maximize=True)
    pairs = [(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if c < len(names)]
    fields = {names[c]: places[r] for r, c in pairs}
    value = sum(float(scores[pair]) for pair in pairs)
    twice = _named_twice(header, fields)
    return SheetColumns(grid, table, header, fields, twice, value)


def _score(parts: tuple[str, ...], sample: Sample, name: str, context: Context) -> float:
    if context.remembered and context.remembered.get(header_key(parts)) == name:
        return REMEMBERED
    named = header_score(parts, f"column.{name}")
    score = named + BY_VALUES * evidence(sample, name)
    return max(score, AT_ITS_WORD) if named >= BRACKETED else score


def header_key(parts: Sequence[str]) -> str:
    """A header as it is remembered."""
    return squeezed(" ".join(parts))


def _choose(
    scores: np.ndarray,
    idle: np.ndarray,
    places: Sequence[int],
    names: Sequence[str],
    chosen: Mapping[str, str],
) -> None:
    """Put a person's choices above all evidence."""
    for at, place in enumerate(places):
        letter = ref(1, place)[:-1]
        if letter not in chosen:
            continue
        scores[at] = -9.0
        if chosen[letter] in names:
            scores[at, list(names).index(chosen[letter])] = 99.0
        else:
            idle[at, at] = 99.0


def _named_twice(header: Header, fields: Mapping[str, int]) -> tuple[int, ...]:
    """Columns that bear the very name of a field that another column of that name holds."""
    field_of = {place: name for name, place in fields.items()}

    def is_exact(place: int, name: str) -> bool:
        parts = header.parts.get(place, ())
        return bool(name) and header_score(parts, f"column.{name}") == EXACT

    return tuple(
        place
        for place in header.parts
        if not is_exact(place, field_of.get(place, ""))
        and any(
            is_exact(place, name) and is_exact(at, name) and at != place
            for name, at in fields.items()
            if name not in TWICE
        )
    )


def header_of(grid: Grid, context: Context) -> Header:
    """The sheet's header, over all tables."""
    return find_header(grid, context.tables, context.gazetteer.is_place)
