"""The timekeeper's clock: started, paused, stopped, corrected; and how it follows the stage."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from competition import clock as machine
from competition import fields, typed
from competition.acting import Act, acting, changed
from competition.errors import WrongState
from competition.lineup.entrants import require_place
from competition.stage.clock_rows import SECOND, clock_of, fresh, keep_used, seconds
from competition.stage.elapsed import elapsed_ms
from competition.stage.errors import Adjourned, ClockMovedOn, ClockNotNow
from competition.states import CLOCK, allows
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, adjournments
from db import clocks as rows
from db.shapes import ClockRow


def start_clock(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    phase: str,
    *,
    at: datetime,
    seen: int | None = None,
    ticks: int | None = None,
) -> None:
    """Start an entrant's clock, or let it go on after a pause.

    Parameters
    ----------
    phase : str
        presenting or answering, as the button showed it.
    seen : int or None
        The clock's ``rev`` as the button showed it.
    ticks : int or None
        What the machine's steady clock shows; None to look.

    Raises
    ------
    ClockNotNow
        If the entrant is not in this phase.
    NotTimed
        If the rules set no limit for it.
    ClockMovedOn
        If another person has moved the clock since the button was shown.
    """
    _move(store, who, "start_clock", round_id, entrant_id, phase, "running", at, seen, ticks)


def pause_clock(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    phase: str,
    *,
    at: datetime,
    seen: int | None = None,
    ticks: int | None = None,
) -> None:
    """Pause an entrant's clock; parameters and refusals as `start_clock`."""
    _move(store, who, "pause_clock", round_id, entrant_id, phase, "paused", at, seen, ticks)


def stop_clock(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    phase: str,
    *,
    at: datetime,
    seen: int | None = None,
    ticks: int | None = None,
) -> None:
    """Stop an entrant's clock: the seconds used are kept; as `start_clock`."""
    _move(store, who, "stop_clock", round_id, entrant_id, phase, "stopped", at, seen, ticks)


RECORDS = {"running": "clock_started", "paused": "clock_paused", "stopped": "clock_stopped"}
"""A clock's state to the event that records it."""


def _move(
    store: Store,
    who: Visitor,
    name: str,
    round_id: str,
    entrant_id: str,
    phase: str,
    after: str,
    at: datetime,
    seen: int | None,
    ticks: int | None,
) -> None:
    with acting(store, who, name, round_id, at=at) as (act, tx):
        place = require_place(tx, round_id, entrant_id)
        clock = clock_of(tx, act.round, entrant_id, phase)
        if clock["state"] == after:
            return act.unchanged()  # a second click, or another timekeeper's
        if seen is not None and clock["rev"] != seen:
            raise ClockMovedOn(number=place["number"], after=clock["state"])
        if after == "running":
            _require_now(tx, place, phase)
        if not allows(CLOCK, clock["state"], after):
            raise WrongState(before=clock["state"], after=after)
        _put(tx, store, clock, after, act.at, ticks)
        keep_used(tx, round_id, entrant_id)
        act.record(RECORDS[after], entrant_id)


def correct_clock(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    phase: str,
    used: str,
    *,
    reason: str,
    at: datetime,
) -> None:
    """Set the used time of a clock, with a reason: after a mis-start, or a time taken by hand.

    While the entrant is still in the phase the clock waits there and can go on; else it is
    stopped.  The log keeps the time before.

    Parameters
    ----------
    used : str
        As typed: minutes and seconds, ``7:52``.
    """
    with acting(store, who, "correct_clock", round_id, at=at) as (act, tx):
        place = require_place(tx, round_id, entrant_id)
        wanted = typed.duration(used, "used")
        why = fields.reason(reason)
        clock = clock_of(tx, act.round, entrant_id, phase)
        before = elapsed_ms(tx, store, clock, at=act.at, ticks=machine.ticks()) // SECOND
        waits = "paused" if wanted else "ready"
        tx.put(
            "clocks",
            changed(
                clock,
                used_ms=wanted * SECOND,
                started_at=None,
                state=waits if place["stage"] == phase else "stopped",
                rev=clock["rev"] + 1,
            ),
        )
        keep_used(tx, round_id, entrant_id)
        told = f"{typed.minutes(before)} → {typed.minutes(wanted)} · {why}"
        act.record("clock_corrected", entrant_id, reason=told)


def pause_all(act: Act, tx: Transaction, store: Store, ticks: int | None = None) -> None:
    """Inside the act that adjourns a round: a running clock is paused."""
    for clock in rows.of_round(tx, act.round["id"]):
        if clock["state"] == "running":
            _put(tx, store, clock, "paused", act.at, ticks)
            keep_used(tx, act.round["id"], clock["entrant_id"])
            act.record("clock_paused", clock["entrant_id"])


def clocks_follow(
    act: Act, tx: Transaction, store: Store, entrant_id: str, stage: str, ticks: int | None = None
) -> None:
    """Inside the act that moves an entrant: its clocks follow.

    A running clock of a phase that is left is stopped.  An entrant that presents again, after a
    fault, begins at 0:00: the time before is kept in a separate take and in the log.
    """
    round_id = act.round["id"]
    clocks = rows.of_entrant(tx, round_id, entrant_id)
    for clock in clocks:
        if clock["state"] in ("running", "paused") and clock["phase"] != stage:
            _put(tx, store, clock, "stopped", act.at, ticks)
            keep_used(tx, round_id, entrant_id)
            act.record("clock_stopped", entrant_id)
    if stage != "presenting" or not clocks:
        return
    take = clocks[-1]["take"]
    before = [seconds(clock) for clock in clocks if clock["take"] == take]
    tx.put("clocks", fresh(round_id, entrant_id, "presenting", take + 1, rev=1))
    keep_used(tx, round_id, entrant_id)
    told = " + ".join(typed.minutes(each) for each in before)
    act.record("clock_reset", entrant_id, reason=told)


def _require_now(tx: Transaction, place: Mapping[str, Any], phase: str) -> None:
    if adjournments.running(tx, place["round_id"]) is not None:
        raise Adjourned
    if place["stage"] != phase:
        raise ClockNotNow(number=place["number"], before=place["stage"], after=phase)


def _put(
    tx: Transaction, store: Store, clock: ClockRow, after: str, at: datetime, ticks: int | None
) -> None:
    ticks = machine.ticks() if ticks is None else ticks
    used = elapsed_ms(tx, store, clock, at=at, ticks=ticks)
    started = stamp(at) if after == "running" else None
    values = {"state": after, "used_ms": used, "started_at": started, "rev": clock["rev"] + 1}
    tx.put("clocks", changed(clock, **values))
