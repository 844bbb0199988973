"""What the chair of a panel signs, with or without a seat: sheets to be set aside."""

from dataclasses import dataclass

from competition.blind import seen_by
from competition.corrections.listing import Correction, corrections_of
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, entrants, panel
from db.shapes import Place


@dataclass(frozen=True)
class ChairDesk:
    """The chair's page; no mark and no standing is in it.

    Attributes
    ----------
    places : dict
        The entrants by id, as the chair may see them.
    seats : dict
        The judges' numbers by id.
    corrections : tuple of Correction
        Those that a chair answers, the waiting ones first.
    """

    places: dict[str, Place]
    seats: dict[str, int]
    corrections: tuple[Correction, ...]


def chair_desk(store: Store, who: Visitor, round_id: str) -> ChairDesk:
    """What waits for the chair, and what a chair can ask for; a composite has no sheets."""
    with store.reading() as tx:
        row = require_read(tx, who, "chair_desk", round_id)
        places = seen_by(who, row, entrants.in_round(tx, round_id))
        seats = {seat["person_id"]: seat["number"] for seat in panel.seats(tx, round_id)}
    asked = [] if row["kind"] == "composite" else corrections_of(store, who, round_id)
    listed = tuple(one for one in asked if one.answers == "confirm_set_aside")
    return ChairDesk({place["id"]: place for place in places}, seats, listed)
