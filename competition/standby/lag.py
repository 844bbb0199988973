"""How far the second laptop is behind, as the first one knows it: by heads, never by two clocks.

Kept in memory, as the beats of the pads are: a copy has everything up to the moment at which it
was lent, and that moment is counted by this machine's steady clock. After a restart the age is
unknown until the next copy.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, heads
from db import standbys as rows

Told = dict[str, list[Any]]
"""A second laptop's id to its last beat, what it said in it, and the copies lent to it."""
SILENT_SECONDS = 10.0
"""How long it counts as connected after its last beat; it beats every second."""
MOST_LENT = 60


@dataclass
class _Heard:
    """What is known of one standby since this process began."""

    at: float = -1.0
    verified: str = ""
    problem: str = ""
    lent: "OrderedDict[str, float]" = field(default_factory=OrderedDict)


_heard: dict[tuple[Path, str], _Heard] = {}
_guard = threading.Lock()


@dataclass(frozen=True)
class Lag:
    """The second laptop as the desk shows it.

    Attributes
    ----------
    state : str
        ``none``, ``offered`` (a code waits), ``unheard`` (paired, not heard since this server
        began), ``silent`` (not heard for a while), ``online``.
    events : int or None
        Events that its newest verified copy lacks; None before there is one.
    seconds : int or None
        Up to so many seconds of the record are in this laptop alone; 0 where it has all of it,
        None where that is not known.
    silent : int
        Seconds since it was heard.
    problem : str
        Code of what keeps it from following; empty for nothing.
    address : str
        Where it would be reached.
    """

    state: str
    events: int | None = None
    seconds: int | None = None
    silent: int = 0
    problem: str = ""
    address: str = ""


def note_lent(store: Store, standby_id: str, head: str, *, now: float) -> None:
    """Remember when a copy with this head was lent."""
    with _guard:
        lent = _of(store, standby_id).lent
        lent[head] = now
        while len(lent) > MOST_LENT:
            lent.popitem(last=False)


def note_beat(store: Store, standby_id: str, verified: str, problem: str, *, now: float) -> None:
    """Remember a beat: the head of the newest verified copy, and what is wrong."""
    with _guard:
        heard = _of(store, standby_id)
        heard.at, heard.verified, heard.problem = now, verified, problem


def tell(store: Store) -> Told:
    """What this process has heard of second laptops, for the others of the installation."""
    with _guard:
        return {
            standby: [heard.at, heard.verified, heard.problem, dict(heard.lent)]
            for (path, standby), heard in _heard.items()
            if path == store.path
        }


def hear(store: Store, others: list[Told]) -> None:
    """Take what other processes have heard since: the newest beat, and every copy lent.

    Processes of one machine have one steady clock.
    """
    with _guard:
        for standby, (at, verified, problem, lent) in (
            one for told in others for one in told.items()
        ):
            known = _of(store, standby)
            if at > known.at:
                known.at, known.verified, known.problem = at, verified, problem
            for head, moment in lent.items():
                known.lent.setdefault(head, moment)
            while len(known.lent) > MOST_LENT:
                known.lent.popitem(last=False)


def _of(store: Store, standby_id: str) -> _Heard:
    return _heard.setdefault((store.path, standby_id), _Heard())


def lag(store: Store, who: Visitor, *, now: float) -> Lag:
    """How far the second laptop is behind, for the staff.

    Parameters
    ----------
    now : float
        Seconds of this machine's steady clock.
    """
    with store.reading() as tx:
        require_read(tx, who, "tablets")
    return lag_of(store, str(who.competition_id), now=now)


def lag_of(store: Store, owner: str, *, now: float) -> Lag:
    """As `lag`, of a competition, where the right was asked for."""
    with store.reading() as tx:
        paired = rows.in_state(tx, owner, "paired")
        if not paired:
            return Lag("offered" if rows.in_state(tx, owner, "offered") else "none")
        present = heads.last(tx, owner)
    row = paired[-1]
    address = row["second"].split(" ")[0]
    with _guard:
        heard = _of(store, row["id"])
        at, verified, problem = heard.at, heads.parse(heard.verified), heard.problem
        lent = heard.lent.get(heard.verified)
    if at < 0:
        return Lag("unheard", address=address)
    events = seconds = None
    if verified is not None and present is not None:
        events = max(0, present.n - verified.n)
        seconds = 0 if not events else None if lent is None else int(now - lent)
    silent = int(now - at)
    state = "silent" if silent > SILENT_SECONDS else "online"
    return Lag(state, events, seconds, silent, problem, address)
