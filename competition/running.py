"""The state of the running server: disk, copies, tablets, second laptop, clocks."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median_low

from competition.machine import Machine, machine
from competition.rights import require_read
from competition.stage import backups, beats
from competition.standby.lag import Lag, lag_of
from competition.standby.sticks import StickState, state_of
from competition.times import parse
from competition.visitor import Visitor
from db import Store, competitions, events, rounds
from db.shapes import RoundRow


@dataclass(frozen=True)
class Tablets:
    """The judges' pads of open rounds that have beaten since the server began.

    Attributes
    ----------
    online, offline : int
        Of which the last beat is fresh, or is not.
    unsent : int
        Changes that lie on pads only, as the pads said last.
    holding : int
        Pads with such changes.
    ahead : int or None
        Seconds that half of the pads' clocks are ahead of this machine's; None where fewer than
        three say so. One pad's clock may be wrong, not most of them.
    """

    online: int
    offline: int
    unsent: int
    holding: int
    ahead: int | None


FEWEST_CLOCKS = 3


@dataclass(frozen=True)
class Running:
    """The state of one moment.

    Attributes
    ----------
    database, journal : int
        Bytes of the file, and of its journal.
    events : int
        The number of the last event.
    head_age : float or None
        Seconds since it; None before the first.
    has_begun : bool
        Whether a round was ever opened.
    backup_age : float or None
        Seconds since the newest backup was written; None where there is none.
    """

    machine: Machine
    database: int
    journal: int
    events: int
    head_age: float | None
    has_begun: bool
    backup_age: float | None
    copies: StickState
    tablets: Tablets
    standby: Lag


def running(store: Store, who: Visitor, *, at: datetime, now: float) -> Running:
    """The state of the machine, for organizers and the supervisor.

    Parameters
    ----------
    now : float
        Seconds of this machine's steady clock.
    """
    with store.reading() as tx:
        require_read(tx, who, "running")
        owner = str(who.competition_id)
        known = rounds.of_competition(tx, owner)
    return _running(store, owner, known, at=at, now=now)


def running_now(store: Store, *, at: datetime, now: float) -> Running:
    """As `running`, for a program that watches the machine, not a person: no name is in it.

    The second laptop is the first competition's.
    """
    with store.reading() as tx:
        owners = [row["id"] for row in competitions.all_of(tx)]
        known = [row for owner in owners for row in rounds.of_competition(tx, owner)]
    return _running(store, owners[0] if owners else "", known, at=at, now=now)


def _running(
    store: Store, owner: str, known: list[RoundRow], *, at: datetime, now: float
) -> Running:
    with store.reading() as tx:
        last, number = events.last_time(tx), events.last_number(tx)
    written = backups.newest(store)
    open_rounds = [row["id"] for row in known if row["state"] == "open"]
    database, journal = store.sizes()
    return Running(
        machine=machine(store),
        database=database,
        journal=journal,
        events=number,
        head_age=None if last is None else _age(parse(last), at),
        has_begun=any(row["state"] != "draft" for row in known),
        backup_age=None if written is None else _age(written, at),
        copies=state_of(store, now=now),
        tablets=_tablets(beats.signs_of(store, open_rounds, at=at)),
        standby=lag_of(store, owner, now=now),
    )


def _age(since: datetime, at: datetime) -> float:
    return max(0.0, (at - since).total_seconds())


def _tablets(signs: list[beats.Sign]) -> Tablets:
    online = [one for one in signs if one.state == "online"]
    clocks = [one.ahead for one in online if one.ahead is not None]
    return Tablets(
        online=len(online),
        offline=len(signs) - len(online),
        unsent=sum(one.unsent for one in signs),
        holding=sum(one.unsent > 0 for one in signs),
        ahead=median_low(clocks) if len(clocks) >= FEWEST_CLOCKS else None,
    )
