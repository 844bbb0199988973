"""A round's opening and closing: the head right after each, and what it is sealed with."""

from collections import Counter
from dataclasses import dataclass

from competition.marks.progress import cell_state
from competition.rights import require_read
from competition.times import parse
from competition.visitor import Visitor
from db import Store, entrants, heads, panel, sheets
from db.shapes import Place

IN = frozenset({"submitted", "locked"})


@dataclass(frozen=True)
class Moment:
    """One of the two moments.

    Attributes
    ----------
    at : str
        Server time of the event.
    head : str
        The head right after it: whatever changes an earlier event later changes this.
    rules_hash : str
        SHA-256 of rules and rubric.
    entrants : tuple
        In the order of their numbers.
    sheets : dict
        Seat number to its judge's sheets by state: ``in``, ``recused``, ``absent``,
        ``withdrawn``; those still open have none.
    """

    at: str
    head: str
    rules_hash: str
    entrants: tuple[Place, ...]
    sheets: dict[int, Counter[str]]


def opening(store: Store, who: Visitor, round_id: str) -> Moment:
    """The moment of opening; `NotNow` before it."""
    return _moment(store, who, round_id, read="progress", kind="round_opened")


def closing(store: Store, who: Visitor, round_id: str) -> Moment:
    """The moment of the last closing; `NotNow` before it and while the round is open again."""
    return _moment(store, who, round_id, read="sheets", kind="round_closed")


def _moment(store: Store, who: Visitor, round_id: str, *, read: str, kind: str) -> Moment:
    with store.reading() as tx:
        row = require_read(tx, who, read, round_id)
        head = heads.after_last(tx, row["competition_id"], round_id, kind)
        at = str(row["opened_at"] if kind == "round_opened" else row["closed_at"])
        seats = {seat["person_id"]: seat["number"] for seat in panel.seats(tx, round_id)}
        counts: dict[int, Counter[str]] = {number: Counter() for number in seats.values()}
        for pair in sheets.progress(tx, round_id):
            state = cell_state(pair, row["state"], parse(at))
            counts[seats[pair["person_id"]]]["in" if state in IN else state] += 1
        places = sorted(entrants.in_round(tx, round_id), key=lambda one: one["number"] or 0)
        return Moment(at, str(head or ""), row["rules_hash"], tuple(places), counts)
