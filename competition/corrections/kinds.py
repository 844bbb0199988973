"""The kinds of correction: what each rests on, what it changes, and how it is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from competition.acting import Act
from competition.corrections import rule_kinds, seat_kinds, sheet_kinds
from competition.corrections.facts import Facts, What
from db import Transaction
from db.shapes import RoundRow

__all__ = ["KINDS", "Facts", "Kind", "What"]


@dataclass(frozen=True)
class Kind:
    """One kind of correction.

    Attributes
    ----------
    asks, answers : str
        Keys of ``rights.ACTS``: who may ask for it, and who may confirm or refuse it.
    facts
        What it rests on now, and what would be old and new; refuses what cannot be.
    put
        Writes it inside the act that confirms it.
    """

    asks: str
    answers: str
    facts: Callable[[Transaction, RoundRow, What], Facts]
    put: Callable[[Act, What, str], None]


def _by_supervisor(
    facts: Callable[[Transaction, RoundRow, What], Facts], put: Callable[[Act, What, str], None]
) -> Kind:
    return Kind("request_correction", "confirm_correction", facts, put)


KINDS: Mapping[str, Kind] = {
    "mark": _by_supervisor(sheet_kinds.marks, sheet_kinds.put_marks),
    "move": _by_supervisor(sheet_kinds.move, sheet_kinds.put_move),
    "recusal": _by_supervisor(seat_kinds.recusal, seat_kinds.put_recused),
    "leave": _by_supervisor(seat_kinds.leaving, seat_kinds.put_leaving),
    "reserve": _by_supervisor(seat_kinds.reserve, seat_kinds.put_reserve),
    "restore": _by_supervisor(seat_kinds.restore, seat_kinds.put_restored),
    "set_aside": Kind(
        "set_aside_sheet", "confirm_set_aside", seat_kinds.set_aside, seat_kinds.put_aside
    ),
    "rules": Kind("change_rules", "confirm_correction", rule_kinds.rules, rule_kinds.put_rules),
}
