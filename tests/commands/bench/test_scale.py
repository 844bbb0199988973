"""The bench of several processes measures what it says: each of them works."""

from pathlib import Path

import pytest

from commands.bench.hall import build
from commands.bench.scale import commit_seconds, installed, measured


@pytest.mark.long(
    "door/test_hanging.py::test_a_process_that_hangs_is_left",
    "commands/bench/test_marks.py::test_marks_are_counted_and_every_judge_gets_the_work",
)
def test_two_processes_take_marks_and_give_sheets(tmp_path: Path):
    """Four judges, for as long as one mark takes; every figure is of both processes."""
    path = tmp_path / "bench.db"
    hall = build(path, judges=4, sheets=2)
    with installed(path, tmp_path, 2) as ports:
        shown = measured(hall, ports, 4, 0.1, commit_seconds)
    a_second, stored, processor, database, fetched, memory = shown
    assert " / " in stored
    assert min(map(float, (a_second, processor, database, fetched))) > 0
    assert float(memory) > 200
    for log in tmp_path.glob("*.log"):
        assert "Traceback" not in log.read_text("utf-8")
