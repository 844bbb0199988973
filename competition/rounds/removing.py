"""A round in draft that was made by mistake: deleted with all that belongs to it alone."""

from datetime import datetime

from competition.acting import acting, changed
from competition.rounds.errors import IsPart
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, composites, entrants, panel, releases, setup
from db import rounds as rows


def remove_round(store: Store, who: Visitor, round_id: str, *, at: datetime) -> None:
    """Delete a round in draft: rubric, rules, order, seats, sessions, assignments, screen links.

    Entrants and judges stay on the competition's lists. The round's own row stays, marked as
    deleted: the log is never shortened, and its events name the round.

    Raises
    ------
    NotNow
        If it was ever opened: from then on it may hold marks.
    IsPart
        If a composite is made of it.
    """
    with acting(store, who, "remove_round", round_id, at=at) as (act, tx):
        require_no_part(tx, round_id)
        clear_round(tx, round_id)
        tx.put("rounds", changed(act.round, removed_at=stamp(act.at)))
        act.record("round_removed")


def require_no_part(tx: Transaction, round_id: str) -> None:
    """Refuse to delete a round that a composite is made of."""
    whole = composites.made_of(tx, round_id)
    if whole:
        raise IsPart(round=whole[0]["title"])


def clear_round(tx: Transaction, round_id: str) -> None:
    """Remove every row of a round, those that lean on others first."""
    tx.remove_rows("assignments", panel.assignments(tx, round_id))
    tx.remove_rows("recusals", panel.recusals(tx, round_id))
    sessions = rows.sessions(tx, round_id)
    for session in sessions:
        for member in panel.members(tx, session["id"]):
            tx.remove("panels", session_id=session["id"], person_id=member["person_id"])
    for place in entrants.in_round(tx, round_id):
        tx.remove("round_entrants", round_id=round_id, entrant_id=place["id"])
    tx.remove_rows("sessions", sessions)
    tx.remove_rows("seats", panel.seats(tx, round_id))
    tx.remove_rows("grants", setup.grants_of_round(tx, round_id))
    tx.remove_rows("criteria", rows.criteria(tx, round_id))
    tx.remove_rows("parts", composites.parts(tx, round_id))
    tx.remove_rows("hall_links", releases.hall_links(tx, round_id))
    tx.remove("draws", round_id=round_id)
