"""Entrants and people that a competition has already, for an import to find its lines among."""

from collections.abc import Mapping
from dataclasses import dataclass

from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, documents, entrants, people
from db.shapes import Entrant, Person


@dataclass(frozen=True)
class Known:
    """What there is.

    Attributes
    ----------
    shelf_marks : mapping
        Where an entrant's paper lies, by entrant.
    fixed : frozenset of str
        Entrants of an opened round: an import leaves their facts as they are.
    """

    entrants: tuple[Entrant, ...]
    people: tuple[Person, ...]
    shelf_marks: Mapping[str, str]
    fixed: frozenset[str]


def known(store: Store, who: Visitor) -> Known:
    """Read them, for an organizer."""
    competition_id = str(who.competition_id)
    with store.reading() as tx:
        for read in ("entrants", "people"):
            require_read(tx, who, read)
        return Known(
            tuple(entrants.of_competition(tx, competition_id)),
            tuple(people.of_competition(tx, competition_id)),
            documents.all_shelf_marks(tx, competition_id),
            frozenset(entrants.in_opened_rounds(tx, competition_id)),
        )
