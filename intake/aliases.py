"""Names that sheets, columns and cell words may have, in both languages."""

import unicodedata
from functools import cache, lru_cache

from words import LANGS, t

SEPARATOR = "|"
IGNORED = frozenset(" \t\r\n\u3000\u00a0\ufeff\u200b\u200c\u200d\u2060()[]:*#_-")
"""Characters that do not tell two names apart, after NFKC."""
NAMES, LONG = 20_000, 100
"""How many names are kept as they compare, for reading a workbook compares each a hundred times;
and from how many characters on a text is not kept."""


def plain_name(text: str) -> str:
    """A name for comparison: half-width, lower case, without blanks and brackets."""
    return _plain(text) if len(text) <= LONG else _plain.__wrapped__(text)


@lru_cache(maxsize=NAMES)
def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character not in IGNORED)


@cache
def aliases(key: str) -> frozenset[str]:
    """The names of ``intake.<key>`` in all languages, for comparison."""
    texts = [t(f"intake.{key}", lang) for lang in LANGS]
    return frozenset(
        plain_name(name) or name.strip() for text in texts for name in text.split(SEPARATOR)
    )


def is_called(text: str, key: str) -> bool:
    """Whether a text is one of the names of ``intake.<key>``."""
    return (plain_name(text) or text.strip()) in aliases(key)


def first_name(key: str, lang: str) -> str:
    """The name that the template gives it."""
    return t(f"intake.{key}", lang).split(SEPARATOR)[0]
