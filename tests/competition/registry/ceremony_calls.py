"""What follows a certificate: what the tests of rights call."""

from typing import Any

from competition.results import audits, award_texts, editions, receipts
from competition.rights import ACTS as RIGHTS
from competition.stage import ceremonies, hall
from tests.competition.event import later

AT = later(3600)


def _may(p: Any, who: Any, act: str) -> bool:
    with p.event.store.reading() as tx:
        state = tx.value("SELECT state FROM rounds WHERE id = :r", r=p.round_id)
    right = RIGHTS[act]
    return bool(who.roles_in(p.round_id) & set(right.roles)) and state in right.states


def _laid_out(p: Any, who: Any, act: str) -> int:
    """Lay the ceremony out first, for whoever may then move it; the step that is shown."""
    if _may(p, who, act):
        ceremonies.lay_out_ceremony(p.event.store, who, p.round_id, "places", at=AT)
    return 0


def _move(p: Any, who: Any) -> object:
    seen = _laid_out(p, who, "move_ceremony")
    return ceremonies.move_ceremony(p.event.store, who, p.round_id, 1, seen=seen, at=AT)


def _step(p: Any, who: Any) -> object:
    with p.event.store.writing():
        _laid_out(p, who, "plan_ceremony")
        return hall.ceremony_step(p.event.store, who, p.round_id, 1)


def _begin_audit(p: Any, who: Any) -> str:
    return audits.begin_audit(p.event.store, who, p.round_id, "4261533621", count=5, at=AT)


def prepare(p: Any) -> None:
    """An audit whose outcome is not recorded yet."""
    p.ids["audit"] = _begin_audit(p, p.event.organizer)


ACTS = {
    "begin_audit": _begin_audit,
    "record_audit": lambda p, w: audits.record_audit(p.event.store, w, p.ids["audit"], [], at=AT),
    "set_award_texts": lambda p, w: award_texts.set_award_texts(
        p.event.store, w, p.round_id, "award", {"wish": "特发此状。"}, at=AT
    ),
    "plan_ceremony": lambda p, w: ceremonies.lay_out_ceremony(
        p.event.store, w, p.round_id, "places", at=AT
    ),
    "move_ceremony": _move,
}

READS = {
    "audits": (lambda p, w: audits.audits(p.event.store, w, p.round_id),),
    "award_texts": (lambda p, w: award_texts.award_texts(p.event.store, w, p.round_id, "zh"),),
    "ceremony": (lambda p, w: ceremonies.ceremony(p.event.store, w, p.round_id), _step),
}
SHEETS = (lambda p, w: receipts.codes(p.event.store, w, p.round_id),)
AWARD_LIST = (lambda p, w: editions.edition_of(p.event.store, w, p.round_id),)
"""More functions that ask for these reads."""
