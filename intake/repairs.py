"""A sheet made ready for reading: edits laid over it, merged cells filled, formulas computed.

What only a colour or a comment says is noted.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from openpyxl.utils.cell import coordinate_from_string

from intake.columns import SheetColumns
from intake.edits import Edit
from intake.findings import Findings
from intake.formulas import NotComputed, compute
from intake.grids import Cell, Grid, Raw, Rows, ref
from intake.old_formats import PLAIN_NUMBER
from intake.structure import Area, column_number
from intake.words_in_cells import no_mark

DECORATION = 0.34
"""A colour that covers more of a column is how the table looks, not what it says."""
WHOLE_ROW = 3
"""Cells of one colour in a row from which the row is noted, not each cell."""


def edited(grid: Grid, edits: Iterable[Edit]) -> Grid:
    """The sheet with cells set and rows left out."""
    mine = [edit for edit in edits if edit.sheet == grid.key and edit.kind != "accept"]
    if not mine:
        return grid
    rows = {number: dict(cells) for number, cells in grid.rows}
    for edit in mine:
        letters, number = coordinate_from_string(edit.cell)
        if edit.kind == "drop":
            rows.pop(number, None)
            continue
        cells = rows.setdefault(number, {})
        column = column_number(letters)
        cells.pop(column, None)
        if edit.value.strip():
            cells[column] = Cell(edit.cell, _typed(edit.value.strip()), typed=True)
    return grid.with_rows(tuple((n, dict(sorted(c.items()))) for n, c in sorted(rows.items()) if c))


def _typed(value: str) -> Raw:
    if PLAIN_NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value


def computed(grid: Grid, findings: Findings) -> Grid:
    """The sheet with the results of its simple formulas that were stored without one."""
    if not any(cell.lost == "formula" for _, cells in grid.rows for cell in cells.values()):
        return grid
    cells = {(number, at): cell for number, row in grid.rows for at, cell in row.items()}
    rows: list[tuple[int, dict[int, Cell]]] = []
    for number, row in grid.rows:
        rows.append(
            (number, {at: _computed(cell, cells, grid, findings) for at, cell in row.items()})
        )
    return grid.with_rows(tuple(rows))


def _computed(
    cell: Cell, cells: dict[tuple[int, int], Cell], grid: Grid, findings: Findings
) -> Cell:
    if cell.lost != "formula":
        return cell
    try:
        value = compute(cell.formula, cells)
    except NotComputed:
        return cell
    raw = value if isinstance(value, str) else _plain(value)
    findings.fix("computed", grid.key, cell.ref, before=cell.formula, after=raw)
    return replace(cell, raw=raw, lost="", formula="")


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def filled(columns: SheetColumns, findings: Findings) -> SheetColumns:
    """The sheet with merged cells below the header filled down; words like 回避 also across."""
    grid = columns.grid
    if columns.first_row >= len(grid.rows):
        return columns
    first = grid.rows[columns.first_row][0]
    taken = {*columns.fields.values(), *columns.marks}
    rows = {number: dict(cells) for number, cells in grid.rows}
    for area in grid.structure.merged:
        if area.top < first or area.left not in taken:
            continue
        source = rows.get(area.top, {}).get(area.left)
        is_word = source is not None and no_mark(source) != ""
        if source is None or (area.right > area.left and not is_word):
            continue
        _fill(rows, area, source, taken, grid.key, findings)
    kept: Rows = tuple((n, dict(sorted(cells.items()))) for n, cells in sorted(rows.items()))
    return replace(columns, grid=grid.with_rows(kept))


def _fill(
    rows: dict[int, dict[int, Cell]],
    area: Area,
    source: Cell,
    taken: set[int],
    sheet: str,
    findings: Findings,
) -> None:
    name = f"{ref(area.top, area.left)}:{ref(area.bottom, area.right)}"
    findings.fix("merged", sheet, source.ref, before=name, after=source.raw)
    for number in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            at = ref(number, column)
            if number not in rows or column not in taken or at == source.ref:
                continue
            rows[number][column] = replace(source, ref=at, typed=True)
            findings.fix("filled", sheet, at, before="", after=source.raw)


def note_appearance(columns: SheetColumns, findings: Findings) -> None:
    """List hidden rows and columns, which are read; note comments, colours and struck cells."""
    grid = columns.grid
    below = grid.rows[columns.first_row :]
    numbers = {number for number, _ in below}
    for number in sorted(grid.structure.hidden_rows & numbers):
        findings.fix("hidden_row", grid.key, f"A{number}", before=number, after=number)
    for column in sorted(grid.structure.hidden_columns & set(columns.columns)):
        letter = ref(1, column)[:-1]
        at = f"{letter}{grid.rows[max(columns.header.last, 0)][0]}"
        findings.fix("hidden_column", grid.key, at, before=letter, after=letter)
    for at, text in grid.structure.comments.items():
        findings.note("comment", grid.key, at, text=text)
    _note_colours(below, grid.key, findings)


def _note_colours(
    below: Sequence[tuple[int, dict[int, Cell]]], sheet: str, findings: Findings
) -> None:
    counts = Counter(
        (column, cell.mark) for _, cells in below for column, cell in cells.items() if cell.mark
    )
    for _, cells in below:
        telling = [
            cell
            for column, cell in cells.items()
            if cell.mark
            and (cell.mark == "strike" or counts[column, cell.mark] <= DECORATION * len(below))
        ]
        shown = telling[:1] if len(telling) >= WHOLE_ROW else telling
        for cell in shown:
            code = "struck" if cell.mark == "strike" else "colour"
            findings.note(code, sheet, cell.ref, value=str(cell.raw)[:40])
