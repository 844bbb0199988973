"""Ids of a blind round on the wire: they match no other round's.

An entrant and its documents keep their ids from round to round. A judge of two rounds would know
the entrant of the blind one by the id that the open one showed with a name. So tablets and
judges' pages get, in place of an id, a keyed hash of it and of the round.
"""

import hmac
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from competition.blind import hides_from
from competition.visitor import Visitor
from db import Store, Transaction, documents, entrants, events
from db import rounds as rows

LENGTH = 24
"""As long as an id, so that nothing else about a text changes."""


class Aliases:
    """The aliases of one round for one visitor; none where nothing is hidden."""

    def __init__(self, alias_of: Mapping[str, str]) -> None:
        self._alias_of = alias_of
        self._real_of = {alias: real for real, alias in alias_of.items()}

    def hidden(self, value: Any) -> Any:
        """A JSON value with every id replaced by its alias."""
        return _replaced(value, self._alias_of) if self._alias_of else value

    def shown(self, value: Any) -> Any:
        """A JSON value with every alias replaced by the id; what is no alias stays."""
        return _replaced(value, self._real_of) if self._real_of else value


NONE = Aliases({})


def aliases(store: Store, who: Visitor, round_id: object) -> Aliases:
    """The aliases under which a visitor knows a round's entrants and documents."""
    if not isinstance(round_id, str) or not round_id or who.competition_id is None:
        return NONE
    with store.reading() as tx:
        owner = tx.once(_hidden_in, who, round_id)
        if owner is None:
            return NONE
        ids = [one["id"] for one in entrants.in_round(tx, round_id)]
        ids += [one["id"] for one in documents.in_round(tx, round_id)]
        key = events.salt_of(tx, owner)
    return _of(key, round_id, tuple(ids))


def _hidden_in(tx: Transaction, who: Visitor, round_id: str) -> str | None:
    """The competition of a round that hides the names from a visitor; None where it does not."""
    row = rows.find(tx, round_id)
    return row["competition_id"] if row is not None and hides_from(who, row) else None


@lru_cache(maxsize=16)
def _of(key: bytes, round_id: str, ids: tuple[str, ...]) -> Aliases:
    return Aliases(
        {
            one: hmac.new(key, f"alias {round_id} {one}".encode(), "sha256").hexdigest()[:LENGTH]
            for one in ids
        }
    )


def _replaced(value: Any, by: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return by.get(value, value)
    if isinstance(value, Mapping):
        return {by.get(key, key): _replaced(one, by) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(one, by) for one in value]
    return value
