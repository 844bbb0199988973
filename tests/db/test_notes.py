"""Several processes on one file: who may serve it, who leads, and what they tell each other."""

from pathlib import Path

import pytest

from db.errors import InUse
from db.file_lock import hold, is_held, lead, require_free, starting
from db.notes import FileNotes


def test_processes_that_share_a_file_keep_all_others_out(tmp_path: Path):
    """A server alone refuses them; together they refuse it, and a restore."""
    path = tmp_path / "arena.db"
    first, second = hold(path, shared=True), hold(path, shared=True)
    with pytest.raises(InUse):
        hold(path)
    with pytest.raises(InUse):
        require_free(path)
    require_free(path, shared=True)
    first.close()
    assert is_held(path)
    second.close()
    assert not is_held(path)
    with hold(path), pytest.raises(InUse):
        hold(path, shared=True)


def test_one_leads_until_it_ends(tmp_path: Path):
    """Then another may; a lock of its own, beside the file's."""
    path = tmp_path / "arena.db"
    leading = lead(path)
    assert leading is not None
    assert lead(path) is None
    hold(path, shared=True).close()
    leading.close()
    again = lead(path)
    assert again is not None
    again.close()
    with starting(path):
        hold(path).close()


def test_a_note_is_read_by_the_others_while_it_is_fresh(tmp_path: Path):
    """A process reads none of its own; what an ended one left is removed."""
    hour = [5.0]
    one, two, three = (
        FileNotes(tmp_path / "arena.db", name, now=lambda: hour[0]) for name in ("1", "2", "3")
    )
    two.leave("beats", "c")
    hour[0] = 10.0
    one.leave("beats", "a")
    hour[0] = 20.0
    one.leave("beats", "b")
    two.leave("lag", "d")
    assert one.others("beats", within=20.0) == ["c"]
    assert two.others("beats", within=5.0) == ["b"]
    assert three.others("beats", within=20.0) == ["b", "c"]
    assert three.others("lag", within=20.0) == ["d"]
    three.clear(older=5.0)
    assert three.others("beats", within=20.0) == ["b"]
    for notes in (one, two, three):
        notes.close()
    assert (tmp_path / "arena.db.notes").stat().st_mode & 0o777 == 0o600
