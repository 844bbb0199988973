"""Exact decimals: how numbers come in, and the one way they are rounded.

Marks, weights and steps are decimal strings made `Fraction`; a float is read as its shortest
decimal. `quantize` is the only way a float becomes a rank, a key or a printed figure.
"""

import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from scoring.errors import NotANumber

DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
ROUNDINGS = ("half_up", "half_even")
INT64_SAFE = 2**62
LARGEST = 10**15
"""From here on floats no longer differ by a hundredth: such scores are slips, 1e309 among them."""
DEEPEST = -400
Exact = Fraction | int
Integers = np.ndarray[Any, np.dtype[Any]]
Floats = np.ndarray[Any, np.dtype[np.float64]]


def fraction(value: object) -> Fraction | None:
    """Read one number exactly.

    Parameters
    ----------
    value
        A string, int, float (taken by its shortest decimal), Decimal or Fraction.

    Returns
    -------
    Fraction or None
        None where the value is missing (None, NaN, NA, an empty string).

    Raises
    ------
    NotANumber
        For anything else: "9,5", full-width digits, True, an infinity, 10^15 and more.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool | np.bool_):
        raise NotANumber(value=value)
    if isinstance(value, int | np.integer):
        if abs(int(value)) >= LARGEST:
            raise NotANumber(value=value)
        return Fraction(int(value))
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, Decimal) and value.is_finite():
        return _bounded(value, value)
    text = (str(float(value)) if isinstance(value, np.floating) else str(value)).strip()
    if not text:
        return None
    if not DECIMAL.fullmatch(text):
        raise NotANumber(value=value)
    return _bounded(Decimal(text), value)


def _bounded(number: Decimal, value: object) -> Fraction:
    exponent = number.as_tuple().exponent
    large = number != 0 and number.adjusted() >= 15
    if large or not isinstance(exponent, int) or exponent < DEEPEST:
        raise NotANumber(value=value)
    return Fraction(number)


def quantize(value: Exact | float, decimals: int, rounding: str = "half_up") -> int:
    """Q: a score as a whole number of its last printed decimal.

    Exact values use floor(x 10^d + 1/2); floats floor(round(x 10^d, 6) + 1/2), which puts
    back a half that binary arithmetic lost.

    Parameters
    ----------
    value
        The score; never NaN.
    decimals
        Printed decimals d.
    rounding
        "half_up" (四舍五入) or "half_even".
    """
    if isinstance(value, Fraction | int):
        over: int = value.numerator * 10**decimals
        under = value.denominator
        if rounding == "half_even":
            return round(Fraction(over, under))
        return (2 * over + under) // (2 * under)
    scaled: float = round(float(value) * 10**decimals, 6)
    return round(scaled) if rounding == "half_even" else math.floor(scaled + 0.5)


def published(units: int, decimals: int) -> Decimal:
    """The printed figure of a quantised score: 9124 -> Decimal("91.24")."""
    return Decimal(units).scaleb(-decimals) if decimals else Decimal(units)


def divide_rounded(numerators: Integers, denominator: int, rounding: str) -> Integers:
    """Divide whole numbers by a whole number and round to whole numbers, exactly."""
    low = numerators // denominator
    twice = 2 * (numerators - low * denominator)
    up = twice > denominator
    half = twice == denominator
    up |= half & (low % 2 == 1) if rounding == "half_even" else half
    return np.asarray(low + up)


def scaled_integers(column: pd.Series) -> tuple[Integers, int, Integers]:
    """Read a column of numbers as whole multiples of one common fraction.

    Returns
    -------
    integers : array of int64, or of Python ints where they would overflow
        Numerators; 0 where missing.
    denominator : int
        Value = integer / denominator, exactly.
    missing : array of bool
    """
    if pd.api.types.is_bool_dtype(column.dtype) and len(column):
        raise NotANumber(value=column.iloc[0])
    if isinstance(column.dtype, np.dtype) and column.dtype.kind == "i":
        whole = column.to_numpy(dtype=np.int64)
        for edge in (whole.min(initial=0), whole.max(initial=0)):
            fraction(edge)
        return whole, 1, np.zeros(len(whole), dtype=bool)
    codes, uniques = pd.factorize(column, use_na_sentinel=True)
    values = [fraction(value) for value in uniques]
    blank = np.array([value is None for value in values] + [True])
    present = [value if value is not None else Fraction(0) for value in values]
    denominator = math.lcm(*(value.denominator for value in present))
    integers = [value.numerator * (denominator // value.denominator) for value in present] + [0]
    safe = max((abs(i) for i in integers), default=0) < INT64_SAFE
    table = np.array(integers, dtype=np.int64 if safe else object)
    return table[codes], denominator, blank[codes]


def decimal_text(number: Fraction) -> str:
    """A fraction as people write it: 1/2 -> "0.5", thirds as 1/3."""
    places = next((d for d in range(16) if (number * 10**d).denominator == 1), None)
    if places is None:
        return str(number)
    return str(Decimal(int(number * 10**places)).scaleb(-places)) if places else str(number)
