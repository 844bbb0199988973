"""Sheets of marks: one mark a row, a column for each criterion, a column for each judge, or both.

Whatever the layout, marks leave here one by one, each with its row, criterion and judge.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from intake.aliases import is_called
from intake.cells import Unreadable, decimal_text, read_number
from intake.columns import SheetColumns, cells_of
from intake.contents import Sample, evidence
from intake.edits import Choice, Edit
from intake.findings import Findings
from intake.gazetteer import Gazetteer
from intake.grids import Cell, ref
from intake.names import BRACKETS, EXACT, decoy_score
from intake.plan import PlannedCriterion, PlannedJudge
from intake.references import Named, numbered_judge
from intake.table_rows import header_name
from intake.tables import Row

LIKE_MARKS = 0.25
"""Evidence of its values from which a column may hold marks."""


@dataclass(frozen=True)
class Mark:
    """One cell of a sheet of marks.

    Attributes
    ----------
    row : Row
        Its row; the column "score" is the mark's, whichever of several it stands in.
    criterion, judge
        As the column's header tells; None where the row tells.
    """

    row: Row
    criterion: PlannedCriterion | None = None
    judge: PlannedJudge | None = None


def with_marks(columns: SheetColumns, gazetteer: Gazetteer) -> SheetColumns:
    """The sheet with its columns of marks: named, not totals, and holding marks."""
    if "score" in columns.fields and "criterion" in columns.fields:
        return columns
    below = cells_of(columns.grid, columns.first_row)
    taken = set(columns.fields.values()) - {columns.fields.get("score", -1)}
    marks = {
        at: parts
        for at, parts in columns.header.parts.items()
        if at not in taken
        and decoy_score(parts[-1:]) < EXACT
        and evidence(Sample(below.get(at, ()), gazetteer), "score") >= LIKE_MARKS
    }
    if len(marks) < 2:
        return columns
    fields = {name: at for name, at in columns.fields.items() if name != "score"}
    return replace(columns, fields=fields, marks=marks)


@dataclass(frozen=True)
class Heads:
    """What each column of marks is of."""

    criteria: Mapping[int, PlannedCriterion]
    judges: Mapping[int, PlannedJudge]


def heads(
    columns: SheetColumns,
    rubric: Named[PlannedCriterion],
    judges: Named[PlannedJudge],
    findings: Findings,
) -> Heads:
    """Criterion and judge of each column of marks; a header that names neither is a stop."""
    criteria: dict[int, PlannedCriterion] = {}
    persons: dict[int, PlannedJudge] = {}
    for at, parts in columns.marks.items():
        for part in parts:
            judge = judges.called(part) or numbered_judge(part, judges)
            criterion = None if judge else rubric.within(part)
            if judge is not None:
                persons[at] = judge
            if criterion is not None:
                criteria[at] = criterion
    for at in columns.marks if rubric.listed and judges.listed else ():
        if at not in criteria and at not in persons:
            _guess(columns, at, rubric, criteria, findings)
    _stop_totals(columns, rubric, criteria, findings)
    return Heads(criteria, persons)


def _stop_totals(
    columns: SheetColumns,
    rubric: Named[PlannedCriterion],
    criteria: Mapping[int, PlannedCriterion],
    findings: Findings,
) -> None:
    """Stop where a sheet has one mark for several criteria: totals cannot be parted."""
    is_told = bool(criteria) or any(
        name in columns.fields for name in ("criterion", "criterion_name")
    )
    if is_told or len(rubric.listed) < 2:
        return
    at = min(columns.marks, default=columns.fields.get("score", 0))
    row = columns.grid.rows[max(columns.header.last, 0)][0]
    findings.stop("totals_only", columns.grid.key, ref(row, at))


def _guess(
    columns: SheetColumns,
    at: int,
    rubric: Named[PlannedCriterion],
    criteria: dict[int, PlannedCriterion],
    findings: Findings,
) -> None:
    """Stop at a header that is no criterion; those not yet taken are proposed."""
    name = header_name(columns, at)
    left = [one for one in rubric.listed if one not in criteria.values()]
    if not left:
        return  # every criterion has its column: this one is something else
    cell = ref(columns.grid.rows[columns.header.last][0], at)
    alike = rubric.sounding(name)
    if alike in left and alike is not None:
        criteria[at] = alike
        findings.fix("header", columns.grid.key, cell, before=name, after=alike.line.name)
        return
    near = [one for one in rubric.near(name) if one in left] or left
    ways = [
        Choice(one.line.name, Edit("set", columns.grid.key, cell, one.line.name)) for one in near
    ]
    findings.stop("unknown_criterion", columns.grid.key, cell, choices=ways, value=name)


def marks_of(columns: SheetColumns, rows: Sequence[Row], heads: Heads) -> Iterator[Mark]:
    """The marks of all rows, one by one."""
    if not columns.marks:
        for row in rows:
            yield Mark(row)
        return
    cells = dict(columns.grid.rows)
    for row in rows:
        for at in columns.marks:
            if at in heads.criteria or at in heads.judges:
                cell = cells[row.number].get(at)
                mark = _with_score(row, at, cell)
                yield Mark(mark, heads.criteria.get(at), heads.judges.get(at))


def _with_score(row: Row, at: int, cell: Cell | None) -> Row:
    cells = {**row.cells, "score": cell} if cell is not None else row.cells
    return replace(row, cells=cells, letters={**row.letters, "score": ref(1, at)[:-1]})


def note_totals(columns: SheetColumns, findings: Findings) -> None:
    """Note a written total that is not the sum of its row's marks; the marks are what is taken."""
    at = next((c for c, parts in columns.header.parts.items() if _is_sum(parts[-1])), None)
    is_plain = all(len(parts) == 1 for parts in columns.marks.values())
    if at is None or not columns.marks or not is_plain:
        return  # a column for each judge: its total is no sum of one row
    for _, cells in columns.grid.rows[columns.first_row :]:
        marks = [_number(cells.get(place)) for place in columns.marks]
        total = _number(cells.get(at))
        if total is None or None in marks or at in columns.marks:
            continue
        summed = sum((mark for mark in marks if mark is not None), Decimal())
        if summed != total:
            value, text = decimal_text(total), decimal_text(summed)
            findings.note("total_differs", columns.grid.key, cells[at].ref, value=value, total=text)


def _is_sum(name: str) -> bool:
    return is_called(BRACKETS.sub("", name), "word.sum")


def _number(cell: Cell | None) -> Decimal | None:
    if cell is None:
        return None
    try:
        return read_number(cell).value
    except Unreadable:
        return None
