"""Columns of text for a terminal, where a Chinese character is two cells wide."""

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Width of a text in terminal cells."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def align(rows: Sequence[Sequence[str]], *, left: Sequence[int] = (0,)) -> list[str]:
    """Lines with aligned columns: those in `left` left-aligned, others right-aligned."""
    widths = [max(width(row[c]) for row in rows) for c in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = []
        for place, text in enumerate(row):
            space = " " * (widths[place] - width(text))
            cells.append(text + space if place in left else space + text)
        lines.append("  ".join(cells).rstrip())
    return lines
