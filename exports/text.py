"""Makes text safe for spreadsheets."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_FORMULA_STARTS = frozenset("=+-@")


def printable(text: str) -> str:
    """Return the text without the control characters that spreadsheet files cannot hold."""
    return _CONTROL.sub("", text)


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet might run the text as a formula or a command.

    True for text that begins with ``= + - @`` or their full-width forms, also after spaces, or
    with a tab or a line break.
    """
    if text[:1] in ("\t", "\r", "\n"):
        return True
    first = text.lstrip()[:1]
    return unicodedata.normalize("NFKC", first)[:1] in _FORMULA_STARTS if first else False


def columns_wide(text: str) -> int:
    """Return how many half-width characters the longest line of a text takes.

    Chinese characters and full-width signs take two.
    """
    return max(sum(_width(sign) for sign in line) for line in (text or " ").split("\n"))


def _width(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 1
