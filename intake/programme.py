"""Lists of a programme read from a workbook: villages, steps, plans, people, funds, needs.

A village is named by its 12-digit code, or by its name where only one of the list has it. A row
that says nothing is left out; every other fault stops at its cell.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from competition.programme.importing import KINDS, Key, Line
from intake.aliases import is_called
from intake.edits import Edit
from intake.findings import Finding, Findings
from intake.grids import Cell, Grid, ref
from intake.programme_rows import (
    Known,
    read_code,
    read_fund,
    read_need,
    read_new_code,
    read_people,
    read_plan,
    read_step,
    read_village,
)
from intake.repairs import edited
from intake.saying import column_name
from intake.tables import Row
from intake.workbook import read_grids

HEAD_ROWS = 10
PLACE = ("village_code", "village", "township", "county")


@dataclass(frozen=True)
class LinesRead:
    """The lines of a workbook, how many rows say nothing, and what was found in it."""

    lines: tuple[Line, ...] = ()
    left_out: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def stops(self) -> tuple[Finding, ...]:
        """What must be corrected before anything is entered."""
        return tuple(one for one in self.findings if one.kind == "stop")


@dataclass(frozen=True)
class Layout:
    """The columns of a kind: those without which a row says nothing, and the others."""

    needed: tuple[str, ...]
    others: tuple[str, ...]
    read: Callable[[Row, str, Known], Line | None]


@dataclass
class _Reading:
    kind: str
    known: Known
    findings: Findings
    lines: list[Line] = field(default_factory=list)
    seen: dict[Key, str] = field(default_factory=dict)
    left_out: int = 0


def read_lines(
    kind: str, content: bytes, name: str, known: Known, edits: Sequence[Edit] = ()
) -> LinesRead:
    """Read a workbook of one kind, with corrections laid over it; never raises for a bad file."""
    now = _Reading(kind, known, Findings(edits))
    grids = [edited(grid, edits) for grid in read_grids(content, now.findings, name=name)]
    tables = [table for grid in grids if (table := _table(grid, LAYOUTS[kind])) is not None]
    if grids and not tables:
        wanted = " / ".join(column_name(key, "zh") for key in _head(LAYOUTS[kind]))
        heads = [str(cell.raw)[:20] for _, row in grids[0].rows[:1] for cell in row.values()]
        now.findings.stop("missing_column", grids[0].key, "", column=wanted, found=" ".join(heads))
    for grid, first, columns in tables:
        _read_table(now, grid, first, columns)
    return LinesRead(tuple(now.lines), now.left_out, tuple(now.findings.listed))


def _head(layout: Layout) -> tuple[str, ...]:
    return ("village_code", *layout.needed)


def _table(grid: Grid, layout: Layout) -> tuple[Grid, int, dict[str, int]] | None:
    """The first row that has the kind's columns, and where each is."""
    for at, (_, cells) in enumerate(grid.rows[:HEAD_ROWS]):
        columns: dict[str, int] = {}
        for column, cell in cells.items():
            for key in (*PLACE, *layout.needed, *layout.others):
                if not cell.lost and is_called(str(cell.raw), f"column.{key}"):
                    columns.setdefault(key, column)
        has_place = "village_code" in columns or "village" in columns
        if has_place and all(_has(columns, key) for key in layout.needed):
            return grid, at + 1, columns
    return None


def _has(columns: Mapping[str, Any], key: str) -> bool:
    """Whether a column is there, or the one that says the same in another unit."""
    return key in columns or (key == "amount_yuan" and "amount_wan" in columns)


def _read_table(now: _Reading, grid: Grid, first: int, columns: Mapping[str, int]) -> None:
    layout = LAYOUTS[now.kind]
    letters = {name: ref(1, at)[:-1] for name, at in columns.items()}
    for number, cells in _unmerged(grid)[first:]:
        mine = {name: cells[at] for name, at in columns.items() if at in cells}
        if not mine or _is_total(cells):
            continue
        row = Row(grid.key, number, mine, letters, now.findings)
        if not any(_has(mine, key) for key in layout.needed) or not _says(layout, mine):
            now.left_out += 1
            continue
        code = read_new_code(row) if now.kind == "villages" else read_code(row, now.known)
        line = layout.read(row, code, now.known) if code else None
        if line is None:
            continue
        key = KINDS[now.kind].key_of(line)
        if key in now.seen:
            value = " ".join(str(part) for part in key)
            row.stop("double", row.anchor("village_code", "village"), value=value,
                     choices=[row.drop()], other=now.seen[key])  # fmt: skip
            continue
        now.seen[key] = row.ref(row.anchor("village_code", "village"))
        now.lines.append(line)


def _says(layout: Layout, mine: Mapping[str, Cell]) -> bool:
    """Whether the row says the last of what it needs: a step without a day says nothing."""
    return _has(mine, layout.needed[-1])


def _is_total(cells: Mapping[int, Cell]) -> bool:
    return any(
        isinstance(cell.raw, str) and is_called(cell.raw, "word.total") for cell in cells.values()
    )


def _unmerged(grid: Grid) -> list[tuple[int, dict[int, Cell]]]:
    """The rows, each cell of a range merged downwards with what stands at its top.

    A village that has several rows often has its name merged over them.
    """
    by_number = dict(grid.rows)
    rows = {number: dict(cells) for number, cells in grid.rows}
    for area in grid.structure.merged:
        top = by_number.get(area.top, {}).get(area.left)
        if top is None or area.bottom == area.top:
            continue
        for number in range(area.top + 1, area.bottom + 1):
            if number in rows:
                rows[number].setdefault(area.left, replace(top, ref=ref(number, area.left)))
    return sorted(rows.items())


LAYOUTS: dict[str, Layout] = {
    "villages": Layout(("village",), ("households", "residents"), read_village),
    "steps": Layout(("programme_step", "done_on"), (), read_step),
    "plans": Layout(
        ("plan_kind", "finished_on"), ("reviewed_on", "filed_on", "plan_version", "gist"), read_plan
    ),
    "people": Layout(("people_count",), ("source", "said_on"), read_people),
    "funds": Layout(("source", "amount_yuan"), ("amount_wan", "said_on"), read_fund),
    "needs": Layout(("need",), ("asked_on", "offered_by", "matched_on", "met_on"), read_need),
}
"""A kind of list to its columns and what reads a row."""


def columns_of(kind: str) -> tuple[str, ...]:
    """The columns of a kind in the template's order."""
    layout = LAYOUTS[kind]
    place = ("village_code", "county", "township", "village")
    names = (*place, *layout.needed, *layout.others)
    return tuple(dict.fromkeys(name for name in names if name != "amount_wan"))
