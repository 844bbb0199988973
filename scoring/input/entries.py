"""The lists around the scores: entrants with their deductions, and who was assigned to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from scoring.errors import (
    DuplicateRow,
    InvalidRule,
    MissingValue,
    NotANumber,
    UnknownEntrant,
    UnknownJudge,
    UnknownState,
)
from scoring.exact import fraction
from scoring.input.columns import require_columns

COLUMNS = ("entrant", "group", "order", "deduction", "eligible")
STATES = ("expected", "recused", "absent")
YES = ("true", "1", "1.0", "yes", "y")
NO = ("false", "0", "0.0", "no", "n")


@dataclass(frozen=True)
class Entry:
    """One line of the list of entrants."""

    group: Any = None
    order: Any = None
    deduction: Fraction = field(default_factory=Fraction)
    eligible: bool = True


def read_entries(frame: pd.DataFrame | None) -> dict[Any, Entry]:
    """Read entrant, [group, order, deduction, eligible]; an empty dict without a list.

    A blank deduction is none, a blank eligible is yes.

    Raises
    ------
    MissingColumn, DuplicateColumn, MissingValue, DuplicateRow, NotANumber, InvalidRule
    """
    if frame is None:
        return {}
    if "entrant" not in frame.columns and frame.index.name == "entrant":
        frame = frame.reset_index()
    require_columns(frame, "entrants", ["entrant"])
    entries: dict[Any, Entry] = {}
    names = [name for name in COLUMNS if name in frame.columns]
    for number, values in enumerate(zip(*(frame[n].tolist() for n in names), strict=True), start=1):
        row = dict(zip(names, values, strict=True))
        name = row["entrant"]
        if _blank(name):
            raise MissingValue(table="entrants", column="entrant", row=number)
        if name in entries:
            raise DuplicateRow(table="entrants", row=name)
        entries[name] = Entry(
            group=None if _blank(row.get("group")) else row["group"],
            order=None if _blank(row.get("order")) else row["order"],
            deduction=_deduction(row.get("deduction"), number),
            eligible=_eligible(row.get("eligible"), number),
        )
    return entries


def _blank(value: Any) -> bool:
    return value is None or value is pd.NA or value != value or value == ""


def _deduction(value: Any, number: int) -> Fraction:
    try:
        deduction = fraction(value)
    except NotANumber:
        raise NotANumber(value=value, table="entrants", column="deduction", row=number) from None
    if deduction is None:
        return Fraction(0)
    if deduction < 0:
        raise InvalidRule(field="deduction", value=value, allowed="≥ 0")
    return deduction


def _eligible(value: Any, number: int) -> bool:
    if _blank(value):
        return True
    if isinstance(value, bool | np.bool_):
        return bool(value)
    word = str(value).strip().lower()
    if word not in YES + NO:
        raise NotANumber(value=value, table="entrants", column="eligible", row=number)
    return word in YES


def read_assignments(frame: pd.DataFrame | None) -> dict[tuple[Any, Any], str]:
    """Read entrant, judge, state into (entrant, judge) -> state.

    Raises
    ------
    MissingColumn, DuplicateColumn, DuplicateRow, UnknownState
    """
    if frame is None:
        return {}
    require_columns(frame, "assignments", ("entrant", "judge", "state"))
    states: dict[tuple[Any, Any], str] = {}
    columns = (frame[name].tolist() for name in ("entrant", "judge", "state"))
    for entrant, judge, state in zip(*columns, strict=True):
        if (entrant, judge) in states:
            raise DuplicateRow(table="assignments", row=f"{entrant} × {judge}")
        if state not in STATES:
            raise UnknownState(state=state, entrant=entrant, judge=judge)
        states[entrant, judge] = state
    return states


def check_known(
    scores: pd.DataFrame,
    entries: Mapping[Any, Entry],
    states: Mapping[tuple[Any, Any], str],
) -> None:
    """Refuse scores of entrants not on the list, and by judges never assigned anyone.

    Judges are only checked where the assignments say who was expected: a list of recusals alone
    does not name the panel.

    Raises
    ------
    UnknownEntrant, UnknownJudge
    """
    if entries and "entrant" in scores.columns:
        for entrant in scores["entrant"].unique():
            if entrant not in entries:
                raise UnknownEntrant(entrant=entrant)
        for entrant, judge in states:
            if entrant not in entries:
                raise UnknownEntrant(entrant=entrant, judge=judge)
    if "expected" in states.values() and "judge" in scores.columns:
        judges = {judge for _, judge in states}
        for judge in scores["judge"].unique():
            if judge not in judges:
                raise UnknownJudge(judge=judge)
