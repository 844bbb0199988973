"""Entered decisions: rulings of the panel, lots drawn, second readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pandas as pd

from scoring.errors import (
    DuplicateRow,
    MissingValue,
    NotANumber,
    RulingError,
    UnknownEntrant,
)
from scoring.exact import fraction
from scoring.input.columns import require_columns
from scoring.input.rubric import Criterion
from scoring.input.rules import Rules
from scoring.input.sheets import Sheets, read_sheets

KINDS = ("ruling", "lot", "reading")


@dataclass(frozen=True)
class Rulings:
    """Entered decisions.

    Attributes
    ----------
    ruling, lot
        entrant -> position: 1 goes first. Equal positions leave a tie.
    readings
        Whole sheets of second readings, as they were marked; None without any.
    """

    ruling: Mapping[Any, Fraction] = field(default_factory=dict)
    lot: Mapping[Any, Fraction] = field(default_factory=dict)
    readings: Sheets | None = None


def read_rulings(
    frame: pd.DataFrame | None,
    entrants: Sequence[Any],
    criteria: tuple[Criterion, ...] = (),
    rules: Rules = Rules(),  # noqa: B008 - frozen
) -> Rulings:
    """Read kind, entrant, value and, for readings, judge and criterion.

    Raises
    ------
    MissingColumn, DuplicateColumn, MissingValue, NotANumber, DuplicateRow, UnknownEntrant,
    RulingError; for readings also what `read_sheets` raises
    """
    if frame is None:
        return Rulings()
    require_columns(frame, "rulings", ("kind", "entrant", "value"))
    known = set(entrants)
    places: dict[str, dict[Any, Fraction]] = {"ruling": {}, "lot": {}}
    for number, row in enumerate(frame.to_dict("records"), start=1):
        kind, entrant = row["kind"], row["entrant"]
        if kind not in KINDS:
            raise RulingError(detail=f"{kind}")
        if entrant not in known:
            raise UnknownEntrant(entrant=entrant)
        if kind == "reading":
            continue
        if entrant in places[kind]:
            raise DuplicateRow(table="rulings", row=entrant)
        places[kind][entrant] = _value(row["value"], number)
    return Rulings(places["ruling"], places["lot"], _readings(frame, criteria, rules))


def _readings(frame: pd.DataFrame, criteria: tuple[Criterion, ...], rules: Rules) -> Sheets | None:
    """The second readings' marks as sheets: checked, weighed and rounded as all others."""
    rows = frame[frame["kind"] == "reading"].rename(columns={"value": "score"})
    if rows.empty:
        return None
    names = ["entrant", "judge", *(["criterion"] if criteria else []), "score"]
    require_columns(rows, "rulings", names)
    return read_sheets(rows[names].reset_index(drop=True), criteria, rules)


def _value(value: Any, number: int) -> Fraction:
    try:
        read = fraction(value)
    except NotANumber:
        raise NotANumber(value=value, table="rulings", column="value", row=number) from None
    if read is None:
        raise MissingValue(table="rulings", column="value", row=number)
    return read
