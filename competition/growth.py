"""The growth of a chain since a head: a tablet proves it without trusting the server."""

from typing import Any

from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, events
from db import heads as rows

MOST = 1000
"""Entries in one answer; 64 kB."""


def growth(store: Store, who: Visitor, *, after: int) -> dict[str, Any]:
    """The entries of the events after one, oldest first, at most `MOST`.

    Each entry with the hash before it gives the next hash (`db.events.linked`): a tablet that
    holds the hash of event ``after`` computes every later one.

    Returns
    -------
    dict
        ``event, seat``; ``entries``, 64 hexadecimal signs each, as one text; ``after``, the
        number of the event before the first of them, with its hash, ``start``: later than asked
        where events of an earlier version, which have no entry, come first; ``reached``, the
        head after the last of them.
    """
    owner = str(who.competition_id)
    with store.reading() as tx:
        require_read(tx, who, "growth")
        grown = events.grown(tx, owner, after, MOST)
        plain = [row for row in grown if row["entry"] is None]
        begin = plain[-1]["n"] if plain else after
        start = rows.at_event(tx, owner, begin)
        entries = [row["entry"] for row in grown if row["n"] > begin]
        reached = rows.at_event(tx, owner, begin + len(entries))
    return {
        "event": owner,
        "seat": who.person_id,
        "after": begin,
        "start": start.hash if start else events.FIRST,
        "entries": "".join(entries),
        "reached": str(reached) if reached else "",
    }
