"""What a header, or a sheet's name, says of what stands below it."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from intake.aliases import SEPARATOR, aliases, plain_name
from words import LANGS, t, texts

EXACT, BRACKETED = 1.0, 0.9
"""Evidence of a name that is an alias, alone or in brackets behind another one."""
WITHIN, AROUND = (0.55, 0.35), (0.4, 0.25)
"""Evidence of an alias inside a name, and of a name inside an alias: least, and what is added
the more of the longer one is covered."""
INSTANCE = 0.3
"""Evidence of an alias with a number behind it: one of several, as in the head of a wide table."""
DIGITS = "0123456789"
LEAST_INSIDE = 2
BRACKETS = re.compile(r"[(\[{\u3010]([^)\]}\u3011]*)[)\]}\u3011]?")
NUMBERED = re.compile(r"^[\d.\u3001\s]+(?=\D)")


@cache
def name_score(text: str, key: str) -> float:
    """Evidence, from 0 to 1, that a text names ``intake.<key>``."""
    known = aliases(key)
    whole, outside, inside = _variants(text)
    if whole in known or outside in known:
        return EXACT
    if inside & known:
        return BRACKETED
    if whole.rstrip(DIGITS) in known:
        return INSTANCE
    return max((_overlap(whole, alias) for alias in known), default=0.0)


@cache
def header_score(parts: tuple[str, ...], key: str) -> float:
    """The same of a header of several rows: the lowest row tells most."""
    if not parts:
        return 0.0
    joined = name_score("".join(parts), key) if len(parts) > 1 else 0.0
    above = max((name_score(part, key) for part in parts[:-1]), default=0.0)
    return max(name_score(parts[-1], key), joined, above * 0.8)


@cache
def decoy_score(parts: tuple[str, ...]) -> float:
    """Evidence that a header names what is not imported: a rank, a telephone, a total."""
    return max((header_score(parts, key) for key in _decoys()), default=0.0)


def is_decoy(parts: tuple[str, ...], key: str) -> bool:
    """Whether a header clearly names one kind of what is not imported."""
    return header_score(parts, f"decoy.{key}") >= BRACKETED


@cache
def _decoys() -> tuple[str, ...]:
    keys = (key for key in texts(LANGS[0]) if key.startswith("intake.decoy."))
    return tuple(key.removeprefix("intake.") for key in keys)


@cache
def _variants(text: str) -> tuple[str, str, frozenset[str]]:
    """A name whole, without what stands in brackets, and what stands there."""
    folded = NUMBERED.sub("", unicodedata.normalize("NFKC", text))
    inside = frozenset(filter(None, map(plain_name, BRACKETS.findall(folded))))
    return plain_name(folded), plain_name(BRACKETS.sub("", folded)), inside


def _overlap(name: str, alias: str) -> float:
    if not name or not alias or (alias.isascii() and len(alias) < LEAST_INSIDE + 1):
        return 0.0
    if alias in name and len(alias) >= LEAST_INSIDE:
        return WITHIN[0] + WITHIN[1] * len(alias) / len(name)
    if name in alias and len(name) >= LEAST_INSIDE:
        return AROUND[0] + AROUND[1] * len(name) / len(alias)
    return 0.0


def begins_with_word(text: str, key: str) -> bool:
    """Whether a text begins with one of the words ``intake.word.<key>``."""
    plain = plain_name(text)
    return any(plain.startswith(word) for word in aliases(f"word.{key}"))


def contains_word(text: str, key: str) -> bool:
    """Whether one of the words ``intake.word.<key>`` stands in a text."""
    plain = plain_name(text)
    return any(word in plain for word in aliases(f"word.{key}"))


def ends_with_word(text: str, key: str) -> bool:
    """Whether a text ends with one of the words ``intake.word.<key>``."""
    plain = plain_name(text)
    return any(plain.endswith(word) for word in aliases(f"word.{key}"))


def all_names(keys: Iterable[str], lang: str) -> list[str]:
    """The first names of several keys."""
    return [t(f"intake.{key}", lang).split(SEPARATOR)[0] for key in keys]
