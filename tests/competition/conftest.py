"""The small event, in the states most tests begin from."""

import pytest

import db
from tests.competition import event as events
from tests.competition.event import Event


@pytest.fixture
def draft(store: db.Store) -> Event:
    """Ready to be opened."""
    return events.draft(store)


@pytest.fixture
def event(store: db.Store) -> Event:
    """Open, with no mark yet."""
    return events.opened(store)


@pytest.fixture
def closed(event: Event) -> Event:
    """Every sheet submitted, and the round closed."""
    event.fill_all()
    event.close()
    return event
