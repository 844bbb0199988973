"""The acts and reads about PINs, called with arguments that are valid."""

from collections.abc import Callable
from typing import Any

from competition.marks import deductions
from competition.people import confirming, links, pins
from competition.results import deciding
from competition.visitor import Visitor
from tests.competition.event import later
from tests.competition.registry import publishing_calls

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
    """The supervisor confirms on the visitor's device.

    What is confirmed is a deduction, or in a certified round a change of the list.
    """
    act, do = "confirm_deduction", _deduction(p)
    if publishing_calls.may(p, p.event.visitor("second"), "confirm_list_change"):
        act, do = "confirm_list_change", _list_change(p)
    return confirming.confirm_here(
        p.event.store,
        who,
        p.event.people["supervisor"],
        pin,
        do,
        act=act,
        round_id=p.round_id,
        at=AT,
    )


def _deduction(p: Any) -> Callable[[Visitor], object]:
    return lambda second: deductions.confirm_deduction(
        p.event.store, second, p.ids["confirm"], at=AT
    )


def _list_change(p: Any) -> Callable[[Visitor], object]:
    """The second organizer's change is entered when the PIN has been tried."""

    def do(second: Visitor) -> object:
        key = publishing_calls.change(p, p.event.visitor("second"))
        return deciding.confirm_list_change(p.event.store, second, key, at=AT)

    return do


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
