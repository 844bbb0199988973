"""The bench of marks measures what it says: all are stored, and every judge gets the work."""

from pathlib import Path

from commands.bench.hall import build, running
from commands.bench.marks import asked_at_once, marked


def test_marks_are_counted_and_every_judge_gets_the_work(tmp_path: Path):
    """Three judges on a real server, for as long as one mark takes."""
    path = tmp_path / "bench.db"
    hall = build(path, judges=3, sheets=2)
    with running(path, tmp_path / "server.log") as port:
        a_second, stored, _ = marked(hall, [port], 3, 0.1).cells()
        took, _ = asked_at_once(hall, port)
    assert float(a_second) > 0
    assert " / " in stored
    assert took > 0
