"""Checks of a rule's value; each refusal names the field and the values allowed."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from scoring.errors import InvalidRule, NotANumber
from scoring.exact import fraction


def as_json(value: Any) -> Any:
    """A number as JSON knows it: numpy's as Python's, a Decimal as its text."""
    if isinstance(value, np.generic):
        return value.item()
    return str(value) if isinstance(value, Decimal) else value


def whole(name: str, value: Any, low: int, high: int) -> None:
    """A whole number from `low` to `high`."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise InvalidRule(field=name, value=value, allowed=f"{low}–{high}")


def one_of(name: str, value: Any, allowed: tuple[str, ...]) -> None:
    """One of the words."""
    if value not in allowed:
        raise InvalidRule(field=name, value=value, allowed=", ".join(allowed))


def number(name: str, value: Any, high: int | None = None, *, above: bool = False) -> None:
    """From 0, or above it, to `high`; no fraction, which JSON does not know."""
    allowed = f"0–{high}" if high is not None else "> 0" if above else "≥ 0"
    try:
        read = None if isinstance(value, Fraction) else fraction(value)
    except NotANumber:
        read = None
    low = read is None or read < 0 or (above and read == 0)
    if read is None or low or (high is not None and read > high):
        raise InvalidRule(field=name, value=value, allowed=allowed)
