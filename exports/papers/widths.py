"""The widths of a table's columns: shares as given, wide enough that no word or figure breaks."""

import re
from collections.abc import Sequence
from functools import lru_cache

from exports.papers.document import Grid

WORD = re.compile(r"[^\s\u2e80-\u9fff\uf900-\uffef/]+?(?:-|(?=[\s\u2e80-\u9fff\uf900-\uffef/]|$))")
"""What is not broken: signs between spaces, hyphens and Chinese characters."""
SIGN, STRONG = 0.64, 0.78
"""Width of a sign in type sizes, of plain type and strong, also where a wide font stands in."""
INSET = 2.6
"""Millimetres of a cell that are not for text."""
POINT = 25.4 / 72
MOST = 0.4
"""Share of the table that a column's longest word may ask for."""


def column_widths(block: Grid, width: float) -> tuple[float, ...]:
    """Millimetres of each column of a table so wide.

    A column that is too narrow for its longest word takes from those that have room; where all
    words together have none, each has its share of the width.
    """
    share = width / sum(block.widths)
    given = [share * part for part in block.widths]
    need = [min(one, width * MOST) for one in needs(block)]
    if sum(need) > width:
        return tuple(one * width / sum(need) for one in need)
    lacking = sum(max(0.0, n - g) for g, n in zip(given, need, strict=True))
    spare = sum(max(0.0, g - n) for g, n in zip(given, need, strict=True))
    if not lacking:
        return tuple(given)
    keep = 1 - lacking / spare
    return tuple(n if g <= n else n + (g - n) * keep for g, n in zip(given, need, strict=True))


def needs(block: Grid) -> list[float]:
    """Millimetres that the longest word of each column takes."""
    needs = [0.0] * len(block.widths)
    for row in block.rows:
        for at, cell in enumerate(row):
            if cell.text:
                sign = STRONG if cell.is_bold else SIGN
                needs[at] = max(needs[at], _longest(cell.text) * sign)
    return [signs * block.size * POINT + INSET if signs else 0.0 for signs in needs]


@lru_cache(maxsize=4096)
def _longest(text: str) -> int:
    return max((len(word) for word in words(text)), default=0)


def words(text: str) -> Sequence[str]:
    """The words and figures of a text that stand on one line."""
    return [word for word in WORD.findall(text) if word]
