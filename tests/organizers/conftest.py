"""The small event as the app's own database."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import competition
import db
from tests.competition import event as events
from tests.competition.conftest import apart
from tests.competition.event import Event
from tests.templates import Templates, filled, name_of


@pytest.fixture
def event_by(
    templates: Templates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Callable[[db.Store], Event]], Event]]:
    """``event_by(fill)`` is a copy of what ``fill`` entered, which the app serves in this test."""

    def copy(fill: Callable[[db.Store], Event]) -> Event:
        path = tmp_path / "arena.db"
        event, _ = templates.copy(name_of(fill), filled(lambda store: apart(fill(store))), path)
        monkeypatch.setenv("ARENA_DB", str(path))
        return replace(event, store=competition.open_store(path))

    yield copy
    competition.close_all()


@pytest.fixture
def event(event_by: Callable[..., Event]) -> Event:
    """The small event in draft."""
    return event_by(events.draft)
