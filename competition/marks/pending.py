"""Deductions and rulings as people read them: entered by whom, confirmed or still waiting."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from competition import fields
from competition.blind import seen_by
from competition.countersigning import state_of
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction, entrants, people
from db import decisions as rows


@dataclass(frozen=True)
class Decision:
    """One deduction or ruling.

    Attributes
    ----------
    entrants : tuple of dict
        The entrants concerned; of a ruling on a tie in the order ruled.
    amount : int or None
        Points to deduct, in thousandths.
    kind : str
        ``deduction``, or a ruling's ``order`` or ``comparable``.
    state : str
        ``waiting`` for the second person, ``confirmed`` or ``withdrawn``.
    """

    id: str
    kind: str
    entrants: tuple[Mapping[str, Any], ...]
    amount: int | None
    reason: str
    entered_by: str
    entered_by_id: str
    confirmed_by: str
    withdrawn_reason: str
    state: str

    @property
    def points(self) -> str:
        """A deduction as a decimal of two places, or of three; nothing for a ruling."""
        if self.amount is None:
            return ""
        return fields.decimal_text(self.amount, 1 if self.amount % 10 else 10)


def deductions(store: Store, who: Visitor, round_id: str) -> list[Decision]:
    """The deductions of a round, those waiting for the supervisor first."""
    with store.reading() as tx:
        require_read(tx, who, "deductions", round_id)
        decisions = [
            _decision(tx, row, "deduction", [row["entrant_id"]], round_id)
            for row in rows.deductions(tx, round_id)
        ]
    return sorted(decisions, key=_waiting_first)


def waiting_deductions(tx: Transaction, round_id: str) -> tuple[Decision, ...]:
    """The deductions that a supervisor has still to confirm; the caller has asked for the right."""
    decisions = (
        _decision(tx, row, "deduction", [row["entrant_id"]], round_id)
        for row in rows.deductions(tx, round_id)
        if state_of(row) == "waiting"
    )
    return tuple(sorted(decisions, key=_waiting_first))


def rulings(store: Store, who: Visitor, round_id: str) -> list[Decision]:
    """The rulings of a round, those waiting for a second person first."""
    with store.reading() as tx:
        round_row = require_read(tx, who, "rulings", round_id)
        decisions = [
            _decision(tx, row, row["kind"], json.loads(row["entrants"]), round_id)
            for row in rows.rulings(tx, round_id)
        ]
        decisions = [
            replace(one, entrants=tuple(seen_by(who, round_row, list(one.entrants))))
            for one in decisions
        ]
    return sorted(decisions, key=_waiting_first)


def _waiting_first(one: Decision) -> tuple[bool, int]:
    return one.state != "waiting", one.entrants[0]["number"]


def _decision(
    tx: Transaction, row: Mapping[str, Any], kind: str, entrant_ids: list[str], round_id: str
) -> Decision:
    places = {place["id"]: place for place in entrants.in_round(tx, round_id)}
    return Decision(
        id=row["id"],
        kind=kind,
        entrants=tuple(places[entrant_id] for entrant_id in entrant_ids),
        amount=row.get("amount"),
        reason=row["reason"],
        entered_by=_name(tx, row["entered_by"]),
        entered_by_id=str(row["entered_by"]),
        confirmed_by=_name(tx, row["confirmed_by"]),
        withdrawn_reason=row["withdrawn_reason"] or "",
        state=state_of(row),
    )


def _name(tx: Transaction, person_id: str | None) -> str:
    person = people.find(tx, person_id) if person_id else None
    return str(person["name"]) if person else ""
