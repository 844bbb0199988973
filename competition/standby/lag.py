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
from db import Store, heads, rounds, votes
from db import standbys as rows
from db.canonical import sha256

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
    ballots: int = 0
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
        Events and ballots that its newest verified copy lacks; None before there is one.
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


def note_lent(store: Store, standby_id: str, head: str, ballots: int, *, now: float) -> None:
    """Remember when a copy with this head and so many ballots was lent."""
    with _guard:
        lent = _of(store, standby_id).lent
        lent[_name(head, ballots)] = now
        while len(lent) > MOST_LENT:
            lent.popitem(last=False)


def _name(head: str, ballots: int) -> str:
    return f"{head}+{ballots}"


def note_beat(
    store: Store, standby_id: str, verified: str, ballots: int, problem: str, *, now: float
) -> None:
    """Remember a beat: head and ballots of the newest verified copy, and what is wrong."""
    with _guard:
        heard = _of(store, standby_id)
        heard.at, heard.verified, heard.problem = now, verified, problem
        heard.ballots = ballots


def tell(store: Store) -> Told:
    """What this process has heard of second laptops, for the others of the installation."""
    with _guard:
        return {
            standby: [heard.at, heard.verified, heard.ballots, heard.problem, dict(heard.lent)]
            for (path, standby), heard in _heard.items()
            if path == store.path
        }


def hear(store: Store, others: list[Told]) -> None:
    """Take what other processes have heard since: the newest beat, and every copy lent.

    Processes of one machine have one steady clock.
    """
    with _guard:
        for standby, (at, verified, ballots, problem, lent) in (
            one for told in others for one in told.items()
        ):
            known = _of(store, standby)
            if at > known.at:
                known.at, known.verified, known.problem = at, verified, problem
                known.ballots = ballots
            for name, moment in lent.items():
                known.lent.setdefault(name, moment)
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
        present, ballots = heads.last(tx, owner), votes.kept(tx)
    row = paired[-1]
    address = row["second"].split(" ")[0]
    with _guard:
        heard = _of(store, row["id"])
        at, verified, problem = heard.at, heads.parse(heard.verified), heard.problem
        lent, copied = heard.lent.get(_name(heard.verified, heard.ballots)), heard.ballots
    if at < 0:
        return Lag("unheard", address=address)
    events = seconds = None
    if verified is not None and present is not None:
        events = max(0, present.n - verified.n) + max(0, ballots - copied)
        seconds = 0 if not events else None if lent is None else int(now - lent)
    silent = int(now - at)
    state = "silent" if silent > SILENT_SECONDS else "online"
    return Lag(state, events, seconds, silent, problem, address)


@dataclass(frozen=True)
class Copied:
    """What a second laptop has of the ballots, for phones.

    Attributes
    ----------
    generation : str
        The short name of the generation in which the ballots were given.
    ballots : int
        How many ballots of the file its newest verified copy has.
    """

    generation: str
    ballots: int


def copied_ballots(store: Store, round_id: str) -> Copied | None:
    """How many ballots the second laptop has; None where none follows.

    A phone asks until its ballot is among these: what it was answered is then kept though this
    laptop dies. In another generation it sends its ballot again.
    """
    with store.reading() as tx:
        row = rounds.find(tx, round_id)
        paired = rows.in_state(tx, row["competition_id"], "paired") if row else []
        begun = heads.generation(tx, row["competition_id"]) if row else None
    if not paired or begun is None:
        return None
    name = sha256(f"{begun['number']}-{begun['token']}")[:8]
    with _guard:
        heard = _of(store, paired[-1]["id"])
        if heard.at >= 0:
            return Copied(name, heard.ballots)
    # a laptop that took over has its own pairing in its copy, and nothing follows it
    return Copied(name, 0) if paired[-1]["at"] >= begun["at"] else None
