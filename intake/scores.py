"""Past scores: one row for each judge, entrant and criterion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from competition import fields
from competition.errors import BadInput
from intake.aliases import is_called, plain_name
from intake.cells import decimal_text
from intake.findings import Findings
from intake.panels import are_known
from intake.plan import (
    AssignmentState,
    PlannedAssignment,
    PlannedCriterion,
    PlannedEntrant,
    PlannedJudge,
    PlannedSheet,
)
from intake.tables import Row

COLUMNS = ("entrant", "judge", "criterion", "score", "remark")
NEEDED = ("entrant", "judge", "criterion", "score")
NO_MARK: dict[str, AssignmentState] = {
    "recused": "recused",
    "absent": "absent",
    "blank": "absent",
}
"""Words that stand where a mark would, and what they say of the judge."""

Pair = tuple[str, str]


@dataclass
class Given:
    """One judge's rows for one entrant.

    Attributes
    ----------
    first : Row
        The first row.
    marks : dict
        Criterion's key to decimal text.
    words : dict
        A word of ``NO_MARK`` to its first row.
    rows : dict
        Criterion's key to its row, marked or not.
    """

    first: Row
    marks: dict[str, str] = field(default_factory=dict)
    words: dict[str, Row] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)


def read_scores(
    rows: Sequence[Row],
    entrants: Mapping[str, PlannedEntrant],
    judges: Mapping[str, PlannedJudge],
    rubric: Sequence[PlannedCriterion],
) -> dict[Pair, Given]:
    """The marks by pair; an unreadable mark or an unknown criterion is a stop."""
    by_key = {criterion.key: criterion for criterion in rubric}
    by_name = {plain_name(criterion.line.name): criterion for criterion in rubric}
    by_pair: dict[Pair, Given] = {}
    for row in rows:
        pair = (row.key("entrant"), row.key("judge"))
        key = row.key("criterion")
        criterion = by_key.get(key) or by_name.get(plain_name(key))
        if key and criterion is None:
            row.stop("unknown_criterion", "criterion", value=key)
        if not are_known(row, *pair, entrants, judges) or criterion is None:
            continue
        given = by_pair.setdefault(pair, Given(row))
        if criterion.key in given.rows:
            value = " ".join((*pair, criterion.line.name))
            row.stop("double", "score", value=value, other=given.rows[criterion.key].ref("score"))
            continue
        given.rows[criterion.key] = row
        _take(row, criterion, given)
    return by_pair


def _take(row: Row, criterion: PlannedCriterion, given: Given) -> None:
    """Read the score of a row: a mark, or a word for a missing one."""
    if not row.has("score"):
        given.words.setdefault("blank", row)
        return
    cell = row.cells["score"]
    if isinstance(cell.raw, str) and not cell.lost:
        for word in NO_MARK:
            if is_called(cell.raw, f"word.{word}"):
                given.words.setdefault(word, row)
                row.findings.fix(
                    "no_mark", row.sheet, cell.ref, before=cell.raw, after="", column="score"
                )
                return
    value = row.number_in("score")
    if value is not None:
        _check(row, criterion, value, given)


def _check(row: Row, criterion: PlannedCriterion, value: Decimal, given: Given) -> None:
    line = criterion.line
    bounds: dict[str, Any] = {
        "name": line.name,
        "maximum": int(Decimal(line.maximum) * fields.THOUSAND),
        "step": int(Decimal(line.step) * fields.THOUSAND),
    }
    text = decimal_text(value)
    try:
        fields.parse_mark(text, bounds)
    except BadInput as error:
        row.stop(error.code, "score", **error.values)
        return
    given.marks[criterion.key] = text


def settled(
    assignments: Sequence[PlannedAssignment],
    given: Mapping[Pair, Given],
    sheet: str,
    findings: Findings,
) -> list[PlannedAssignment]:
    """The assignments, with states read from words in place of marks.

    Stops: marks of a judge who is not assigned, recused or absent; a judge with the state
    marked but without marks.
    """
    known = {(a.entrant, a.judge) for a in assignments}
    for pair, one in given.items():
        if pair not in known:
            one.first.stop("not_assigned", "judge", entrant=pair[0], judge=pair[1])
    return [_settle(a, given.get((a.entrant, a.judge)), sheet, findings) for a in assignments]


def _settle(
    assignment: PlannedAssignment, given: Given | None, sheet: str, findings: Findings
) -> PlannedAssignment:
    pair = {"entrant": assignment.entrant, "judge": assignment.judge}
    if given is None or not (given.marks or given.words):
        if assignment.state == "expected":
            findings.stop("no_marks", sheet, assignment.cell, **pair)
        return assignment
    if given.marks:
        if assignment.state != "expected":
            given.first.stop("marks_all_the_same", "score", **pair, state=assignment.state)
        for word in ("recused", "absent"):
            if word in given.words:
                given.words[word].stop("marks_and_word", "score", **pair, state=word)
        return assignment
    word = next(word for word in NO_MARK if word in given.words)
    if assignment.state != "expected":
        return assignment
    before = " ".join(pair.values())
    findings.fix(f"no_sheet_{NO_MARK[word]}", sheet, assignment.cell, before=before, after="")
    return replace(assignment, state=NO_MARK[word])


def past_sheets(
    given: Mapping[Pair, Given], rubric: Sequence[PlannedCriterion], findings: Findings
) -> list[PlannedSheet]:
    """The sheets with marks in the order of the rubric; notes incomplete ones."""
    sheets = []
    for (entrant, judge), one in given.items():
        if not one.marks:
            continue
        marks = {c.key: one.marks[c.key] for c in rubric if c.key in one.marks}
        sheets.append(PlannedSheet(entrant, judge, marks))
        missing = tuple(c.line.name for c in rubric if c.key not in one.marks)
        if missing:
            values = {"entrant": entrant, "judge": judge, "missing": missing}
            findings.note("incomplete", one.first.sheet, one.first.ref("score"), **values)
    return sheets
