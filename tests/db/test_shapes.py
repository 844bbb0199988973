"""Each shape has the columns that its queries give, no more and no fewer."""

from collections.abc import Callable

import pytest

from db import Transaction, entrants, panel, people, rounds, shapes, sheets
from tests.competition.event import Event

QUERIES: dict[type, Callable[[Transaction, Event], object]] = {
    shapes.RoundRow: lambda tx, event: rounds.find(tx, event.round_id),
    shapes.CriterionRow: lambda tx, event: rounds.criteria(tx, event.round_id)[0],
    shapes.Session: lambda tx, event: rounds.sessions(tx, event.round_id)[0],
    shapes.Entrant: lambda tx, event: entrants.find(tx, event.entrants[1]),
    shapes.Place: lambda tx, event: entrants.in_round(tx, event.round_id)[0],
    shapes.Seat: lambda tx, event: panel.seat(tx, event.round_id, event.judges[1]),
    shapes.SeatedJudge: lambda tx, event: panel.seats(tx, event.round_id)[0],
    shapes.Assignment: lambda tx, event: panel.assignments(tx, event.round_id)[0],
    shapes.Sheet: lambda tx, event: sheets.find(tx, event.sheet(1, 1)),
    shapes.Person: lambda tx, event: people.find(tx, event.judges[1]),
}


@pytest.mark.parametrize("shape", QUERIES, ids=lambda shape: shape.__name__)
def test_a_shape_is_what_its_query_gives(certified: Event, shape: type):
    """A column added by a migration is added to the shape, else the types would not tell."""
    with certified.store.reading() as tx:
        row = QUERIES[shape](tx, certified)
    assert isinstance(row, dict)
    assert set(row) == shape.__required_keys__


def test_every_shape_is_compared():
    """None stands there unproved."""
    named = {name for name, one in vars(shapes).items() if getattr(one, "__required_keys__", None)}
    assert named == {shape.__name__ for shape in QUERIES}
