"""The small event, in the states most tests begin from."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import db
from tests.cluster import Kept
from tests.competition import event as events
from tests.competition.event import Event
from tests.templates import Templates, filled, nothing

BEGINNINGS = {"closed": events.closed, "event": events.opened, "draft": events.draft}
"""The state in which the database of a test begins, by the fixture that asks for it."""


@pytest.fixture
def begun(
    request: pytest.FixtureRequest, templates: Templates, tmp_path: Path, kept: Kept
) -> Iterator[tuple[db.Store, Any]]:
    """The test's database and the event in it, in the furthest state the test asks for."""
    path = tmp_path / "arena.db"
    state = next((name for name in BEGINNINGS if name in request.fixturenames), "")
    event = (
        templates.copy(state, filled(lambda store: apart(BEGINNINGS[state](store))), path)
        if state
        else templates.copy("empty", filled(nothing), path)
    )
    store = kept.open(path, state)
    yield store, event and replace(event, store=store)
    store.close()


def apart(event: Event) -> Event:
    """Return an event without its open database, as it can be kept in a file."""
    return replace(event, store=None)  # type: ignore[arg-type]


@pytest.fixture
def store(begun: tuple[db.Store, Any]) -> db.Store:
    """The test's database: empty, or with the event in it."""
    return begun[0]


@pytest.fixture
def draft(begun: tuple[db.Store, Event]) -> Event:
    """Ready to be opened."""
    return begun[1]


@pytest.fixture
def event(begun: tuple[db.Store, Event]) -> Event:
    """Open, with no mark yet."""
    return begun[1]


@pytest.fixture
def closed(begun: tuple[db.Store, Event]) -> Event:
    """Every sheet submitted, and the round closed."""
    return begun[1]
