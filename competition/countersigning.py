"""Rows that one person enters and a second person confirms: deductions and rulings."""

from collections.abc import Mapping, Sequence
from typing import Any

from competition import fields
from competition.acting import changed
from competition.errors import SecondPersonNeeded, WrongState
from competition.visitor import Visitor


def in_force(deductions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The decisions that count: confirmed by a second person and not withdrawn."""
    return [row for row in deductions if state_of(row) == "confirmed"]


def state_of(row: Mapping[str, Any]) -> str:
    """``waiting`` for the second person, ``confirmed`` or ``withdrawn``."""
    if row["withdrawn_reason"]:
        return "withdrawn"
    return "confirmed" if row["confirmed_by"] else "waiting"


def answered_by(row: Mapping[str, Any], who: Visitor, state: str) -> bool:
    """Whether ``who`` has answered so already: a second press of the same button."""
    return bool(row["state"] == state and row["answered_by"] == who.person_id)


def confirmed_by(row: Mapping[str, Any], who: Visitor) -> bool:
    """Whether the row is in force by the signature of ``who``: a second press."""
    return state_of(row) == "confirmed" and row["confirmed_by"] == who.person_id


def confirmed(row: Mapping[str, Any], who: Visitor) -> Mapping[str, Any]:
    """The row confirmed by ``who``.

    Raises
    ------
    WrongState
        If the row is confirmed or withdrawn already.
    SecondPersonNeeded
        If ``who`` entered it.
    """
    if state_of(row) != "waiting":
        raise WrongState(before="confirmed", after="confirmed")
    if row["entered_by"] == who.person_id:
        raise SecondPersonNeeded
    return changed(row, confirmed_by=who.person_id)


def withdrawn(row: Mapping[str, Any], reason: str) -> Mapping[str, Any]:
    """The row withdrawn with a reason; `WrongState` if it was withdrawn before."""
    if row["withdrawn_reason"]:
        raise WrongState(before="withdrawn", after="withdrawn")
    return changed(row, withdrawn_reason=fields.reason(reason))
