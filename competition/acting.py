"""An act: its right checked, its rows written and its event appended, in one transaction.

``with acting(store, who, "set_rules", round_id, at=at) as (act, tx):`` refuses a visitor without
the right; ``act.record("rules_set")`` leaves the event.  An act that leaves none, or another act's,
is a mistake in the code and keeps nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, cast

from competition import clock
from competition.errors import Missing
from competition.event_kinds import EVENTS
from competition.rights import NO_ROUND, require_act
from competition.times import stamp
from competition.unnamed import MAY_NAME, require_unnamed
from competition.visitor import Visitor
from db import Store, Transaction, events
from db.shapes import RoundRow

Row = TypeVar("Row", bound=Mapping[str, Any])


class ActBroken(RuntimeError):
    """An act left no event, or recorded one that is not its own."""


@dataclass
class Act:
    """One act of one visitor.

    Attributes
    ----------
    name : str
        Key of `rights.ACTS`.
    round : RoundRow
        The round before the act; `rights.NO_ROUND` for an act on the competition.
    """

    tx: Transaction
    who: Visitor
    name: str
    at: datetime
    round: RoundRow = field(default_factory=lambda: NO_ROUND)
    is_unchanged: bool = False

    def record(
        self,
        kind: str,
        subject: str | None = None,
        *,
        reason: str | None = None,
        round_id: str | None = None,
    ) -> int:
        """Append an event with every row written since the last one; return its number.

        Parameters
        ----------
        kind : str
            Key of `event_kinds.EVENTS`, one of this act's.
        subject : str, optional
            Ids that the event is about, separated by a space; the round's id by default.
        round_id : str, optional
            The event's round, where it is not the act's.

        Raises
        ------
        ActBroken
            If no such kind exists or the act may not record it.
        NamesAnEntrant
            If the reason names an entrant of a blind round.
        """
        if kind not in EVENTS or self.name not in EVENTS[kind].acts:
            raise ActBroken(f"{self.name} records no {kind}")
        if self.who.competition_id is None:
            raise ActBroken(f"{self.name} outside any competition")
        if reason and self.round and self.name not in MAY_NAME:
            require_unnamed(self.tx, self.round, reason)
        return events.append(
            self.tx,
            competition_id=self.who.competition_id,
            kind=kind,
            subject=self.round["id"] if subject is None else subject,
            actor=self.who.person_id or "command",
            at=stamp(self.at),
            round_id=round_id or self.round.get("id"),
            reason=reason,
            machine_of=self.who.machine_of,
        )

    def unchanged(self) -> None:
        """Declare that the act changes nothing: a repetition, or the state is there already."""
        self.is_unchanged = True


@contextmanager
def acting(
    store: Store,
    who: Visitor,
    name: str,
    round_id: str | None = None,
    *,
    at: datetime,
    shares: bool = False,
) -> Iterator[tuple[Act, Transaction]]:
    """One act in one transaction, after its right was checked.

    ``shares`` as `Store.writing` takes it.

    Raises
    ------
    Forbidden, SignInNeeded, Replaced, Missing
        As `rights.require_act`; nothing is written.
    ActBroken
        If the act ends with neither an event, its own or that of an act inside it, nor
        `Act.unchanged`; nothing is kept.
    """
    with store.writing(shares=shares) as tx:
        at = clock.never_before(tx, at)
        act = Act(tx, who, name, at, require_act(tx, who, name, round_id))
        before = tx.recorded
        yield act, tx
        if tx.recorded == before and not act.is_unchanged:
            raise ActBroken(f"{name} left no event")


@contextmanager
def acting_on(
    store: Store,
    who: Visitor,
    name: str,
    find: Callable[[Transaction, str], Mapping[str, Any] | None],
    key: str,
    *,
    what: str,
    at: datetime,
) -> Iterator[tuple[Act, Transaction, Mapping[str, Any]]]:
    """One act on a stored row, in the round that the row names; `Missing` where there is none."""
    with store.writing() as tx:
        row = find(tx, key)
        if row is None:
            raise Missing(what=what)
        with acting(store, who, name, row["round_id"], at=at) as (act, _):
            yield act, tx, row


def changed(row: Row, **values: Any) -> Row:
    """A stored row with some columns replaced."""
    return cast("Row", {**row, **values})
