"""The acts of the timekeeper's clock, called with arguments that are valid."""

from collections.abc import Callable
from typing import Any

from competition.rights import ACTS as RIGHTS
from competition.stage import clock_now, clocks
from tests.competition.event import later

AT = later(3600)
ENTRANT = 1


def _presenting(p: Any, who: Any, act: str, *, runs: bool) -> None:
    """Entrant 1 presents, and its clock runs, for those who may then act."""
    right = RIGHTS[act]
    with p.event.store.writing() as tx:
        state = tx.value("SELECT state FROM rounds WHERE id = :r", r=p.round_id)
        if who.roles_in(p.round_id) & set(right.roles) and state in right.states:
            tx.run(
                "UPDATE round_entrants SET stage = 'presenting' WHERE entrant_id = :e",
                e=p.event.entrants[ENTRANT],
            )
            if runs:
                timed = (p.round_id, p.event.entrants[ENTRANT], "presenting")
                clocks.start_clock(p.event.store, p.visitors["timekeeper"], *timed, at=AT)


def _call(act: str, *, runs: bool) -> Callable[[Any, Any], object]:
    def call(p: Any, who: Any) -> object:
        _presenting(p, who, act, runs=runs)
        does = getattr(clocks, act)
        entrant = p.event.entrants[ENTRANT]
        return does(p.event.store, who, p.round_id, entrant, "presenting", at=AT)

    return call


def _correct(p: Any, who: Any) -> object:
    entrant = p.event.entrants[ENTRANT]
    return clocks.correct_clock(
        p.event.store, who, p.round_id, entrant, "presenting", "7:52", reason="误触", at=AT
    )


ACTS = {
    "start_clock": _call("start_clock", runs=False),
    "pause_clock": _call("pause_clock", runs=True),
    "stop_clock": _call("stop_clock", runs=True),
    "correct_clock": _correct,
}
READS = (
    lambda p, w: clock_now.clock_now(p.event.store, w, p.round_id, at=AT),
    lambda p, w: clock_now.used_times(p.event.store, w, p.round_id),
)
