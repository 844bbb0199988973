"""The sheets that count: who scored whom, and each sheet's total, exact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import lcm
from typing import Any

import numpy as np
import pandas as pd

from scoring.cautions import Caution
from scoring.errors import (
    DuplicateSheet,
    MarkOffStep,
    MarkOutOfRange,
    MissingRubric,
    MissingValue,
    NotANumber,
    UnknownCriterion,
)
from scoring.exact import (
    INT64_SAFE,
    Floats,
    Integers,
    decimal_text,
    divide_rounded,
    scaled_integers,
)
from scoring.input.columns import require_columns
from scoring.input.rubric import Criterion
from scoring.input.rules import Rules

Ids = list[Any]


@dataclass(frozen=True)
class Sheets:
    """Counted sheets, sorted by entrant, then judge.

    Attributes
    ----------
    entrants, judges : list
        Ids, sorted; indices below point into them. Some may have no sheet.
    entrant, judge : int arrays, one per sheet
    units, denominator
        A sheet's total is units / denominator, exactly.
    marks, marks_denominator
        Whole-number marks, sheets × criteria, over one denominator; no columns without rubric.
    criteria : tuple of Criterion
    cautions : tuple of Caution
    """

    entrants: Ids
    judges: Ids
    entrant: Integers
    judge: Integers
    units: Integers
    denominator: int
    marks: Integers
    marks_denominator: int
    criteria: tuple[Criterion, ...]
    cautions: tuple[Caution, ...] = ()

    @property
    def totals(self) -> Floats:
        """Each sheet's total as a float."""
        return self.units.astype(float) / self.denominator

    def keep(self, wanted: Integers) -> "Sheets":
        """Only the sheets where `wanted` is true; ids stay."""
        return replace(
            self,
            entrant=self.entrant[wanted],
            judge=self.judge[wanted],
            units=self.units[wanted],
            marks=self.marks[wanted],
        )

    def per_entrant(self) -> Integers:
        """Counted sheets of each entrant."""
        return np.bincount(self.entrant, minlength=len(self.entrants))

    def per_judge(self) -> Integers:
        """Counted sheets of each judge."""
        return np.bincount(self.judge, minlength=len(self.judges))

    def rows_of(self, members: Iterable[int]) -> Integers:
        """Where the sheets of some entrants stand, in their order."""
        wanted = np.sort(np.fromiter(members, dtype=np.int64))
        first = np.searchsorted(self.entrant, wanted, side="left")
        n = np.searchsorted(self.entrant, wanted, side="right") - first
        return np.asarray(np.repeat(first - np.cumsum(n) + n, n) + np.arange(int(n.sum())))

    def slices(self) -> list[slice]:
        """Where each entrant's sheets stand."""
        ends = np.cumsum(self.per_entrant())
        return [slice(int(e - n), int(e)) for e, n in zip(ends, self.per_entrant(), strict=True)]


def order_ids(ids: Iterable[Any]) -> Ids:
    """Ids in one order that does not depend on where they came from."""
    return sorted(ids, key=lambda value: (type(value).__name__, value))


