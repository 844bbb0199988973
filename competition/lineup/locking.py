"""Pairs of entrant and judge locked by hand: sharing out leaves them and fills the rest."""

from datetime import datetime

from competition.acting import Act, acting, changed
from competition.errors import Missing
from competition.lineup.entrants import require_place
from competition.lineup.errors import InSession, RecusedPair
from competition.lineup.panel import derived_recusal
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store, entrants, panel
from db.shapes import Place, SeatedJudge


def lock_pair(
    store: Store, who: Visitor, round_id: str, entrant_id: str, person_id: str, *, at: datetime
) -> None:
    """Lock a judge to an entrant of a round in draft; the judge is assigned to it, if not yet.

    Raises
    ------
    RecusedPair
        If the judge is recused for the entrant, with the reason.
    InSession
        If the entrant is in a session, whose panel marks it.
    Missing
        If the entrant is not in the round, or the judge has no seat in it or is in reserve.
    """
    with acting(store, who, "lock_pair", round_id, at=at) as (act, tx):
        require_place(tx, round_id, entrant_id)
        place = next(one for one in entrants.in_round(tx, round_id) if one["id"] == entrant_id)
        if place["session_id"] is not None:
            raise InSession(what=f"{place['county']}{place['township']}{place['village']}")
        seats = {seat["person_id"]: seat for seat in panel.seats(tx, round_id)}
        if person_id not in seats or seats[person_id]["reserve"]:
            raise Missing(what="seat")
        _refuse_recused(act, place, seats[person_id])
        key = {"round_id": round_id, "entrant_id": entrant_id, "person_id": person_id}
        before = panel.assignment(tx, round_id, entrant_id, person_id)
        row = before or {**key, "state": "expected", "reason": "", "stands_for": None}
        if row.get("locked"):
            return act.unchanged()
        tx.put("assignments", changed(row, locked=1))
        act.record("pair_locked", f"{entrant_id} {person_id}")


def _refuse_recused(act: Act, place: Place, judge: SeatedJudge) -> None:
    """Refuse a pair that is recused, or would be by the judge's place of work."""
    known = panel.recusal(act.tx, act.round["id"], place["id"], judge["person_id"])
    level = RoundRules.from_json(act.round["rules"]).recusal_level
    derived = derived_recusal(place, judge, level)
    if known is not None or derived is not None:
        reason = known["reason"] if known else derived[1] if derived else ""
        raise RecusedPair(seat=f"{judge['number']:02d}", number=place["number"], reason=reason)


def unlock_pair(
    store: Store, who: Visitor, round_id: str, entrant_id: str, person_id: str, *, at: datetime
) -> None:
    """Unlock a pair; it stays assigned until judges are shared out again."""
    with acting(store, who, "unlock_pair", round_id, at=at) as (act, tx):
        pair = panel.assignment(tx, round_id, entrant_id, person_id)
        if pair is None or not pair["locked"]:
            raise Missing(what="pair")
        tx.put("assignments", changed(pair, locked=0))
        act.record("pair_unlocked", f"{entrant_id} {person_id}")
