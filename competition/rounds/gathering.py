"""The entrants of a composite: those of its last part that is a round, kept in step with it."""

from db import Transaction, composites, entrants
from db.shapes import Place


def listed_places(tx: Transaction, round_id: str) -> list[Place]:
    """The places that a composite ranks, as its listing round has them now."""
    source_id = composites.listing_round(tx, round_id)
    return [] if source_id is None else entrants.in_round(tx, source_id)


def gather(tx: Transaction, round_id: str) -> bool:
    """Inside an act: give a composite the entrants and numbers of its listing round.

    Return whether that changed anything.
    """
    wanted = {place["id"]: place["number"] for place in listed_places(tx, round_id)}
    stored = {place["id"]: place["number"] for place in entrants.in_round(tx, round_id)}
    if wanted == stored:
        return False
    for entrant_id in stored.keys() - {one for one in wanted if wanted[one] == stored.get(one)}:
        tx.remove("round_entrants", round_id=round_id, entrant_id=entrant_id)
    for entrant_id in sorted(wanted):
        if entrant_id not in stored or stored[entrant_id] != wanted[entrant_id]:
            tx.put(
                "round_entrants",
                {
                    "round_id": round_id,
                    "entrant_id": entrant_id,
                    "session_id": None,
                    "number": wanted[entrant_id],
                    "stage": "waiting",
                    "seconds_used": None,
                },
            )
    return True
