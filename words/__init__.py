"""Every word a person reads, in Chinese and English, found by a dotted key.

The words live in ``words/<lang>/<part>.toml``, one part per package. Parts are merged when a
language is first asked for; a key that two parts define is refused, so that nobody's wording
silently replaces another's. Standard library only.

Errors
------
WordError
    MissingWord      no such key in that language, or a placeholder was given no value
    DuplicateWord    two parts define the same key
    UnknownLanguage  neither of ``LANGS``
"""

import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

LANGS: tuple[str, ...] = ("zh", "en")
"""The languages, the first being the default."""

FOLDER = Path(__file__).parent


class WordError(Exception):
    """A word cannot be given."""


class MissingWord(WordError, KeyError):
    """The key, or a value that its text asks for, is missing."""

    def __init__(self, key: str, lang: str, *, value: str | None = None) -> None:
        self.key, self.lang, self.value = key, lang, value
        what = f"word {key!r}" if value is None else f"value {value!r} for word {key!r}"
        super().__init__(f"no {what} in {lang!r}")

    def __str__(self) -> str:
        """Without the quotes that KeyError puts around its argument."""
        return str(self.args[0])


class DuplicateWord(WordError):
    """Two files of one language define the same key."""


class UnknownLanguage(WordError):
    """A language that is not one of ``LANGS``."""


def t(key: str, lang: str, **values: object) -> str:
    """Return the text of a key in a language, with its placeholders filled.

    Parameters
    ----------
    key
        Dotted key, e.g. ``"error.mark_out_of_range"``.
    lang
        One of ``LANGS``.
    **values
        What the text's ``{placeholders}`` stand for; values it does not ask for are ignored.

    Raises
    ------
    MissingWord
        The key does not exist, or a placeholder has no value.
    UnknownLanguage
        ``lang`` is not one of ``LANGS``.
    """
    text = texts(lang).get(key)
    if text is None:
        raise MissingWord(key, lang)
    try:
        return text.format(**values)
    except (KeyError, IndexError) as error:
        raise MissingWord(key, lang, value=str(error.args[0])) from error


def has(key: str, lang: str) -> bool:
    """Tell whether a language has a text for a key."""
    return key in texts(lang)


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the values that a text asks for."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@cache
def texts(lang: str) -> Mapping[str, str]:
    """Return all texts of a language by dotted key, merged from its files.

    Raises
    ------
    DuplicateWord
        Two files define the same key.
    UnknownLanguage
        ``lang`` is not one of ``LANGS``.
    """
    if lang not in LANGS:
        raise UnknownLanguage(lang)
    return MappingProxyType(load(FOLDER / lang))


def load(folder: Path) -> dict[str, str]:
    """Read the ``*.toml`` files of a folder into one flat dictionary of texts.

    Raises
    ------
    DuplicateWord
        Two files define the same key.
    """
    merged: dict[str, str] = {}
    origin: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for key, text in read(path).items():
            if key in merged:
                raise DuplicateWord(f"{key!r} is in {origin[key]} and in {path.name}")
            merged[key], origin[key] = text, path.name
    return merged


def read(path: Path) -> dict[str, str]:
    """Read one word file into a flat dictionary of texts by dotted key."""
    return dict(_flatten(tomllib.loads(path.read_text(encoding="utf-8"))))


def _flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{key}.")
        elif isinstance(value, str):
            yield key, value
        else:
            raise WordError(f"{key!r} is {type(value).__name__}, not text")
