"""The clock of the entrant on stage as every screen shows it, and the times used."""

from datetime import datetime
from typing import TypedDict

from competition import clock as machine
from competition.rights import require_read
from competition.rounds.rules import RoundRules
from competition.stage.clock_rows import clock_of, used_in
from competition.stage.elapsed import elapsed_ms, write_down
from competition.states import TIMED
from competition.visitor import Visitor
from db import Store, Transaction, entrants
from db import clocks as rows
from db.shapes import ClockRow, RoundRow

WARNING = 30
"""Seconds before the limit at which the short bell rings."""


class ClockNow(TypedDict):
    """The clock of the entrant on stage, as every screen shows it.

    ``elapsed`` is in milliseconds, ``limit`` and ``warning`` in seconds; ``rev`` counts the acts
    on this clock and is 0 before the first.
    """

    entrant: str
    number: int
    phase: str
    take: int
    state: str
    rev: int
    elapsed: int
    limit: int
    warning: int


def clock_now(
    store: Store, who: Visitor, round_id: str, *, at: datetime, ticks: int | None = None
) -> ClockNow | None:
    """The clock of the entrant on stage; None outside of the timed phases."""
    ticks = machine.ticks() if ticks is None else ticks
    with store.reading() as tx:
        row = require_read(tx, who, "stage", round_id)
        shown = clock_in(tx, store, row, at=at, ticks=ticks)
        running = _running(tx, row, shown)
    if shown is not None and running is not None:
        write_down(store, running, shown["elapsed"], at=at, ticks=ticks)
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


def _running(tx: Transaction, row: RoundRow, shown: ClockNow | None) -> ClockRow | None:
    if shown is None or shown["state"] != "running":
        return None
    return rows.newest(tx, row["id"], shown["entrant"], shown["phase"])


def used_times(store: Store, who: Visitor, round_id: str) -> dict[str, dict[str, int]]:
    """Seconds used by each entrant and phase in its newest take, the running ones left out."""
    with store.reading() as tx:
        require_read(tx, who, "stage", round_id)
        return used_in(rows.of_round(tx, round_id))
