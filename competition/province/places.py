"""Entrants as they are looked for: by place, presenter, title, code and pinyin."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from competition.programme.initials import county_initials, initials
from db import Store, competitions, entrants, events

MOST_WORDS = 4
NAMES = 65_536
"""So many names' spellings are kept: a province has some 10,000 entrants."""


@dataclass(frozen=True)
class Place:
    """An entrant.

    Attributes
    ----------
    own, around : str
        What is looked in: its own names with their spelling; those of its county and township.
    """

    code: str
    county: str
    township: str
    village: str
    title: str
    presenter: str
    own: str
    around: str


_kept: dict[Path, tuple[int, tuple[Place, ...]]] = {}


def words_of(typed: str) -> tuple[str, ...]:
    """The words of what was typed, at most `MOST_WORDS`."""
    return tuple(unicodedata.normalize("NFKC", typed).lower().split()[:MOST_WORDS])


def matching(
    store: Store, words: Sequence[str], number: int | None = None
) -> list[tuple[int, Place]]:
    """The entrants that every word means, with how many words mean the entrant itself.

    ``number`` is that of the store's last event, where it is known.
    """
    matches = []
    for place in places(store, number):
        own = [word in place.own for word in words]
        if all(here or word in place.around for here, word in zip(own, words, strict=True)):
            matches.append((sum(own), place))
    return matches


def places(store: Store, number: int | None = None) -> tuple[Place, ...]:
    """All entrants, read again where something of the competition has changed."""
    kept = _kept.get(store.path)
    if kept is not None and kept[0] == number:
        return kept[1]
    with store.reading() as tx:
        number = events.last_number(tx)
        if kept is not None and kept[0] == number:
            return kept[1]
        there = tuple(
            _place(
                row["code"],
                row["county"],
                row["township"],
                row["village"],
                row["title"],
                row["presenter"],
            )
            for owner in competitions.all_of(tx)
            for row in entrants.of_competition(tx, owner["id"])
        )
    _kept[store.path] = (number, there)
    return there


@lru_cache(NAMES)
def _place(
    code: str, county: str, township: str, village: str, title: str, presenter: str
) -> Place:
    own = [code, village, initials(village), title, presenter, initials(presenter)]
    around = [county, county_initials(county), township, initials(township)]
    texts = (_plain(own), _plain(around))
    return Place(code, county, township, village, title, presenter, *texts)


def _plain(texts: Sequence[str]) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower() for text in texts)
