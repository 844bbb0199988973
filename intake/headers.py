"""Where a sheet's header lies: which rows, and which names each column bears."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from intake.cells import squeezed
from intake.grids import Cell, Grid
from intake.names import EXACT, decoy_score, header_score
from intake.structure import Area

HEADER_WITHIN = 15
"""How many rows of a sheet may stand above its header."""
DEEPEST = 3
LEAST = 0.6
"""Evidence from which a name counts as known."""
PER_ROW = 0.3
"""What each further row must add to be taken as a part of the header."""
MOST_COLUMNS_OF_TITLE = 1
FEWEST = 2


@dataclass(frozen=True)
class Header:
    """The rows of a header.

    Attributes
    ----------
    first, last : int
        Indexes into the grid's rows; ``last`` is -1 where a sheet has no header.
    parts : mapping
        Column's index to its names, from the upper row to the lower.
    """

    first: int
    last: int
    parts: Mapping[int, tuple[str, ...]]


def text_of(cell: Cell | None) -> str:
    """A cell of a header as one line; "" for a number or no cell."""
    if cell is None or not isinstance(cell.raw, str) or cell.lost:
        return ""
    return squeezed(cell.raw)


def find_header(
    grid: Grid, tables: Mapping[str, Sequence[str]], is_place: Callable[[str], bool]
) -> Header:
    """The rows whose names fit the columns of some table best.

    A row that holds a place is an entrant, however much its words sound like a header's.

    Parameters
    ----------
    tables : mapping
        Table to the ids of its columns.
    """
    best, best_header = 0.0, Header(0, -1, {})
    for header in _candidates(grid):
        if any(is_place(text) for parts in header.parts.values() for text in parts):
            continue
        value = max(_value(header, columns) for columns in tables.values())
        value -= PER_ROW * (header.last - header.first)
        if value > best:
            best, best_header = value, header
    return _extended(grid, best_header)


def _extended(grid: Grid, header: Header) -> Header:
    """The header with the rows below it that merged cells of its last row stand over."""
    last = header.last
    while 0 <= last < len(grid.rows) - 1 and last - header.first < DEEPEST - 1:
        number, (below, cells) = grid.rows[last][0], grid.rows[last + 1]
        is_text = all(text_of(cell) for cell in cells.values())
        is_parted = any(_stands_over(area, number, cells) for area in grid.structure.merged)
        if not (below == number + 1 and is_text and is_parted):
            break
        last += 1
    if last == header.last:
        return header
    return Header(header.first, last, _parts(grid, header.first, last))


def _stands_over(area: Area, number: int, below: Mapping[int, Cell]) -> bool:
    """Whether a merged cell reaches below a row, or spans several cells of the next one."""
    if area.top <= number < area.bottom:
        return True
    is_wide = area.top == number and area.right > area.left
    return is_wide and sum(area.left <= column <= area.right for column in below) > 1


def _candidates(grid: Grid) -> Iterator[Header]:
    """Every header of one to three rows near the top; deeper ones only over merged cells."""
    rows = grid.rows[:HEADER_WITHIN]
    for first in range(len(rows)):
        for last in range(first, min(first + DEEPEST, len(rows))):
            if last > first and not _are_joined(grid, first, last):
                break
            yield Header(first, last, _parts(grid, first, last))


def _are_joined(grid: Grid, first: int, last: int) -> bool:
    """Whether a merged range, or a gap over a name, ties the rows together; no data below."""
    numbers = [grid.rows[at][0] for at in (first, last)]
    if numbers[1] - numbers[0] != last - first:
        return False
    upper, lower = grid.rows[first][1], grid.rows[last][1]
    if len(upper) <= MOST_COLUMNS_OF_TITLE or not all(text_of(cell) for cell in lower.values()):
        return False
    is_merged = any(
        area.top >= numbers[0] and area.bottom <= numbers[1] and area.top <= numbers[0]
        for area in grid.structure.merged
    )
    return is_merged or any(column not in upper for column in lower)


def _parts(grid: Grid, first: int, last: int) -> dict[int, tuple[str, ...]]:
    parts: dict[int, list[str]] = {}
    for number, cells in grid.rows[first : last + 1]:
        covered = {
            column: cells.get(area.left)
            for area in grid.structure.merged
            if area.top <= number <= area.bottom
            for column in range(area.left, area.right + 1)
        }
        for column in {*cells, *covered}:
            text = text_of(cells.get(column) or covered.get(column))
            if text and text not in parts.setdefault(column, []):
                parts[column].append(text)
    return {column: tuple(names) for column, names in sorted(parts.items()) if names}


def _value(header: Header, columns: Sequence[str]) -> float:
    """How many of a table's columns are named, each counted once; decoys count for a third."""
    if len(set(header.parts.values())) < FEWEST:
        return 0.0
    best: dict[str, float] = {}
    aside = 0.0
    for parts in header.parts.values():
        scores = {column: header_score(parts, f"column.{column}") for column in columns}
        column = max(scores, key=lambda key: scores[key])
        if scores[column] < LEAST or decoy_score(parts) >= EXACT > scores[column]:
            aside += 0.3 if decoy_score(parts) >= EXACT else 0.0
            continue
        best[column] = max(best.get(column, 0.0), scores[column])
    return sum(best.values()) + aside if best else 0.0
