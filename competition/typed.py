"""Reading the fields of a form: each read or refused by name, all refusals together."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from competition import fields
from competition.errors import (
    BadDay,
    BadDecimal,
    BadFields,
    BadInput,
    BadTime,
    BadWhole,
    Blank,
    Refused,
)
from words import LANGS, t

T = TypeVar("T")
_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?|(\d{4})(\d\d)(\d\d)")
_DURATION = re.compile(
    r"(?P<alone>\d{1,5})\s*(?:\u79d2|s)"
    r"|(?:(?P<minutes>\d{1,3})(?:\s*(?:[:'.m]|min|\u5206\u949f?)\s*(?:(?P<seconds>\d{1,2})\s*(?:\u79d2|s)?)?)?)?"
)
LONGEST_TIME = 3 * 3600
_TIME = re.compile(r"(\d{1,2})\D(\d{2})\D?")


class Typed:
    """The typed values of one form, read one after another.

    Attributes
    ----------
    problems : dict
        Field to why its value cannot be used.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.problems: dict[str, Refused] = {}

    def read(self, field: str, reader: Callable[[str, str], T], instead: T) -> T:
        """Read one field; where it is refused, remember why and go on with ``instead``."""
        try:
            return reader(self.values.get(field, ""), field)
        except Refused as error:
            self.problems.setdefault(field, error)
            return instead

    def refuse(self, field: str, error: Refused) -> None:
        """Remember why a field's value cannot be used."""
        self.problems.setdefault(field, error)

    def done(self) -> None:
        """Refuse the form if any field was refused.

        Raises
        ------
        BadFields
        """
        if self.problems:
            raise BadFields(self.problems)


def plain(typed: str) -> str:
    """Full-width digits and points as half-width, blanks trimmed."""
    return unicodedata.normalize("NFKC", typed).strip()


def day(typed: str, field: str) -> str:
    """A day as ``2022-03-18``, or empty; points, slashes or characters may stand between.

    Raises
    ------
    BadDay
    """
    text = plain(typed)
    if not text:
        return ""
    match = _DAY.fullmatch(text)
    try:
        parts = [int(part) for part in match.groups() if part] if match else []
        return date(parts[0], parts[1], parts[2]).isoformat()
    except (ValueError, IndexError) as error:
        raise BadDay(field=field, value=typed[:20]) from error


def moment(typed: str, field: str) -> str:
    """A day with or without a time of day, as ``2022-03-18 09:00``, or empty.

    Raises
    ------
    BadDay
    """
    text = plain(typed)
    match = re.fullmatch(r"(.*\d\D?)[\sT]+(\d{1,2}\D\d{2}\D?)", text)
    if not match:
        return day(typed, field)
    hours = _TIME.fullmatch(match[2])
    try:
        clock = time(int(hours[1]), int(hours[2])) if hours else None
    except ValueError:
        clock = None
    if clock is None:
        raise BadDay(field=field, value=typed[:20])
    return f"{day(match[1], field)} {clock:%H:%M}"


def duration(typed: str, field: str) -> int:
    """A length of time in seconds: ``7:52``, minutes alone, or with 分 and 秒; 0 where empty.

    Raises
    ------
    BadTime
    """
    match = _DURATION.fullmatch(plain(typed))
    seconds = int(match["seconds"] or match["alone"] or 0) if match else 0
    minutes = int(match["minutes"] or 0) if match else 0
    if match is None or (minutes and seconds >= 60) or minutes * 60 + seconds > LONGEST_TIME:
        raise BadTime(field=field, value=typed[:20])
    return minutes * 60 + seconds


def minutes(seconds: int) -> str:
    """A length of time as ``7:52``; `duration` reads it back."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def whole(low: int, high: int) -> Callable[[str, str], int]:
    """A reader of whole numbers within limits; it raises `BadWhole`."""

    def read(typed: str, field: str) -> int:
        text = figure(typed)
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise BadWhole(field=field, value=typed[:20], low=low, high=high)
        return int(text)

    return read


def one_of(allowed: Sequence[str]) -> Callable[[str, str], str]:
    """A reader of one of some choices; empty is the first of them. It raises `BadInput`."""

    def read(typed: str, field: str) -> str:
        if typed and typed not in allowed:
            raise BadInput(field=field, value=typed[:20])
        return typed or allowed[0]

    return read


def optional_whole(low: int, high: int) -> Callable[[str, str], int | None]:
    """A reader of a whole number that may be left empty."""
    reader = whole(low, high)

    def read(typed: str, field: str) -> int | None:
        return reader(typed, field) if plain(typed) else None

    return read


def figure(typed: str) -> str:
    """A number as typed, without the unit that may follow it, as in a workbook: 50 for 50分."""
    text = plain(typed).replace(",", ".")
    units = {unit for lang in LANGS for unit in t("intake.word.unit", lang).split("|")}
    for unit in sorted(units):
        if text.endswith(unit) and len(text) > len(unit):
            return text.removesuffix(unit).strip()
    return text


def decimal(low: str, high: str, *, above: bool = False) -> Callable[[str, str], str]:
    """A reader of decimals of at most three places within limits; it raises `BadDecimal`.

    Parameters
    ----------
    above : bool
        Whether the lower limit itself is refused.
    """

    def read(typed: str, field: str) -> str:
        text = figure(typed)
        problem = BadDecimal(field=field, value=typed[:20], low=low, high=high)
        try:
            amount = Decimal(text)
        except InvalidOperation as error:
            raise problem from error
        if not amount.is_finite() or not Decimal(low) <= amount <= Decimal(high):
            raise problem
        if (above and amount == Decimal(low)) or fields.thousandths(amount) is None:
            raise problem
        return format(amount.normalize(), "f")

    return read


def line(*, required: bool = False, longest: int = 200) -> Callable[[str, str], str]:
    """A reader of one line of text."""

    def read(typed: str, field: str) -> str:
        return fields.text(typed, field, required=required, longest=longest)

    return read


def numbers(typed: str, field: str) -> list[int]:
    """Numbers and ranges such as ``1-10, 15``, in their order, each once.

    Raises
    ------
    BadWhole
    """
    all_typed: list[int] = []
    for part in re.split(r"[\s,;\u3001\u3002]+", plain(typed)):
        if not part:
            continue
        ends = re.fullmatch(r"(\d{1,4})(?:[-\u2013\u2014~\u81f3\u5230](\d{1,4}))?\D?", part)
        if ends is None:
            raise BadWhole(field=field, value=part[:20], low=1, high=9999)
        first, last = int(ends[1]), int(ends[2] or ends[1])
        all_typed += [n for n in range(first, last + 1) if n not in all_typed]
    return all_typed


def ranges(numbers: list[int]) -> str:
    """Numbers as people write them: ``1-10, 15``; `numbers` reads it back."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and parts[-1][-1] == number - 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(p[0]) if len(p) == 1 else f"{p[0]}-{p[-1]}" for p in parts)


__all__ = [
    "Blank", "Typed", "day", "decimal", "duration", "line", "minutes", "moment", "numbers",
    "one_of", "optional_whole", "plain", "ranges", "whole",
]  # fmt: skip
