"""The acts and reads of the hall and of pairing, called with arguments that are valid."""

from typing import Any

from competition.people import pairing
from competition.stage import (
    adjourning,
    hall,
    hall_links,
    hall_pages,
    host,
    host_texts,
    releasing,
    reordering,
    screens,
    turns,
    withdrawing,
)
from db import entrants as rows
from tests.competition.event import later

AT = later(3600)


def begin(p: Any) -> None:
    """A tablet waits; a screen has its link."""
    p.ids["code"] = pairing.begin_pairing(p.event.store, at=AT, address="10.0.0.9").code
    hall_links.make_hall_link(p.event.store, p.event.organizer, p.round_id, at=AT)


def prepare(p: Any) -> None:
    """In an open round: entrant 3 is announced, which locks its sheets; the list is shown."""
    event = p.event
    releasing.release_score(event.store, event.organizer, p.round_id, event.entrants[3], at=AT)
    screens.set_screen(event.store, event.organizer, p.round_id, "list", at=AT)


def _reorder(p: Any, who: Any) -> None:
    first, second = p.event.entrants[4], p.event.entrants[5]
    with p.event.store.reading() as tx:
        seen = [one["id"] for one in reordering.movable(rows.running(tx, p.round_id))]
    swap = {first: second, second: first}
    order = [swap.get(one, one) for one in seen]
    reordering.reorder(p.event.store, who, p.round_id, order, seen=seen, reason="让路", at=AT)


ACTS = {
    "release_score": lambda p, w: releasing.release_score(
        p.event.store, w, p.round_id, p.event.entrants[4], at=AT
    ),
    "withdraw_release": lambda p, w: withdrawing.withdraw_release(
        p.event.store, w, p.round_id, p.event.entrants[3], reason="误按", at=AT
    ),
    "set_screen": lambda p, w: screens.set_screen(
        p.event.store, w, p.round_id, "score", entrant_id=p.event.entrants[3], at=AT
    ),
    "set_host_text": lambda p, w: host_texts.set_host_texts(
        p.event.store, w, p.round_id, {"thanks": "谢谢{number}。"}, at=AT
    ),
    "try_bell": lambda p, w: screens.try_bell(p.event.store, w, p.round_id, at=AT),
    "turn_page": lambda p, w: hall_pages.turn_page(p.event.store, w, p.round_id, 1, at=AT),
    "reorder": _reorder,
    "adjourn": lambda p, w: adjourning.adjourn(
        p.event.store, w, p.round_id, reason="停电", until="2022-03-19 09:00", at=AT
    ),
    "resume": lambda p, w: adjourning.resume(p.event.store, w, p.round_id, at=AT),
    "freeze": lambda p, w: releasing.freeze(p.event.store, w, p.round_id, at=AT),
    "unfreeze": lambda p, w: releasing.unfreeze(p.event.store, w, p.round_id, at=AT),
    "make_hall_link": lambda p, w: hall_links.make_hall_link(p.event.store, w, p.round_id, at=AT),
    "revoke_hall_links": lambda p, w: hall_links.revoke_hall_links(
        p.event.store, w, p.round_id, at=AT
    ),
    "pair_tablet": lambda p, w: pairing.pair_tablet(
        p.event.store, w, p.round_id, p.event.judges[4], p.ids["code"], at=AT
    ),
}

READS = {
    "hall": (
        lambda p, w: hall.hall(p.event.store, w, p.round_id),
        lambda p, w: turns.turns(p.event.store, w, p.round_id),
    ),
    "host": (
        lambda p, w: host.host_view(p.event.store, w, p.round_id, "zh"),
        lambda p, w: host_texts.host_texts(p.event.store, w, p.round_id, "zh"),
    ),
    "pairing": (lambda p, w: pairing.seats_to_pair(p.event.store, w, p.round_id),),
}
