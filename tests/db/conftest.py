"""The small event with a row in every table, entered once and copied for each test."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cluster import Kept
from tests.competition import event as events
from tests.competition.conftest import apart
from tests.competition.event import Event
from tests.templates import Templates, filled


@pytest.fixture
def certified(templates: Templates, tmp_path: Path, kept: Kept) -> Iterator[Event]:
    """The certified event in a file of the test's own."""
    path = tmp_path / "certified.db"
    fill = filled(lambda store: apart(events.certified(store)))
    event, _ = templates.copy("certified", fill, path)
    store = kept.open(path, "certified")
    yield replace(event, store=store)
    store.close()
