"""Past scores: the marks of each judge for each entrant, whatever the layout of their sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from competition import fields
from competition.errors import BadInput
from competition.rounds.rubric import Criterion
from intake.cells import decimal_text
from intake.edits import Choice
from intake.findings import Findings
from intake.marks_layout import Mark
from intake.panels import PLACED_BY, known_pair
from intake.plan import PlannedAssignment, PlannedCriterion, PlannedJudge, PlannedSheet
from intake.references import Entrants, Named, judge_of
from intake.tables import Row
from intake.words_in_cells import NO_MARK, no_mark

COLUMNS = (
    *PLACED_BY,
    "judge",
    "name",
    "session",
    "order",
    "criterion",
    "criterion_name",
    "score",
    "state",
    "remark",
)
NEEDED = (PLACED_BY, ("score",))
SAID_IN = ("score", "state", "remark")
"""Where a word stands that says why there is no mark."""
CRITERION_BY = ("criterion", "criterion_name")

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
    is_unread : bool
        Whether a mark of it stopped, so that it is no blank sheet.
    """

    first: Row
    marks: dict[str, str] = field(default_factory=dict)
    words: dict[str, Row] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    is_unread: bool = False


@dataclass
class Scores:
    """What the sheets of marks say.

    Attributes
    ----------
    given : dict
        By pair of entrant and judge.
    lost_entrants, lost_judges : set
        Whose rows name a judge, or an entrant, that stopped: what is missing of them is not said.
    """

    given: dict[Pair, Given] = field(default_factory=dict)
    lost_entrants: set[str] = field(default_factory=set)
    lost_judges: set[str] = field(default_factory=set)

    @property
    def firsts(self) -> dict[Pair, Row]:
        """The first row of each pair."""
        return {pair: one.first for pair, one in self.given.items()}

    def is_lost(self, entrant: str, judge: str) -> bool:
        """Whether a row of one of them could not be read, so that marks may seem to miss."""
        return entrant in self.lost_entrants or judge in self.lost_judges


def read_scores(
    marks: Iterable[Mark],
    entrants: Entrants,
    judges: Named[PlannedJudge],
    rubric: Named[PlannedCriterion],
) -> Scores:
    """The marks by pair; an unreadable mark or an unknown criterion is a stop."""
    scores = Scores()
    pairs: dict[tuple[str, int, str], Pair | None] = {}
    for mark in marks:
        row = mark.row
        place = (row.sheet, row.number, mark.judge.key if mark.judge else "")
        if place not in pairs:
            pairs[place] = _pair(mark, entrants, judges, scores)
        pair = pairs[place]
        criterion = mark.criterion or _criterion(row, rubric)
        if pair is None or criterion is None:
            continue
        given = scores.given.setdefault(pair, Given(row))
        if criterion.key in given.rows:
            _stop_double(mark, pair, criterion, given)
            continue
        given.rows[criterion.key] = row
        _take(row, criterion, given)
    return scores


def _pair(
    mark: Mark, entrants: Entrants, judges: Named[PlannedJudge], scores: Scores
) -> Pair | None:
    """Entrant and judge of a row; None, with a stop, where one of them is not known."""
    entrant = entrants.of(mark.row)
    judge = mark.judge or judge_of(mark.row, judges)
    if entrant is None and judge is not None:
        scores.lost_judges.add(judge.key)
    if judge is None and entrant is not None:
        scores.lost_entrants.add(entrant.key)
    return known_pair(mark.row, entrant, judge)


def _criterion(row: Row, rubric: Named[PlannedCriterion]) -> PlannedCriterion | None:
    column = next((name for name in CRITERION_BY if row.has(name)), "")
    if not rubric.listed:
        return None  # said once, of the list
    if not column:
        if len(rubric.listed) == 1:
            return rubric.listed[0]
        at = next((name for name in CRITERION_BY if name in row.letters), "")
        if at:
            row.stop("blank", at)
        return None
    key = row.key(column) if column == "criterion" else row.text(column)
    criterion = rubric.called(key) or rubric.called(row.raw(column))
    if criterion is None and key:
        ways = [row.put(column, one.key, one.line.name) for one in rubric.near(row.raw(column))]
        row.stop("unknown_criterion", column, choices=ways, value=key)
    return criterion


