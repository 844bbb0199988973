"""What people decided and entered: rulings of the panel, lots drawn, second readings."""

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

KINDS = ("ruling", "lot", "reading")


@dataclass(frozen=True)
class Rulings:
    """Entered decisions.

    Attributes
    ----------
    ruling, lot
        entrant -> position: 1 goes first. Equal positions leave a tie.
    reading
        entrant -> judge -> total of the second reading.
    """

    ruling: Mapping[Any, Fraction] = field(default_factory=dict)
    lot: Mapping[Any, Fraction] = field(default_factory=dict)
    reading: Mapping[Any, Mapping[Any, Fraction]] = field(default_factory=dict)


def read_rulings(frame: pd.DataFrame | None, entrants: Sequence[Any]) -> Rulings:
    """Read kind, entrant, value and, for readings, judge.

    Raises
    ------
    MissingColumn, DuplicateColumn, MissingValue, NotANumber, DuplicateRow, UnknownEntrant,
    RulingError
    """
    if frame is None:
        return Rulings()
    require_columns(frame, "rulings", ("kind", "entrant", "value"))
    known = set(entrants)
    places: dict[str, dict[Any, Fraction]] = {"ruling": {}, "lot": {}}
    readings: dict[Any, dict[Any, Fraction]] = {}
    for number, row in enumerate(frame.to_dict("records"), start=1):
        kind, entrant, value = row["kind"], row["entrant"], _value(row["value"], number)
        if kind not in KINDS:
            raise RulingError(detail=f"{kind}")
        if entrant not in known:
            raise UnknownEntrant(entrant=entrant)
        place = places[kind] if kind != "reading" else readings.setdefault(entrant, {})
        name = entrant if kind != "reading" else row.get("judge")
        if name is None or name != name:
            raise MissingValue(table="rulings", column="judge", row=number)
        if name in place:
            raise DuplicateRow(table="rulings", row=name)
        place[name] = value
    return Rulings(places["ruling"], places["lot"], readings)


def _value(value: Any, number: int) -> Fraction:
    try:
        read = fraction(value)
    except NotANumber:
        raise NotANumber(value=value, table="rulings", column="value", row=number) from None
    if read is None:
        raise MissingValue(table="rulings", column="value", row=number)
    return read
