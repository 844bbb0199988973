"""The clock of the entrant on stage as every screen shows it, and the times used."""

from datetime import datetime
from typing import TypedDict, cast

from competition import clock as machine
from competition.rights import require_read
from competition.rounds.rules import RoundRules
from competition.stage.clock_rows import clock_of, used_in
from competition.stage.elapsed import elapsed_ms, write_down
from competition.stage.hall_links import round_of_key
from competition.states import TIMED
from competition.visitor import Visitor
from db import Store, Transaction, entrants
from db import clocks as rows
from db.clocks import Run
from db.shapes import RoundRow

WARNING = 30
"""Seconds before the limit at which the short bell rings."""


class Ticking(TypedDict):
    """The clock of the entrant on stage, as every screen counts it on.

    ``elapsed`` is in milliseconds, ``limit`` and ``warning`` in seconds; ``rev`` counts the acts
    on this clock and is 0 before the first.
    """

    number: int
    phase: str
    take: int
    state: str
    rev: int
    elapsed: int
    limit: int
    warning: int


class ClockNow(Ticking):
    """The clock with its entrant's id."""

    entrant: str


def for_screens(clock: ClockNow | None) -> Ticking | None:
    """The clock without the entrant's id, which a blind round hides."""
    return cast("Ticking", {k: v for k, v in clock.items() if k != "entrant"}) if clock else None


def clock_now(
    store: Store, who: Visitor, round_id: str, *, at: datetime, ticks: int | None = None
) -> ClockNow | None:
    """The clock of the entrant on stage; None outside of the timed phases."""
    with store.reading() as tx:
        row = require_read(tx, who, "stage", round_id)
    return _now(store, row, at, ticks)


def hall_clock(
    store: Store,
    who: Visitor,
    round_id: str,
    *,
    key: str = "",
    at: datetime,
    ticks: int | None = None,
) -> Ticking | None:
    """As `clock_now`, for those who may see the hall's screen, and for the screen's link."""
    with store.reading() as tx:
        row = round_of_key(tx, round_id, key) if key else require_read(tx, who, "hall", round_id)
    if row["frozen"] or RoundRules.from_json(row["rules"]).hall == "nothing":
        return None
    return for_screens(_now(store, row, at, ticks))


def _now(store: Store, row: RoundRow, at: datetime, ticks: int | None) -> ClockNow | None:
    ticks = machine.ticks() if ticks is None else ticks
    with store.reading() as tx:
        shown = clock_in(tx, store, row, at=at, ticks=ticks)
    keep_running(store, row, shown, at=at, ticks=ticks)
    return shown


def clock_in(
    tx: Transaction, store: Store, row: RoundRow, *, at: datetime, ticks: int
) -> ClockNow | None:
    """As `clock_now`, inside a read that has asked for its right."""
    place = entrants.on_stage(tx, row["id"])
    if place is None or place["stage"] not in TIMED:
        return None
    limit = RoundRules.from_json(row["rules"]).limit(place["stage"])
    if not limit:
        return None
    clock = clock_of(tx, row, place["id"], place["stage"])
    return {
        "entrant": place["id"],
        "number": place["number"],
        "phase": clock["phase"],
        "take": clock["take"],
        "state": clock["state"],
        "rev": clock["rev"],
        "elapsed": elapsed_ms(tx, store, clock, at=at, ticks=ticks),
        "limit": limit,
        "warning": WARNING,
    }


def keep_running(
    store: Store, row: RoundRow, shown: ClockNow | None, *, at: datetime, ticks: int
) -> None:
    """Write down a running clock that is shown, after the read."""
    if shown is not None and shown["state"] == "running":
        run = Run(row["id"], shown["entrant"], shown["phase"], shown["take"], shown["rev"])
        write_down(store, run, shown["elapsed"], at=at, ticks=ticks)


def used_times(store: Store, who: Visitor, round_id: str) -> dict[str, dict[str, int]]:
    """Seconds used by each entrant and phase in its newest take, the running ones left out."""
    with store.reading() as tx:
        require_read(tx, who, "stage", round_id)
        return used_in(rows.of_round(tx, round_id))
