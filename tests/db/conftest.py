"""The small event with a row in every table, entered once and copied for each test."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import db
from tests.cluster import Kept
from tests.competition import event as events
from tests.competition.event import Event
from tests.db.copies import copied


@pytest.fixture(scope="session")
def certified_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Event, Path]:
    """The event led to its certificate, and its file, closed."""
    store = db.Store(tmp_path_factory.mktemp("certified") / "arena.db")
    event = events.certified(store)
    store.close()
    return event, store.path


@pytest.fixture
def certified(certified_once: tuple[Event, Path], tmp_path: Path, kept: Kept) -> Iterator[Event]:
    """The certified event in a file of the test's own."""
    event, path = certified_once
    store = kept.open(copied(path, tmp_path / "certified.db"), "certified")
    yield replace(event, store=store)
    store.close()
