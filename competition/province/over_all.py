"""The province's page: a line for each competition of the installation, and a search over all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from competition.province import places
from competition.province.errors import NotProvince
from competition.province.standing import Summary, summary
from competition.rights import require_read
from competition.visitor import Visitor
from db import DatabaseError, Store, events
from db.members import Members

MOST_FOUND = 50


class Served(Protocol):
    """The installation, as far as these reads need it."""

    members: Members
    faults: dict[str, DatabaseError]

    @property
    def province(self) -> Store | None:
        """The province's store."""

    def competitions(self) -> dict[str, Store]:
        """Name to store of the competitions that are open."""


@dataclass(frozen=True)
class Line:
    """One competition.

    Attributes
    ----------
    summary : Summary or None
        None where it cannot be read, then ``fault`` says why, or has not begun.
    late : tuple of str
        As `Summary.late`.
    """

    name: str
    host: str
    summary: Summary | None
    late: tuple[str, ...] = ()
    fault: str = ""

    @property
    def title(self) -> str:
        """The competition's title; its short name where it cannot be read."""
        return self.summary.title if self.summary else self.name


@dataclass(frozen=True)
class Found:
    """Entrants that a text finds, each with its competition; whether there are more."""

    entrants: tuple[tuple[Line, places.Place], ...]
    is_more: bool


def is_province(served: Served | None, store: Store) -> bool:
    """Whether a store is the one at the installation's own host."""
    return served is not None and served.province is store


def lines(served: Served | None, store: Store, who: Visitor, *, at: datetime) -> list[Line]:
    """Every competition of the installation, in the list's order.

    Raises
    ------
    NotProvince
        If the visitor is signed in at a competition, not at the province.
    """
    served = require_province(served, store, who)
    there = served.competitions()
    numbers = events.last_numbers(there.values())
    return [_line(served, name, there.get(name), numbers, at) for name in served.members.names]


def find(served: Served | None, store: Store, who: Visitor, typed: str, *, at: datetime) -> Found:
    """Entrants of which every word typed is a part: place, title, presenter, code, pinyin.

    Raises
    ------
    NotProvince
    """
    served = require_province(served, store, who)
    words, ranked = places.words_of(typed), []
    there = served.competitions() if words else {}
    numbers = events.last_numbers(there.values())
    for name, one in there.items():
        try:
            hits = places.matching(one, words, numbers.get(one.path))
        except DatabaseError:
            continue
        if hits:
            line = _line(served, name, one, numbers, at)
            ranked += [(rank, line, place) for rank, place in hits]
    ranked.sort(key=lambda hit: (-hit[0], hit[2].code, hit[1].name))
    shown = tuple((line, place) for _, line, place in ranked[:MOST_FOUND])
    return Found(shown, is_more=len(ranked) > MOST_FOUND)


def states(shown: list[Line]) -> Mapping[str, int]:
    """How many competitions stand where; ``fault`` for those that cannot be read."""
    counted: dict[str, int] = {}
    for line in shown:
        state = "fault" if line.fault else line.summary.state if line.summary else "empty"
        counted[state] = counted.get(state, 0) + 1
    return counted


def require_province(served: Served | None, store: Store, who: Visitor) -> Served:
    """The installation, if the visitor is signed in at its own host and may read over all.

    Raises
    ------
    NotProvince, Forbidden, SignInNeeded
    """
    with store.reading() as tx:
        require_read(tx, who, "province")
    if served is None or not is_province(served, store):
        raise NotProvince
    return served


def _line(
    served: Served,
    name: str,
    store: Store | None,
    numbers: Mapping[Path, int],
    at: datetime,
) -> Line:
    host = served.members.host_of(name)
    if store is None:
        fault = served.faults.get(name)
        return Line(name, host, None, fault=fault.code if fault else "database_empty")
    try:
        made = summary(store, numbers.get(store.path))
    except DatabaseError as error:
        return Line(name, host, None, fault=error.code)
    return Line(name, host, made, made.late(at) if made else ())
