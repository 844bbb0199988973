"""Scores given elsewhere: one row for each judge, entrant and criterion."""

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
    """What one judge gave one entrant.

    Attributes
    ----------
    first : Row
        The first of their rows.
    marks : dict
        Criterion's key to decimal text.
    words : dict
        A word of ``NO_MARK`` to the first row that has it.
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
    """Every mark by pair; what is no mark, or no mark of this rubric, is a stop."""
    by_key = {criterion.key: criterion for criterion in rubric}
    by_name = {plain_name(criterion.line.name): criterion for criterion in rubric}
    found: dict[Pair, Given] = {}
    for row in rows:
        pair = (row.key("entrant"), row.key("judge"))
        key = row.key("criterion")
        criterion = by_key.get(key) or by_name.get(plain_name(key))
        if key and criterion is None:
            row.stop("unknown_criterion", "criterion", value=key)
        if not are_known(row, *pair, entrants, judges) or criterion is None:
            continue
        given = found.setdefault(pair, Given(row))
        if criterion.key in given.rows:
            value = " ".join((*pair, criterion.line.name))
            row.stop("double", "score", value=value, other=given.rows[criterion.key].ref("score"))
            continue
        given.rows[criterion.key] = row
        _take(row, criterion, given)
    return found


def _take(row: Row, criterion: PlannedCriterion, given: Given) -> None:
    """Read the score of a row: a mark, or a word that says why there is none."""
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
    """The assignments after the scores: a word in place of marks says who did not mark.

    Marks of a judge who is not assigned, recused or absent, and a judge who is said to have
    marked and has no mark, are stops.
    """
    known = {(a.entrant, a.judge) for a in assignments}
    for pair, found in given.items():
        if pair not in known:
            found.first.stop("not_assigned", "judge", entrant=pair[0], judge=pair[1])
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
    """The sheets with their marks in the order of the rubric; notes those that lack one."""
    sheets = []
    for (entrant, judge), found in given.items():
        if not found.marks:
            continue
        marks = {c.key: found.marks[c.key] for c in rubric if c.key in found.marks}
        sheets.append(PlannedSheet(entrant, judge, marks))
        missing = tuple(c.line.name for c in rubric if c.key not in found.marks)
        if missing:
            values = {"entrant": entrant, "judge": judge, "missing": missing}
            findings.note("incomplete", found.first.sheet, found.first.ref("score"), **values)
    return sheets
