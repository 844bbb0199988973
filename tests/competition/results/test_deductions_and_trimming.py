"""A deduction must not disturb the trimming of later entrants, whenever it is entered."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import db
from competition.marks import deductions
from competition.results import standings
from scoring import Rules
from tests.competition import event as events
from tests.competition.event import QUICK, Event, later

AT = later(3600)
TRIMMED = replace(
    QUICK,
    scoring=Rules(official="trimmed", top=2, at_cut="exact", draws=100),
    recusal_level="none",
)
SHEETS = {1: (1, 2, 3, 4, 5), 2: (1, 2, 3, 4, 5), 3: (1, 2, 3, 4, 5), 4: (2, 3, 4, 5, 6)}


def mark(event: Event, number: int) -> None:
    """Every judge of an entrant gives 40 and 20 to 34: the highest and the lowest are dropped."""
    for judge in SHEETS[number]:
        event.fill(judge, number, ("40", f"{18 + 2 * judge + number}"))


def deduct(event: Event, amount: str = "7") -> None:
    """A large one, from entrant 1: its score falls below every single total of others."""
    made = deductions.deduct(
        event.store,
        event.visitor("timekeeper"),
        event.round_id,
        event.entrants[1],
        amount,
        reason="超时",
        at=AT,
    )
    deductions.confirm_deduction(event.store, event.visitor("supervisor"), made, at=AT)


def scores(event: Event) -> dict[int, Decimal | None]:
    """The announced score of each entrant by number."""
    result = standings.standings(event.store, event.organizer, event.round_id, at=AT)
    return {int(line.number or 0): line.announced for line in result.lines}


@pytest.mark.parametrize("when", [0, 1, 2, 3, 4])
def test_a_deduction_moves_its_entrant_alone(tmp_path: Path, when: int):
    """Before, between or after the others: 40 + (22 + 24 + 26) / 3 + number each, less 7 for 1.

    By hand: entrant 1 has 61, 63, 65, 67, 69 of which 61 and 69 go: 65.00; less 7 is 58.00.
    """
    event = events.opened(db.Store(tmp_path / "arena.db"), rules=TRIMMED)
    for number in SHEETS:
        if number == when:
            deduct(event)
        mark(event, number)
    if when == 0:
        deduct(event)
    found = scores(event)
    assert found[1] == Decimal("58.00")
    assert {number: found[number] for number in (2, 3)} == {
        2: Decimal("66.00"),
        3: Decimal("67.00"),
    }
    assert found[4] == Decimal("70.00")
    event.store.close()
