"""Each shape has the columns that its queries give, no more and no fewer."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from competition.corrections import requests
from competition.corrections.facts import What
from competition.people import links
from db import (
    Transaction,
    adjournments,
    clocks,
    competitions,
    composites,
    corrections,
    entrants,
    panel,
    people,
    reviews,
    rounds,
    shapes,
    sheets,
    transcriptions,
)
from tests.competition.event import AT, Event


class Undone(Exception):
    """What a query needed beforehand is not kept."""


def live_link(tx: Transaction, event: Event) -> shapes.LiveLink:
    """A link that was just made."""
    links.make_link(event.store, event.organizer, event.judges[1], at=AT)
    return people.live_links_in(tx, str(event.organizer.competition_id))[0]


def open_pair(tx: Transaction, event: Event) -> shapes.OpenPair:
    """A sheet that is a draft again."""
    tx.run(
        "UPDATE sheets SET state = 'draft', submitted_at = NULL WHERE id = :id",
        id=event.sheet(1, 1),
    )
    return sheets.open_pairs(tx, event.round_id)[0]


def typed_in(tx: Transaction, event: Event) -> shapes.TranscriptionRow:
    """A sheet that was typed in for its judge."""
    names = ("round_id", "entrant_id", "person_id", "typed_by")
    people_ = (event.judges[1], event.people["scorekeeper"])
    values = dict(zip(names, (event.round_id, event.entrants[1], *people_), strict=True))
    told = {"id": "t", "kind": "paper", "state": "typed", "typed_at": "2022-03-18T06:42:16.123Z"}
    tx.put("transcriptions", values | told)
    return transcriptions.of_round(tx, event.round_id)[0]


def correction(tx: Transaction, event: Event) -> shapes.CorrectionRow:
    """A late recusal that waits."""
    about: What = {"entrant": event.entrants[1], "judge": event.judges[2]}
    tx.run("UPDATE rounds SET state = 'closed'")
    requests.request_correction(
        event.store, event.organizer, event.round_id, "recusal", about, reason="x", at=AT
    )
    return corrections.of_round(tx, event.round_id)[0]


def review(tx: Transaction, event: Event) -> shapes.ReviewRow:
    """A review that waits."""
    tx.put(
        "reviews",
        {
            "id": "r",
            "round_id": event.round_id,
            "entrant_id": event.entrants[1],
            "ground": "timing",
            "claim": "x",
            "asked_by": "x",
            "since": "2022-03-18T06:42:16.123Z",
            "entered_by": event.people["scorekeeper"],
            "entered_at": "2022-03-18T06:42:16.123Z",
            "answer": "",
        },
    )
    return reviews.of_round(tx, event.round_id)[0]


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
    shapes.Competition: lambda tx, event: competitions.find(tx, event.organizer.competition_id),
    shapes.CriterionFacts: lambda tx, event: {
        name: value
        for name, value in rounds.criteria(tx, event.round_id)[0].items()
        if name != "anchors"
    },
    shapes.Grant: lambda tx, event: people.grants(tx, event.organizer.person_id)[0],
    shapes.ClockRow: lambda tx, event: clocks.of_round(tx, event.round_id)[0],
    shapes.LiveLink: live_link,
    shapes.OpenPair: open_pair,
    shapes.SheetsIn: lambda tx, event: sheets.counted_of_entrants(tx, event.round_id)[0],
    shapes.TranscriptionRow: typed_in,
    shapes.Adjournment: lambda tx, event: adjournments.of_round(tx, event.round_id)[0],
    shapes.PartRow: lambda tx, event: composites.parts(tx, event.composite_id)[0],
    shapes.OutsideList: lambda tx, event: composites.outside_lists(tx, event.composite_id)[0],
    shapes.CorrectionRow: correction,
    shapes.ReviewRow: review,
}


@pytest.mark.parametrize("shape", QUERIES, ids=lambda shape: shape.__name__)
def test_a_shape_is_what_its_query_gives(certified: Event, shape: type):
    """A column added by a migration is added to the shape, else the types would not tell."""
    rows = []
    with suppress(Undone), certified.store.writing() as tx:
        rows.append(QUERIES[shape](tx, certified))
        raise Undone
    (row,) = rows
    assert isinstance(row, dict)
    assert set(row) == shape.__required_keys__


def test_every_shape_is_compared():
    """None stands there unproved."""
    named = {name for name, one in vars(shapes).items() if getattr(one, "__required_keys__", None)}
    assert named == {shape.__name__ for shape in QUERIES}
