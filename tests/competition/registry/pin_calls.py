"""The acts and reads about PINs, called with arguments that are valid."""

from typing import Any

from competition.marks import deductions
from competition.people import confirming, links, pins
from competition.visitor import Visitor
from tests.competition.event import later

AT = later(3600)
PIN = "506172"
"""The supervisor's."""


def begin(prepared: Any) -> None:
    """Give the supervisor a link and a PIN."""
    event = prepared.event
    links.make_link(event.store, event.organizer, event.people["supervisor"], at=AT)
    pins.set_pin(event.store, event.visitor("supervisor"), PIN, PIN, at=AT)


def _set(p: Any, who: Visitor) -> object:
    former = PIN if "supervisor" in who.roles else ""
    return pins.set_pin(p.event.store, who, "681403", "681403", former=former, at=AT)


def confirm(p: Any, who: Visitor, pin: str = PIN) -> object:
    """The supervisor confirms a deduction on the visitor's device."""
    return confirming.confirm_here(
        p.event.store,
        who,
        p.event.people["supervisor"],
        pin,
        lambda second: deductions.confirm_deduction(p.event.store, second, p.ids["confirm"], at=AT),
        act="confirm_deduction",
        round_id=p.round_id,
        at=AT,
    )


ACTS = {
    "set_pin": _set,
    "reset_pin": lambda p, w: pins.reset_pin(
        p.event.store, w, p.event.people["supervisor"], reason="忘记", at=AT
    ),
    "confirm_here": confirm,
}

READS = {
    "own_pin": (lambda p, w: pins.own_pin(p.event.store, w),),
    "seconds": (
        lambda p, w: confirming.seconds(
            p.event.store, w, "confirm_deduction", p.round_id, without="", at=AT
        ),
    ),
}
