"""``arena.py test``: where the tests' folders lie."""

from pathlib import Path

import pytest

from commands.test import environment, has_room


def test_a_folder_has_room_if_it_is_there_and_has_the_bytes(tmp_path: Path):
    """What is no folder has none, and no disk has more than it has."""
    assert has_room(tmp_path, 1)
    assert not has_room(tmp_path, 2**70)
    assert not has_room(tmp_path / "none", 1)


def test_the_tests_folders_lie_where_a_person_says(monkeypatch: pytest.MonkeyPatch):
    """A place that is named counts more than the one in memory."""
    monkeypatch.setenv("PYTEST_DEBUG_TEMPROOT", "/some/where")
    assert environment()["PYTEST_DEBUG_TEMPROOT"] == "/some/where"
