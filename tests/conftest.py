"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import db
from tests.opening import open_page, sample, sample_file

__all__ = ["open_page", "sample", "sample_file"]

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[db.Store]:
    """A real, empty database on disk, closed at the end."""
    opened = db.Store(tmp_path / "arena.db")
    yield opened
    opened.close()
