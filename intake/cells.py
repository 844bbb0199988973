"""One cell read as text, code or number; harmless spellings are corrected, others refused."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Generic, TypeVar

from intake.aliases import aliases
from intake.grids import Cell

INVISIBLE = dict.fromkeys(
    [
        *map(ord, "\ufeff\u2060"),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)
"""Of no width, or turning the order of what stands beside them."""
BETWEEN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
DECIMAL_COMMA = re.compile(r"([+-]?\d+)[,\u3001\u3002](\d{1,2})", re.ASCII)
CODE_LENGTHS = (9, 12)
LONGEST = 200
LONGEST_NOTE = 2000
DATES = (datetime, date, time, timedelta)

T = TypeVar("T")


class Unreadable(Exception):
    """A cell that cannot be read as its column's kind.

    Attributes
    ----------
    code : str
        The stop's.
    proposals : tuple of str
        What may have been meant.
    """

    def __init__(self, code: str, *proposals: str) -> None:
        self.code, self.proposals = code, proposals
        super().__init__(code)


@dataclass(frozen=True)
class Reading(Generic[T]):
    """A cell's value, and the correction that reading it needed (empty for none)."""

    value: T
    slip: str = ""


def written(cell: Cell) -> str:
    """A cell's value as text; floats with 15 digits, as Excel shows them.

    Raises
    ------
    Unreadable
        For an error, a formula without a stored result, a date and a truth value.
    """
    if cell.lost:
        raise Unreadable(cell.lost)
    raw = cell.raw
    if isinstance(raw, bool):
        raise Unreadable("truth")
    if isinstance(raw, DATES):
        raise Unreadable("date")
    return f"{raw:.15g}" if isinstance(raw, float) else str(raw)


def shown(cell: Cell) -> str:
    """A cell's value for a message; never raises."""
    return str(cell.raw)[:40] if cell.raw is not None else ""


def squeezed(text: str) -> str:
    """Text without invisible characters, outer blanks and runs of blanks.

    Between two Chinese characters a blank is only layout: it goes altogether.
    """
    words = unicodedata.normalize("NFC", text).translate(INVISIBLE).split()
    return BETWEEN_CHINESE.sub("", " ".join(words))


def read_text(cell: Cell, *, longest: int = LONGEST) -> Reading[str]:
    """One line of text.

    Raises
    ------
    Unreadable
        As `written`, or "too_long".
    """
    raw = written(cell)
    text = squeezed(raw)
    if len(text) > longest:
        raise Unreadable("too_long")
    return Reading(text, "" if text == raw else "blanks")


def read_lines(cell: Cell) -> str:
    """Text that may have several lines."""
    lines = [squeezed(line) for line in written(cell).splitlines()]
    text = "\n".join(line for line in lines if line)
    if len(text) > LONGEST_NOTE:
        raise Unreadable("too_long")
    return text


def read_key(cell: Cell) -> Reading[str]:
    """A number like HH002 or J05: half-width, capitals, no blanks."""
    raw = written(cell)
    key = "".join(unicodedata.normalize("NFKC", raw).translate(INVISIBLE).split()).upper()
    slip = "" if key == raw else "blanks" if key == "".join(raw.split()) else "key"
    return Reading(key, slip)


def read_code(cell: Cell) -> Reading[str]:
    """A place code of 9 or 12 digits as text. A number holds 12 digits exactly.

    Raises
    ------
    Unreadable
        As `written`, or "bad_code".
    """
    raw = written(cell)
    key = read_key(cell).value.strip("'\u2019`")
    if not (key.isascii() and key.isdigit() and len(key) in CODE_LENGTHS):
        raise Unreadable("bad_code")
    if not isinstance(cell.raw, str):
        return Reading(key, "code_number")
    return Reading(key, "" if key == raw else "blanks" if key == raw.strip() else "full_width")


def read_number(cell: Cell) -> Reading[Decimal]:
    """A decimal number; also text with full-width digits, a comma or a unit.

    Raises
    ------
    Unreadable
        As `written`, or "not_a_number".
    """
    raw = written(cell)
    if not isinstance(cell.raw, str):
        return Reading(Decimal(raw))
    text = squeezed(raw)
    narrow = unicodedata.normalize("NFKC", text)
    slip = "text_number" if narrow == text else "full_width"
    for unit in aliases("word.unit"):
        if narrow.endswith(unit) and len(narrow) > len(unit):
            narrow, slip = narrow.removesuffix(unit).strip(), "unit"
    comma = DECIMAL_COMMA.fullmatch(narrow)
    if comma:
        narrow, slip = f"{comma[1]}.{comma[2]}", "comma"
    if not NUMBER.fullmatch(narrow):
        raise Unreadable("not_a_number")
    return Reading(Decimal(narrow), slip)


def decimal_text(value: Decimal) -> str:
    """A decimal as plain text without an exponent or idle zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
