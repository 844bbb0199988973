"""How large a text may be on the hall's screen: it steps down, then wraps, and is never cut."""

from collections.abc import Sequence
from unicodedata import east_asian_width

LETTER, DIGIT, POINT = 0.62, 0.58, 0.3
"""Widths of a Latin letter, a digit and a mark, as shares of the size; rather too wide."""


def width(text: str) -> float:
    """How wide a text is, in units of its size."""
    return sum(_width(character) for character in text)


def _width(character: str) -> float:
    if east_asian_width(character) in "WF":
        return 1.0
    return DIGIT if character.isdigit() else LETTER if character.isalpha() else POINT


def largest(text: str, room: float, sizes: Sequence[int]) -> int:
    """The largest size at which a text fits on one line; the last one where none does."""
    wide = width(text)
    return next((size for size in sizes if wide * size <= room), sizes[-1])
