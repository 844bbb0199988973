"""Heartbeats of the judges' pads: when each last asked, which entrant is open, what is unsent.

They are kept in the memory of the server's process, so that a beat writes nothing: what a seat
shows is made of the last beat, and of none after a restart, until the next one. Processes that
serve one file tell each other once a second; see `competition.standby.neighbours`.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from competition.times import parse, stamp
from db import Store

Told = list[list[Any]]
"""Round, judge, page and its last beat, a row each."""

ONLINE_SECONDS = 10.0
"""How long a pad counts as connected after its last beat; it beats every three seconds."""
SETTLING_SECONDS = 15.0
"""How long after its start the server says of a silent seat that it does not know yet."""
MOST_TABS = 4
"""How many pages of one seat are remembered."""


@dataclass(frozen=True)
class Sign:
    """What is known of the pad of one seat.

    Attributes
    ----------
    state : str
        online; offline; unopened: no beat since the server started; unknown: the server has
        only just started.
    silent : int
        Seconds since the last beat; 0 without one.
    entrant_id : str
        The entrant whose sheet is open on it; empty where none is known.
    unsent : int
        How many changes lie on the pad only, as it said last.
    stores : bool or None
        Whether its storage keeps; None where its page does not say.
    ahead : int or None
        Seconds that its clock is ahead of the server's.
    """

    state: str
    silent: int = 0
    entrant_id: str = ""
    unsent: int = 0
    stores: bool | None = None
    ahead: int | None = None


@dataclass
class _Tab:
    """One page of a seat: its last beat, and since when it shows its entrant."""

    at: datetime
    touched: datetime
    entrant_id: str
    unsent: int
    stores: bool | None
    ahead: int | None


@dataclass
class _Heard:
    """The pads of one round, by judge and page."""

    since: datetime
    tabs: dict[str, dict[str, _Tab]] = field(default_factory=dict)


_heard: dict[tuple[Path, str], _Heard] = {}
_elsewhere: dict[tuple[Path, str], dict[str, dict[str, _Tab]]] = {}
"""What the other processes of the installation said last of their pads."""
_lock = threading.Lock()


def keep_beat(
    store: Store,
    round_id: str,
    person_id: str,
    *,
    tab: str,
    entrant_id: str,
    unsent: int,
    at: datetime,
    stores: bool | None = None,
    ahead: int | None = None,
) -> None:
    """Keep a beat of a judge whose right was checked."""
    with _lock:
        tabs = _of(store, round_id, at).tabs.setdefault(person_id, {})
        known = tabs.get(tab)
        is_same = known is not None and known.entrant_id == entrant_id
        touched = known.touched if known is not None and is_same else at
        tabs[tab] = _Tab(at, touched, entrant_id, unsent, stores, ahead)
        if len(tabs) > MOST_TABS:
            del tabs[min(tabs, key=lambda name: tabs[name].at)]


def signs(store: Store, round_id: str, *, at: datetime) -> Mapping[str, Sign]:
    """What is known of each judge's pad; a judge without a beat is not in it."""
    with _lock:
        tabs = _newest(_of(store, round_id, at).tabs, _elsewhere.get((store.path, round_id), {}))
    return {person: _sign(list(of.values()), at) for person, of in tabs.items()}


def _newest(*heard: Mapping[str, Mapping[str, _Tab]]) -> dict[str, dict[str, _Tab]]:
    """The pages of each judge, each by its newest beat: a pad may have gone to another process."""
    newest: dict[str, dict[str, _Tab]] = {}
    for each in heard:
        for person, tabs in each.items():
            mine = newest.setdefault(person, {})
            for name, tab in tabs.items():
                if name not in mine or mine[name].at < tab.at:
                    mine[name] = tab
    return newest


def tell(store: Store) -> Told:
    """What this process has heard itself, for the others of the installation."""
    with _lock:
        return [
            [round_id, person, name, stamp(tab.at), stamp(tab.touched), *_rest(tab)]
            for (path, round_id), heard in _heard.items()
            if path == store.path
            for person, tabs in heard.tabs.items()
            for name, tab in tabs.items()
        ]


def hear(store: Store, others: list[Told]) -> None:
    """Take what the other processes have heard, in place of what they said before."""
    heard: dict[tuple[Path, str], dict[str, dict[str, _Tab]]] = {}
    for round_id, person, name, at, touched, *rest in (row for told in others for row in told):
        of_round = heard.setdefault((store.path, round_id), {})
        one = {person: {name: _Tab(parse(at), parse(touched), *rest)}}
        of_round[person] = _newest(of_round, one)[person]
    with _lock:
        for here in [here for here in _elsewhere if here[0] == store.path]:
            del _elsewhere[here]
        _elsewhere.update(heard)


def _rest(tab: _Tab) -> list[Any]:
    return [tab.entrant_id, tab.unsent, tab.stores, tab.ahead]


def signs_of(store: Store, round_ids: Iterable[str], *, at: datetime) -> list[Sign]:
    """What is known of every pad that has beaten in some rounds."""
    return [sign for one in round_ids for sign in signs(store, one, at=at).values()]


def silence(store: Store, round_id: str, *, at: datetime) -> Sign:
    """The sign of a seat without a beat."""
    with _lock:
        age = (at - _of(store, round_id, at).since).total_seconds()
    return Sign("unknown" if age < SETTLING_SECONDS else "unopened")


def forget() -> None:
    """Forget every beat, as a restart of the server does."""
    with _lock:
        _heard.clear()
        _elsewhere.clear()


def _of(store: Store, round_id: str, at: datetime) -> _Heard:
    return _heard.setdefault((store.path, round_id), _Heard(at))


def _sign(tabs: list[_Tab], at: datetime) -> Sign:
    """The page that the judge touched last counts, of those that are connected."""
    alive = [tab for tab in tabs if _age(tab, at) <= ONLINE_SECONDS]
    if not alive:
        last = max(tabs, key=lambda tab: tab.at)
        said = (last.entrant_id, last.unsent, last.stores, last.ahead)
        return Sign("offline", int(_age(last, at)), *said)
    shown = max(alive, key=lambda tab: tab.touched)
    age, unsent = min(_age(tab, at) for tab in alive), max(tab.unsent for tab in alive)
    return Sign("online", int(age), shown.entrant_id, unsent, shown.stores, shown.ahead)


def _age(tab: _Tab, at: datetime) -> float:
    """Seconds since a beat; none where the clock stepped back."""
    return max(0.0, (at - tab.at).total_seconds())
