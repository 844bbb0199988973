"""Blind review: a reason that names an entrant is refused before it is kept.

Names are also known by a shorter form and by sound: most wrong characters in a typed name are
homophones. Which name was meant is not said, for the writer may be a judge.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from competition.blind import is_blind
from competition.errors import NamesAnEntrant
from competition.states import AFTER_OPENING
from db import Transaction, entrants
from db.shapes import RoundRow
from words import t

SHORTEST = 2
"""Characters of a name that is looked for; one alone says nothing."""
SHORTEST_TITLE = 4
PLACES = ("county", "township", "village")
MAY_NAME = frozenset(
    {"declare_recusal", "withdraw_recusal", "correct_entrant", "enter_review", "answer_review"}
    | {"sign_rules"}
)
"""Acts whose reason no judge reads: it names a place because that is what they are about."""


def require_unnamed(tx: Transaction, row: RoundRow, text: str, *, field: str = "reason") -> None:
    """Refuse a text that names an entrant of a blind round that is being marked.

    Raises
    ------
    NamesAnEntrant
        With the part of the text that does.
    """
    if row["state"] not in AFTER_OPENING:
        return
    said = named_in(tx, row, text)
    if said:
        raise NamesAnEntrant(field=field, said=said)


def named_in(tx: Transaction, row: RoundRow, text: str) -> str:
    """The part of a text that names an entrant of a blind round; empty where none does."""
    if not text or not is_blind(row):
        return ""
    plain = unicodedata.normalize("NFKC", text)
    for place in entrants.in_round(tx, row["id"]):
        for name in _names(place):
            said = _said(plain, name)
            if said:
                return said
    return ""


def _names(place: Mapping[str, Any]) -> Iterator[str]:
    """The code, person and unit of an entrant, its places each with a shorter form."""
    for column in ("code", "presenter", "unit"):
        yield place[column]
    if len(place["title"]) >= SHORTEST_TITLE:
        yield place["title"]
    for column in PLACES:
        name = place[column]
        yield name
        for ending in t("blind.endings", "zh").split("|"):
            if name.endswith(ending):
                yield name.removesuffix(ending)


def _said(text: str, name: str) -> str:
    """The part of a text that is the name, or sounds like it; empty where none does."""
    if len(name) < SHORTEST:
        return ""
    if name in text:
        return name
    sound = _sound(name)
    for at in range(len(text) - len(name) + 1):
        part = text[at : at + len(name)]
        if not part.isascii() and _sound(part) == sound:
            return part
    return ""


@cache
def _sound(text: str) -> tuple[str, ...]:
    """Toneless pinyin by syllable; the table is read when a blind round first needs it."""
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(text))
