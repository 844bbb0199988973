"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import db
from tests.cluster import Kept
from tests.opening import open_page, sample, sample_by
from tests.templates import Templates, filled, nothing, templates

__all__ = ["open_page", "sample", "sample_by", "templates"]

pytest_plugins = [
    "tests.both_stores",
    "tests.drawing",
    "tests.once",
    "tests.order",
    "tests.scheduling",
    "tests.words.recording",
]

settings.register_profile("quick", deadline=None, derandomize=True, max_examples=30)
settings.register_profile("nightly", deadline=None, max_examples=300)
settings.load_profile("quick")


@pytest.fixture
def store(templates: Templates, tmp_path: Path, kept: Kept) -> Iterator[db.Store]:
    """A real, empty database on disk, closed at the end."""
    path = tmp_path / "arena.db"
    templates.copy("empty", filled(nothing), path)
    opened = kept.open(path)
    yield opened
    opened.close()
