"""What villages have done, read from a workbook: a row for a village, a step and a day.

A row whose day is blank says nothing of the step; every other fault stops at its cell.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from competition import typed
from competition.errors import Refused
from competition.programme.reporting import StepDone
from intake.aliases import is_called
from intake.cells import Unreadable, read_code, read_number, shown, written
from intake.findings import Finding, Findings
from intake.grids import Cell, Grid
from intake.saying import column_name
from intake.workbook import read_grids

HEAD_ROWS = 10
WANTED = ("village_code", "programme_step", "done_on")


@dataclass(frozen=True)
class ProgressRead:
    """The steps of a workbook, and what was found in it."""

    done: tuple[StepDone, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def stops(self) -> tuple[Finding, ...]:
        """What must be corrected before anything is entered."""
        return tuple(one for one in self.findings if one.kind == "stop")


@dataclass(frozen=True)
class _Table:
    grid: Grid
    rows: Sequence[tuple[int, dict[int, Cell]]]
    columns: Mapping[str, int]


def read_progress(
    content: bytes, name: str, codes: Collection[str], numbers: Collection[int]
) -> ProgressRead:
    """Read steps done; never raises for a bad file.

    Parameters
    ----------
    codes, numbers
        The villages the reader of the file may report, and the steps there are.
    """
    findings = Findings()
    grids = read_grids(content, findings, name=name)
    tables = [found for grid in grids if (found := _table(grid)) is not None]
    if grids and not tables:
        wanted = ", ".join(column_name(key, "zh") for key in WANTED)
        findings.stop("missing_column", grids[0].key, "", column=wanted, found="")
    done = [row for table in tables for row in _rows(table, set(codes), set(numbers), findings)]
    return ProgressRead(tuple(done), tuple(findings.listed))


def _table(grid: Grid) -> _Table | None:
    for at, (_, cells) in enumerate(grid.rows[:HEAD_ROWS]):
        columns = {
            key: column
            for column, cell in cells.items()
            for key in WANTED
            if not cell.lost and is_called(str(cell.raw), f"column.{key}")
        }
        if len(columns) == len(WANTED):
            return _Table(grid, grid.rows[at + 1 :], columns)
    return None


def _rows(
    table: _Table, codes: set[str], numbers: set[int], findings: Findings
) -> Sequence[StepDone]:
    found: dict[tuple[str, int], str] = {}
    done = []
    for _, cells in table.rows:
        code_cell, step_cell, day_cell = (cells.get(table.columns[key]) for key in WANTED)
        if code_cell is None or step_cell is None or day_cell is None:
            continue
        try:
            code = read_code(code_cell).value
            number = int(read_number(step_cell).value)
        except Unreadable as problem:
            column = column_name(WANTED[0], "zh")
            ref, value = code_cell.ref, shown(code_cell)
            findings.stop(problem.code, table.grid.key, ref, column=column, value=value)
            continue
        day = _day(day_cell)
        key = table.grid.key
        if code not in codes:
            findings.stop("unknown_entrant", key, code_cell.ref, value=code)
        elif number not in numbers:
            findings.stop("unknown_step", key, step_cell.ref, value=str(number))
        elif not day:
            findings.stop("bad_day", key, day_cell.ref, value=shown(day_cell))
        elif (code, number) in found:
            value, other = f"{code} {number}", found[code, number]
            findings.stop("double", key, code_cell.ref, value=value, other=other)
        else:
            found[code, number] = code_cell.ref
            done.append(StepDone(code, number, day))
    return done


def _day(cell: Cell) -> str:
    """A day as ``2022-03-18``; empty for none."""
    if isinstance(cell.raw, datetime | date):
        return cell.raw.isoformat()[:10]
    try:
        return typed.day(written(cell), "done_on")
    except (Refused, Unreadable):
        return ""
