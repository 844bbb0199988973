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

Begun = tuple[db.Store, Any, Any]
"""The store of a test, the event in it, and what else its beginning tells."""
BEGINNINGS = {"closed": events.closed, "event": events.opened, "draft": events.draft}
"""The state in which the database of a test begins, by the fixture that asks for it.

A file of tests has its own under the same name: each enters an event into an empty database and
returns it, alone or with what else its tests must know.
"""


@pytest.fixture
def begun(
    request: pytest.FixtureRequest, templates: Templates, tmp_path: Path, kept: Kept
) -> Iterator[tuple[db.Store, Any, Any]]:
    """The test's database, the event in it, in the furthest state the test asks for, and more."""
    path = tmp_path / "arena.db"
    own = getattr(request.module, "BEGINNINGS", {})
    known = {**own, **BEGINNINGS}
    state = next((name for name in known if name in request.fixturenames), "")
    name = f"{request.path.stem}_{state}" if state in own else state
    event, more = (
        templates.copy(name, filled(lambda store: apart(known[state](store))), path)
        if state
        else (templates.copy("empty", filled(nothing), path), None)
    )
    store = kept.open(path, name)
    yield store, event and replace(event, store=store), more
    store.close()


def apart(made: Any) -> tuple[Event, Any]:
    """Return an event without its open database, as it can be kept in a file, and the rest."""
    event, more = made if isinstance(made, tuple) else (made, None)
    return replace(event, store=None), more


@pytest.fixture
def store(begun: Begun) -> db.Store:
    """The test's database: empty, or with the event in it."""
    return begun[0]


@pytest.fixture
def draft(begun: Begun) -> Event:
    """Ready to be opened."""
    return begun[1]


@pytest.fixture
def event(begun: Begun) -> Event:
    """Open, with no mark yet."""
    return begun[1]


@pytest.fixture
def closed(begun: Begun) -> Event:
    """Every sheet submitted, and the round closed."""
    return begun[1]
