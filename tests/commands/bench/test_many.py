"""The bench of many competitions measures what it says: each marks at its own host."""

from pathlib import Path

from commands.bench.many import fill, measured, running


def test_two_competitions_mark_while_the_provinces_page_is_drawn(tmp_path: Path):
    """A judge each; every mark is stored, and the page is drawn."""
    there, halls, cookie = fill(tmp_path / "many", 2, 2, 1)
    with running(there) as port:
        row = measured(port, there, halls, cookie, 2, 2)
    assert row[:2] == ["2", "2"]
    assert " / " in row[2]
    assert int(row[4]) >= 1
    log = (there.folder / "server.log").read_text("utf-8")
    assert "Traceback" not in log
