"""The floor on a sheet's total, against tactical low marks."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from competition.rounds.errors import BelowFloor
from competition.rounds.rules import RoundRules
from db import Transaction
from db import rounds as round_rows
from db import sheets as rows


def require_floor(
    tx: Transaction, sheet: Mapping[str, Any], instead: Mapping[str, int] | None = None
) -> None:
    """Refuse a submitted total below the floor of the round's rules, where they have one.

    Parameters
    ----------
    instead : mapping of str to int
        Marks about to be written in place of the stored ones: criterion's id to thousandths.

    Raises
    ------
    BelowFloor
        With the total and the floor, both on the printed scale.
    """
    round_row = round_rows.find(tx, sheet["round_id"])
    if round_row is None:
        return
    stored = {m["criterion_id"]: m["value"] for m in rows.marks(tx, sheet["id"])}
    require_total(tx, round_row, {**stored, **(instead or {})})


def require_total(
    tx: Transaction, round_row: Mapping[str, Any], marks: Mapping[str, int | None]
) -> None:
    """Refuse marks whose total is below the floor of the round's rules; see `require_floor`."""
    rules = RoundRules.from_json(round_row["rules"])
    if not rules.floor:
        return
    total = _total(tx, round_row["id"], marks) * rules.scoring.exact("scale_max")
    if total < Fraction(rules.floor):
        shown = Decimal(total.numerator) / Decimal(total.denominator)
        raise BelowFloor(total=f"{shown:.2f}", floor=rules.floor)


def _total(tx: Transaction, round_id: str, marks: Mapping[str, int | None]) -> Fraction:
    """The weighted share of the maxima, 0 to 1; a mark not given counts nothing yet."""
    shares = (
        Fraction(c["weight"]) * Fraction(mark, c["maximum"])
        for c in round_rows.criteria(tx, round_id)
        if (mark := marks.get(c["id"])) is not None
    )
    return sum(shares, Fraction())
