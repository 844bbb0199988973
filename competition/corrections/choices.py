"""What a correction can be about: the entrants, judges and criteria of a round."""

from dataclasses import dataclass

from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, corrections, entrants, panel
from db import rounds as round_rows
from db.shapes import CriterionRow, Place, SeatedJudge


@dataclass(frozen=True)
class Choices:
    """The parts of a round by id, each in its order.

    Attributes
    ----------
    rules_version : int
    is_signed : bool
        Whether the rules in force were signed: at the opening, or again.
    """

    places: dict[str, Place]
    judges: dict[str, SeatedJudge]
    criteria: dict[str, CriterionRow]
    rules_version: int
    is_signed: bool


def choices(store: Store, who: Visitor, round_id: str) -> Choices:
    """What can be chosen when a correction is asked for."""
    with store.reading() as tx:
        row = require_read(tx, who, "progress", round_id)
        version = row["rules_version"]
        signed = version == 1 or corrections.signature(tx, round_id, version) is not None
        return Choices(
            places={place["id"]: place for place in entrants.in_round(tx, round_id)},
            judges={seat["person_id"]: seat for seat in panel.seats(tx, round_id)},
            criteria={one["id"]: one for one in round_rows.criteria(tx, round_id)},
            rules_version=version,
            is_signed=signed,
        )