def _stop_double(mark: Mark, pair: Pair, criterion: PlannedCriterion, given: Given) -> None:
    """One stop for a mark, or for a whole row where a row is a sheet."""
    row, other = mark.row, given.rows[criterion.key]
    at = "score" if mark.criterion is None else row.anchor("judge", "name", "score")
    value = " ".join((*pair, criterion.line.name) if at == "score" else pair)
    row.stop(
        "double",
        at,
        choices=[row.drop()],
        also=[other.place(at)],
        value=value,
        other=other.ref(at) if other.sheet == row.sheet else other.place(at),
    )


def _take(row: Row, criterion: PlannedCriterion, given: Given) -> None:
    """Read the score of a row: a mark, or a word for a missing one."""
    column = next((name for name in SAID_IN if row.has(name)), "")
    word = no_mark(row.cells[column]) if column else "blank"
    if word and (column != "remark" or word != "blank"):
        given.words.setdefault(word, row)
        if column:
            row.fix("no_mark", column, row.cells[column].raw, word)
        return
    if not row.has("score"):
        given.words.setdefault("blank", row)
        return
    value = row.number_in("score")
    if value is not None:
        _check(row, criterion, value, given)
    given.is_unread |= row.is_stopped("score")


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
        row.stop(error.code, "score", choices=_slipped(row, value, line), **error.values)
        return
    given.marks[criterion.key] = text


def _slipped(row: Row, value: Decimal, line: Criterion) -> list[Choice]:
    """The mark with the decimal point that was left out, where it fits: 265 of 30 for 26.5."""
    tenth = value / 10
    fits = 0 < tenth <= Decimal(line.maximum) < value and tenth % Decimal(line.step) == 0
    return [row.put("score", decimal_text(tenth))] if fits else []


def settled(
    assignments: Sequence[PlannedAssignment], scores: Scores, sheet: str, findings: Findings
) -> list[PlannedAssignment]:
    """The assignments, with states read from words in place of marks.

    Stops: marks of a judge who is not assigned, recused or absent; a judge with the state
    marked but without marks.
    """
    known = {(a.entrant, a.judge) for a in assignments}
    for pair, one in scores.given.items():
        if pair not in known:
            at = one.first.anchor("judge", "name", "score")
            one.first.stop("not_assigned", at, entrant=pair[0], judge=pair[1])
    return [_settle(a, scores, sheet, findings) for a in assignments]


def assigned_by_marks(scores: Scores, findings: Findings) -> list[PlannedAssignment]:
    """The assignments that the sheets of marks themselves name, where no sheet lists panels."""
    assignments = []
    for (entrant, judge), one in scores.given.items():
        at = one.first.anchor("judge", "name", "score")
        assignments.append(
            PlannedAssignment(
                entrant, judge, "expected", cell=one.first.ref(at), sheet=one.first.sheet
            )
        )
    if assignments:
        findings.note("panels_by_marks", assignments[0].sheet, count=len(assignments))
    return assignments


def _settle(
    assignment: PlannedAssignment, scores: Scores, sheet: str, findings: Findings
) -> PlannedAssignment:
    pair: dict[str, Any] = {"entrant": assignment.entrant, "judge": assignment.judge}
    given = scores.given.get((assignment.entrant, assignment.judge))
    if given is None or not (given.marks or given.words):
        is_told = given is not None or scores.is_lost(**pair)
        if assignment.state == "expected" and not is_told:
            findings.stop("no_marks", assignment.sheet or sheet, assignment.cell, **pair)
        return assignment
    if given.marks or given.is_unread:
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
    findings.fix(
        f"no_sheet_{NO_MARK[word]}",
        assignment.sheet or sheet,
        assignment.cell,
        before=before,
        after="",
    )
    return replace(assignment, state=NO_MARK[word])


def past_sheets(
    scores: Scores, rubric: Sequence[PlannedCriterion], findings: Findings
) -> list[PlannedSheet]:
    """The sheets with marks in the order of the rubric; notes incomplete ones."""
    sheets = []
    for (entrant, judge), one in scores.given.items():
        if not one.marks:
            continue
        marks = {c.key: one.marks[c.key] for c in rubric if c.key in one.marks}
        sheets.append(PlannedSheet(entrant, judge, marks))
        missing = tuple(c.line.name for c in rubric if c.key not in one.marks)
        if missing and not one.is_unread:
            values: dict[str, Any] = {"entrant": entrant, "judge": judge, "missing": missing}
            blank = [one.rows[c.key] for c in rubric if c.key in one.rows and c.key not in marks]
            for row in blank or [one.first]:
                findings.note("incomplete", row.sheet, row.ref("score"), **values)
    return sheets
