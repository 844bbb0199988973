"""Reading what people type: plain text, codes and marks, normalised or refused."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from competition.errors import Blank, MarkNotANumber, MarkOffStep, MarkOutOfRange, ReasonNeeded

THOUSAND = 1000
_NUMBER = re.compile(r"\d+(\.\d*)?|\.\d+")


def text(value: str, field: str, *, required: bool = False, longest: int = 200) -> str:
    """One line of text: NFC, control characters gone, blanks trimmed.

    Raises
    ------
    Blank
        If it is required and empty.
    """
    line = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c
        for c in unicodedata.normalize("NFC", value)
    )
    line = " ".join(line.split())[:longest]
    if required and not line:
        raise Blank(field=field)
    return line


def reason(value: str) -> str:
    """A reason in words.

    Raises
    ------
    ReasonNeeded
        If it is empty.
    """
    line = text(value, "reason", longest=500)
    if not line:
        raise ReasonNeeded
    return line


def thousandths(amount: Decimal) -> int | None:
    """A decimal in thousandths, or None when it has more than three decimals."""
    scaled = amount * THOUSAND
    return int(scaled) if scaled == scaled.to_integral_value() else None


def decimal_text(value: int, step: int = THOUSAND) -> str:
    """Thousandths as a decimal string with the decimals that the step has.

    >>> decimal_text(19500, step=500)
    '19.5'
    """
    places = 0 if step % 1000 == 0 else 1 if step % 100 == 0 else 2 if step % 10 == 0 else 3
    return f"{Decimal(value) / THOUSAND:.{places}f}"


def parse_mark(typed: str, criterion: Mapping[str, Any]) -> int:
    """A typed mark in thousandths.

    Full-width digits and one comma or point as the decimal sign are read as meant.

    Raises
    ------
    MarkNotANumber, MarkOutOfRange, MarkOffStep
        Each names the criterion and what was typed.
    """
    name = criterion["name"]
    plain = unicodedata.normalize("NFKC", str(typed)).strip()
    plain = plain.replace("\N{IDEOGRAPHIC FULL STOP}", ".").replace(",", ".")
    sign = -1 if plain[:1] in "-\N{MINUS SIGN}" and plain else 1
    digits = plain[1:] if sign < 0 else plain
    try:
        if not _NUMBER.fullmatch(digits) or not digits.isascii():
            raise InvalidOperation
        amount = sign * Decimal(digits)
    except InvalidOperation as error:
        raise MarkNotANumber(criterion=name, mark=str(typed)[:20]) from error
    high = decimal_text(criterion["maximum"], criterion["step"])
    if not 0 <= amount * THOUSAND <= criterion["maximum"]:
        raise MarkOutOfRange(criterion=name, mark=str(typed)[:20], low="0", high=high)
    value = thousandths(amount)
    if value is None or value % criterion["step"]:
        raise MarkOffStep(
            criterion=name,
            mark=str(typed)[:20],
            step=decimal_text(criterion["step"], criterion["step"]),
        )
    return value
