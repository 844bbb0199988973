"""The log names what each event is about, by the registry of events."""

import pytest

from competition.event_kinds import EVENTS
from competition.log import NAMED_BY, log
from tests.competition import event as events
from tests.competition.conftest import Begun
from tests.competition.event import Event

BEGINNINGS = {"certified": events.certified}


@pytest.fixture
def certified(begun: Begun) -> Event:
    """The event with a row in every table."""
    return begun[1]


def test_an_event_on_a_sheet_names_its_entrant_and_judge(certified: Event):
    """Also one that was typed in, and a request that came after the lock."""
    about = {
        line["kind"]: (line["entrants"], line["people"])
        for line in log(certified.store, certified.organizer, limit=1000)
        if EVENTS[line["kind"]].subject[0] in NAMED_BY
    }
    assert {"sheet_submitted", "sheet_typed", "change_refused"} <= about.keys()
    assert [kind for kind, (entrants, people) in about.items() if not (entrants and people)] == []


def test_an_event_on_a_ruling_names_its_entrants(certified: Event):
    """In the order ruled."""
    ruled = [
        line["entrants"]
        for line in log(certified.store, certified.organizer, limit=1000)
        if line["kind"] == "ruling_entered"
    ]
    assert ruled
    assert all(len(entrants) > 1 for entrants in ruled)