def read_sheets(
    scores: pd.DataFrame,
    criteria: tuple[Criterion, ...],
    rules: Rules,
    *,
    known: Sequence[Any] = (),
) -> Sheets:
    """Read a long table of scores into sheets.

    Parameters
    ----------
    scores
        entrant, judge, [criterion,] score; one row each.
    criteria
        The rubric; empty where each score is a sheet's total.
    known
        Entrants who are listed even without a sheet.

    Raises
    ------
    MissingColumn, DuplicateColumn, MissingRubric, MissingValue, NotANumber, DuplicateSheet,
    UnknownCriterion, MarkOutOfRange, MarkOffStep
    """
    _check_columns(scores, criteria)
    entrants, entrant = _ids(scores, "entrant", known)
    judges, judge = _ids(scores, "judge", ())
    column = _criterion_index(scores, criteria)
    marks, denominator, missing = _numbers(scores)
    width = max(len(criteria), 1)
    cell = (entrant * max(len(judges), 1) + judge) * width + column
    order = np.argsort(cell, kind="stable")
    cell, marks, missing = cell[order], marks[order], missing[order]
    twice = np.flatnonzero(cell[1:] == cell[:-1])
    if len(twice):
        row = order[twice[0]]
        raise DuplicateSheet(entrant=entrants[entrant[row]], judge=judges[judge[row]])
    for index, criterion in enumerate(criteria):
        here = (cell % width == index) & ~missing
        _check_marks(scores, order[here], marks[here], denominator, criterion)
    sheet, first, filled = np.unique(cell // width, return_index=True, return_counts=True)
    holes = np.bincount(np.repeat(np.arange(len(sheet)), filled), weights=missing)
    complete = (filled == width) & (holes == 0)
    rows = first[complete][:, None] + np.arange(width)
    sheets = Sheets(
        entrants=entrants,
        judges=judges,
        entrant=sheet[complete] // max(len(judges), 1),
        judge=sheet[complete] % max(len(judges), 1),
        units=marks[rows[:, 0]] if not criteria else np.zeros(len(rows), dtype=np.int64),
        denominator=denominator,
        marks=marks[rows] if criteria else np.zeros((len(rows), 0), dtype=np.int64),
        marks_denominator=denominator,
        criteria=criteria,
        cautions=_incomplete(sheet[~complete], entrants, judges, bool(criteria)),
    )
    return _round_totals(_weigh(sheets, rules), rules)


def _check_columns(scores: pd.DataFrame, criteria: tuple[Criterion, ...]) -> None:
    needed = ["entrant", "judge", "score"] + (["criterion"] if criteria else [])
    require_columns(scores, "scores", needed)
    if not criteria and "criterion" in scores.columns:
        raise MissingRubric()


def _ids(scores: pd.DataFrame, name: str, known: Sequence[Any]) -> tuple[Ids, Integers]:
    codes, uniques = pd.factorize(scores[name], use_na_sentinel=True)
    if (codes < 0).any():
        raise MissingValue(table="scores", column=name, row=int(np.argmax(codes < 0)) + 1)
    seen = [value.item() if isinstance(value, np.generic) else value for value in uniques]
    ids = order_ids({*seen, *known})
    place = {value: index for index, value in enumerate(ids)}
    table = np.array([place[value] for value in seen], dtype=np.int64)
    return ids, table[codes] if len(codes) else np.zeros(0, dtype=np.int64)


def _criterion_index(scores: pd.DataFrame, criteria: tuple[Criterion, ...]) -> Integers:
    if not criteria:
        return np.zeros(len(scores), dtype=np.int64)
    place = {criterion.name: index for index, criterion in enumerate(criteria)}
    codes, uniques = pd.factorize(scores["criterion"], use_na_sentinel=True)
    for value in uniques:
        if value not in place:
            raise UnknownCriterion(criterion=value, known=", ".join(map(str, place)))
    if (codes < 0).any():
        raise MissingValue(table="scores", column="criterion", row=int(np.argmax(codes < 0)) + 1)
    table = np.array([place[value] for value in uniques], dtype=np.int64)
    return table[codes] if len(codes) else np.zeros(0, dtype=np.int64)


def _numbers(scores: pd.DataFrame) -> tuple[Integers, int, Integers]:
    try:
        return scaled_integers(scores["score"])
    except NotANumber as error:
        value = error.values["value"]
        row = next(i for i, other in enumerate(scores["score"]) if other is value or other == value)
        raise NotANumber(value=value, table="scores", column="score", row=row + 1) from None


def _check_marks(
    scores: pd.DataFrame,
    rows: Integers,
    marks: Integers,
    denominator: int,
    criterion: Criterion,
) -> None:
    high = criterion.maximum
    outside = (marks < 0) | (marks * high.denominator > high.numerator * denominator)
    if outside.any():
        raise MarkOutOfRange(**_where(scores, rows, outside), low=0, high=decimal_text(high))
    if criterion.step is not None:
        grain = criterion.step * denominator
        off = (marks * grain.denominator) % grain.numerator != 0
        if off.any():
            raise MarkOffStep(**_where(scores, rows, off), step=decimal_text(criterion.step))


def _where(scores: pd.DataFrame, rows: Integers, wrong: Integers) -> dict[str, Any]:
    row = scores.iloc[int(rows[np.argmax(wrong)])]
    return {
        "entrant": row["entrant"],
        "judge": row["judge"],
        "criterion": row["criterion"],
        "mark": row["score"],
    }


def _incomplete(
    cells: Integers, entrants: Ids, judges: Ids, by_criterion: bool
) -> tuple[Caution, ...]:
    width = max(len(judges), 1)
    code = "incomplete_sheet" if by_criterion else "blank_score"
    return tuple(
        Caution(code, {"entrant": entrants[c // width], "judge": judges[c % width]}) for c in cells
    )


def _weigh(sheets: Sheets, rules: Rules) -> Sheets:
    """Totals: the weighted sum of marks on the printed scale, as whole numbers."""
    if not sheets.criteria:
        return sheets
    scale = rules.exact("scale_max")
    shares = [c.weight * scale / c.maximum / sheets.marks_denominator for c in sheets.criteria]
    denominator = lcm(*(share.denominator for share in shares))
    factors = [share.numerator * (denominator // share.denominator) for share in shares]
    largest = int(sheets.marks.max(initial=0))
    kind: type = np.int64 if sum(factors) * largest < INT64_SAFE else object
    units = (sheets.marks.astype(kind) * np.array(factors, dtype=kind)).sum(axis=1)
    return replace(sheets, units=units, denominator=denominator)


def _round_totals(sheets: Sheets, rules: Rules) -> Sheets:
    """The first rounding point: each total to `sheet_decimals`, before any method."""
    if rules.sheet_decimals is None or not len(sheets.units):
        return sheets
    scale = 10**rules.sheet_decimals
    units = sheets.units
    if 4 * int(np.abs(units).max()) * scale >= INT64_SAFE or sheets.denominator >= INT64_SAFE // 4:
        units = units.astype(object)
    rounded = divide_rounded(units * scale, sheets.denominator, rules.rounding)
    safe = int(np.abs(rounded).max()) < INT64_SAFE
    changed = (rounded * sheets.denominator != units * scale) if not sheets.criteria else None
    cautions = sheets.cautions
    if changed is not None and changed.any():
        values = {"n": int(np.count_nonzero(changed)), "decimals": rules.sheet_decimals}
        cautions = (*cautions, Caution("totals_rounded", values))
    return replace(
        sheets,
        units=rounded.astype(np.int64) if safe else rounded,
        denominator=scale,
        cautions=cautions,
    )
