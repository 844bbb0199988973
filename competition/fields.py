"""Reading what people type: plain text, codes and marks, normalised or refused."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from competition.errors import Blank, MarkNotANumber, MarkOffStep, MarkOutOfRange, ReasonNeeded

THOUSAND = 1000
_FULL_WIDTH = {0xFF00 + n: 0x20 + n for n in range(1, 0x5F)} | {0x3000: " ", 0x3002: "."}
"""What a Chinese keyboard types for a digit, a sign, a blank and a full stop."""
_NUMBER = re.compile(r"\d{1,15}(\.\d{0,9})?|\.\d{1,9}")
"""Short enough that no digit is lost in a Decimal of 28."""
_UNSEEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the reading direction of whatever stands around a name."""


def text(value: str, field: str, *, required: bool = False, longest: int = 200) -> str:
    """One line of text: NFC, control and direction characters gone, blanks trimmed.

    Raises
    ------
    Blank
        If it is required and empty.
    """
    line = "".join(
        " " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c
        for c in unicodedata.normalize("NFC", value)
        if c not in _UNSEEN
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


def amount(typed: str) -> Decimal | None:
    """A plain decimal as typed, full-width digits and a comma read as meant; None if it is none."""
    plain = typed.translate(_FULL_WIDTH).strip().replace(",", ".")
    return Decimal(plain) if plain.isascii() and _NUMBER.fullmatch(plain) else None


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
    shown = text(typed, "mark", longest=20)
    is_negative = shown.startswith(("-", "\N{MINUS SIGN}", "\N{FULLWIDTH HYPHEN-MINUS}"))
    number = amount(shown[1:] if is_negative else typed)
    if number is None:
        raise MarkNotANumber(criterion=name, mark=shown)
    if (is_negative and number) or number * THOUSAND > criterion["maximum"]:
        raise _out_of_range(shown, criterion)
    value = thousandths(number)
    if value is None or value % criterion["step"]:
        raise _off_step(shown, criterion)
    return value


def check_mark(value: int, criterion: Mapping[str, Any]) -> int:
    """A mark in thousandths, if the criterion has it.

    Raises
    ------
    MarkOutOfRange, MarkOffStep
        Each names the criterion and the mark.
    """
    shown = f"{(Decimal(value) / THOUSAND).normalize():f}"
    if not 0 <= value <= criterion["maximum"]:
        raise _out_of_range(shown, criterion)
    if value % criterion["step"]:
        raise _off_step(shown, criterion)
    return value


def _out_of_range(shown: str, criterion: Mapping[str, Any]) -> MarkOutOfRange:
    high = decimal_text(criterion["maximum"], criterion["step"])
    return MarkOutOfRange(criterion=criterion["name"], mark=shown, low="0", high=high)


def _off_step(shown: str, criterion: Mapping[str, Any]) -> MarkOffStep:
    step = decimal_text(criterion["step"], criterion["step"])
    return MarkOffStep(criterion=criterion["name"], mark=shown, step=step)
