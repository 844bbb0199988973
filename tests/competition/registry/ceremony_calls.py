"""What follows a certificate: what the tests of rights call."""

from typing import Any

from competition.results import award_texts
from competition.rights import ACTS as RIGHTS
from competition.stage import ceremonies, hall
from tests.competition.event import later

AT = later(3600)


def _laid_out(p: Any, who: Any, act: str) -> int:
    """Lay the ceremony out first, for whoever may then move it; the step that is shown."""
    with p.event.store.reading() as tx:
        state = tx.value("SELECT state FROM rounds WHERE id = :r", r=p.round_id)
    if who.roles_in(p.round_id) & set(RIGHTS[act].roles) and state in RIGHTS[act].states:
        ceremonies.lay_out_ceremony(p.event.store, who, p.round_id, "places", at=AT)
    return 0


def _move(p: Any, who: Any) -> object:
    seen = _laid_out(p, who, "move_ceremony")
    return ceremonies.move_ceremony(p.event.store, who, p.round_id, 1, seen=seen, at=AT)


def _step(p: Any, who: Any) -> object:
    with p.event.store.writing():
        _laid_out(p, who, "plan_ceremony")
        return hall.ceremony_step(p.event.store, who, p.round_id, 1)


ACTS = {
    "set_award_texts": lambda p, w: award_texts.set_award_texts(
        p.event.store, w, p.round_id, "award", {"wish": "特发此状。"}, at=AT
    ),
    "plan_ceremony": lambda p, w: ceremonies.lay_out_ceremony(
        p.event.store, w, p.round_id, "places", at=AT
    ),
    "move_ceremony": _move,
}

READS = {
    "award_texts": (lambda p, w: award_texts.award_texts(p.event.store, w, p.round_id, "zh"),),
    "ceremony": (lambda p, w: ceremonies.ceremony(p.event.store, w, p.round_id), _step),
}
