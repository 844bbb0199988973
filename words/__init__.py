"""Every word a person reads, in Chinese and English, by its dotted key.

A file holds one room's words, each in both languages: ``title = {zh = "…", en = "Standings"}``
in ``words/organizers/standings.toml`` is the key ``organizers.standings.title``. A file's path is
the beginning of its keys. An English text that counts has its singular beside it:
``{zh = "{count} 场", en = "{count} sessions", one = "{count} session"}``. Standard library only.

Errors
------
WordError
    MissingWord      no such key in that language, or a placeholder was given no value
    DuplicateWord    two files define the same key
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
    """Two files define the same key."""


class UnknownLanguage(WordError):
    """A language that is not one of ``LANGS``."""


def t(key: str, lang: str, **values: object) -> str:
    """Return the text of a key in a language, with its placeholders filled.

    Where ``count`` is 1 and the text has a singular, ``<key>.one``, the singular is returned.

    Parameters
    ----------
    key
        Dotted key, e.g. ``"error.mark_out_of_range"``.
    lang
        One of ``LANGS``.
    **values
        Values of the text's ``{placeholders}``; surplus values are ignored.

    Raises
    ------
    MissingWord
        The key does not exist, or a placeholder has no value.
    UnknownLanguage
        ``lang`` is not one of ``LANGS``.
    """
    text = _find(key, lang, one=values.get("count") == 1)
    try:
        return text.format(**values)
    except (KeyError, IndexError) as error:
        raise MissingWord(key, lang, value=str(error.args[0])) from error


def _find(key: str, lang: str, *, one: bool) -> str:
    known = texts(lang)
    text = known.get(f"{key}.one", known.get(key)) if one else known.get(key)
    if text is None:
        raise MissingWord(key, lang)
    return text


def has(key: str, lang: str) -> bool:
    """Whether a language has a text for a key."""
    return key in texts(lang)


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the values that a text asks for."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def texts(lang: str) -> Mapping[str, str]:
    """Return all texts of a language by dotted key.

    Raises
    ------
    DuplicateWord
        Two files define the same key.
    UnknownLanguage
        ``lang`` is not one of ``LANGS``.
    """
    if lang not in LANGS:
        raise UnknownLanguage(lang)
    return _everything()[lang]


@cache
def _everything() -> dict[str, Mapping[str, str]]:
    return {lang: MappingProxyType(known) for lang, known in load(FOLDER).items()}


def load(folder: Path) -> dict[str, dict[str, str]]:
    """Read the ``*.toml`` files below a folder: the texts of every language by dotted key.

    Raises
    ------
    DuplicateWord
        Two files define the same key.
    """
    merged: dict[str, dict[str, str]] = {lang: {} for lang in LANGS}
    origin: dict[str, str] = {}
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        for key, entry in read(path, folder).items():
            if key in origin:
                raise DuplicateWord(f"{key!r} is in {origin[key]} and in {name}")
            origin[key] = name
            merged["zh"][key], merged["en"][key] = entry["zh"], entry["en"]
            if "one" in entry:
                merged["en"][f"{key}.one"] = entry["one"]
    return merged


def read(path: Path, folder: Path = FOLDER) -> dict[str, dict[str, str]]:
    """Read one word file: by dotted key the text in each language, and the English singular."""
    prefix = ".".join(path.relative_to(folder).with_suffix("").parts)
    return dict(_entries(tomllib.loads(path.read_text(encoding="utf-8")), f"{prefix}."))


def _entries(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, dict[str, str]]]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if not isinstance(value, Mapping):
            raise WordError(f"{key!r} is {type(value).__name__}, not a text in each language")
        if not any(isinstance(text, str) for text in value.values()):
            yield from _entries(value, f"{key}.")
        elif set(LANGS) <= value.keys() <= {*LANGS, "one"} and _are_texts(value):
            yield key, dict(value)
        else:
            raise WordError(f"{key!r} has {sorted(value)}, not a text in each language")


def _are_texts(value: Mapping[str, Any]) -> bool:
    return all(isinstance(text, str) for text in value.values())
