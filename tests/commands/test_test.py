"""``arena.py test``: where the tests' folders lie, and what a new clone compiles."""

import subprocess
from pathlib import Path

import pytest

from commands.test import compiling_beside, environment, has_room
from tests.browser.waits import until


def test_a_folder_has_room_if_it_is_there_and_has_the_bytes(tmp_path: Path):
    """What is no folder has none, and no disk has more than it has."""
    assert has_room(tmp_path, 1)
    assert not has_room(tmp_path, 2**70)
    assert not has_room(tmp_path / "none", 1)


def test_the_tests_folders_lie_where_a_person_says(monkeypatch: pytest.MonkeyPatch):
    """A place that is named counts more than the one in memory."""
    monkeypatch.setenv("PYTEST_DEBUG_TEMPROOT", "/some/where")
    assert environment()["PYTEST_DEBUG_TEMPROOT"] == "/some/where"


def test_the_tests_of_a_new_clone_are_compiled_by_a_process_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Once something is compiled, no process is begun."""
    (tmp_path / "test_one.py").write_text("def test_one(): assert 1\n")
    with compiling_beside(tmp_path):
        until(lambda: any(tmp_path.rglob("test_one.*.pyc")))
    monkeypatch.setattr(subprocess, "Popen", None)
    with compiling_beside(tmp_path):
        pass
