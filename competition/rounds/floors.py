"""The floor on a sheet's total: against marks that are meant to sink somebody."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from competition.errors import BelowFloor
from competition.rounds.rules import RoundRules
from db import Transaction
from db import rounds as round_rows
from db import sheets as rows


def require_floor(tx: Transaction, sheet: Mapping[str, Any]) -> None:
    """Refuse a submitted total below the floor of the round's rules, where they have one.

    Raises
    ------
    BelowFloor
        With the total and the floor, both on the printed scale.
    """
    round_row = round_rows.find(tx, sheet["round_id"])
    if round_row is None:
        return
    rules = RoundRules.from_json(round_row["rules"])
    if not rules.floor:
        return
    total = _total(tx, sheet) * rules.scoring.exact("scale_max")
    if total < Fraction(rules.floor):
        shown = Decimal(total.numerator) / Decimal(total.denominator)
        raise BelowFloor(total=f"{shown:.2f}", floor=rules.floor)


def _total(tx: Transaction, sheet: Mapping[str, Any]) -> Fraction:
    """The weighted share of the maxima, 0 to 1; a mark not given counts nothing yet."""
    criteria = {c["id"]: c for c in round_rows.criteria(tx, sheet["round_id"])}
    given = [m for m in rows.marks(tx, sheet["id"]) if m["value"] is not None]
    shares = (
        Fraction(criteria[m["criterion_id"]]["weight"])
        * Fraction(m["value"], criteria[m["criterion_id"]]["maximum"])
        for m in given
    )
    return sum(shares, Fraction())
