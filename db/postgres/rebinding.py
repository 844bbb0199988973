"""One statement's text as PostgreSQL reads it: ``:name`` becomes ``$1``, once for each text."""

import re
from functools import lru_cache

PART = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|::|:([a-z_][a-z0-9_]*)")
"""A text, a quoted name, a comment or a cast, which stay as they are; or a parameter."""
MOST_TEXTS = 4096


@lru_cache(MOST_TEXTS)
def rebound(sql: str) -> tuple[str, tuple[str, ...]]:
    """The text with numbered parameters, and their names in order; a name has one number."""
    numbers: dict[str, int] = {}

    def number(part: re.Match[str]) -> str:
        name = part[1]
        return part[0] if name is None else f"${numbers.setdefault(name, len(numbers) + 1)}"

    return PART.sub(number, sql), tuple(numbers)
