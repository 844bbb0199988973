"""Refusals in words: the sentence of an error, and the act that would clear it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from words import has, t


class Sayable(Protocol):
    """An error of this project: a code and its values."""

    @property
    def code(self) -> str:
        """Key below ``error.``."""

    @property
    def values(self) -> Mapping[str, Any]:
        """Values of the sentence's placeholders."""


def sentence(error: Sayable, lang: str) -> str:
    """The sentence of a refusal, in the reader's language.

    A hidden (empty) reason is left out, where there are words for that.
    """
    key = f"error.{error.code}"
    if error.values.get("reason") == "" and has(f"{key}_unsaid", lang):
        return t(f"{key}_unsaid", lang)
    values = {
        name: SPELLED[name](value, lang) if name in SPELLED else value
        for name, value in error.values.items()
    }
    return t(key, lang, **values)


def way_out(error: object, lang: str) -> str:
    """The act that clears a refusal and the role that does it; empty where none does."""
    act = getattr(error, "clears", None)
    return t(f"clears.{act}", lang) if act and has(f"clears.{act}", lang) else ""


def listed(items: list[str], lang: str) -> str:
    """A list in one line, separated as the language does."""
    return t("list.between", lang).join(items)


def in_a_row(parts: Iterable[str], lang: str) -> str:
    """Sentences one after the other, with the space that the language puts between them."""
    joined = ""
    for part in parts:
        if joined and part:
            joined = t("organizers.two_sentences", lang, first=joined, second=part)
        joined = joined or part
    return joined


def _words(table: str) -> Callable[[Any, str], str]:
    def spell(value: Any, lang: str) -> str:
        key = f"{table}.{value}"
        return t(key, lang) if has(key, lang) else str(value)

    return spell


def _many(table: str) -> Callable[[Any, str], str]:
    def spell(values: Any, lang: str) -> str:
        return listed([_words(table)(value, lang) for value in values], lang)

    return spell


def _pairs(pairs: Any, lang: str) -> str:
    shown = [t("list.sheet", lang, number=n, seat=f"{seat:02d}") for n, seat in pairs[:8]]
    return listed(shown, lang) + (t("list.more", lang) if len(pairs) > len(shown) else "")


def _items(items: Any, lang: str) -> str:
    return listed(list(items), lang)


def _numbers(numbers: Any, lang: str) -> str:
    return listed(
        [n if isinstance(n, str) else t("list.number", lang, number=n) for n in numbers], lang
    )


SPELLED: dict[str, Callable[[Any, str], str]] = {
    "state": _words("round_state"),
    "before": _words("state"),
    "after": _words("state"),
    "needs": _words("publication"),
    "kind": _words("publication"),
    "waits": _words("error.signature"),
    "roles": _many("role"),
    "role": _words("role"),
    "other": _words("role"),
    "missing": _many("ready"),
    "field": _words("field"),
    "finding": _words("finding"),
    "changed": _many("correction.ground"),
    "marks": _items,
    "pairs": _pairs,
    "entrants": _numbers,
    "criteria": _items,
    "names": _items,
    "rounds": _items,
    "parts": _items,
}
