"""Copies that a second laptop does not keep: changed, forked, of an older generation, unsound."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from competition.generations import begin_generation
from competition.standby import copies
from db import heads
from tests.competition.event import AT, Event, later
from tests.competition.standby.second import bytes_of, follow


def begin(event: Event, cause: str, *, at: datetime = AT) -> None:
    with event.store.writing() as tx:
        begin_generation(tx, str(event.organizer.competition_id), cause, at=at)


def changed(content: bytes, folder: Path, sql: str) -> bytes:
    """A copy on which a person with the file in hand ran SQL."""
    path = folder / "changed.db"
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as forged:
        forged.execute(sql)
        forged.commit()
    return path.read_bytes()


FORGED = {
    "a mark": "UPDATE marks SET value = value - 500 WHERE rowid = (SELECT min(rowid) FROM marks)",
    "a person": "UPDATE people SET name = '别人' WHERE rowid = (SELECT max(rowid) FROM people)",
    "a trigger": "DROP TRIGGER events_stay",
}


@pytest.mark.parametrize("what", FORGED)
def test_a_copy_that_does_not_verify_is_not_kept(event: Event, tmp_path: Path, what: str):
    """The head is right and the bytes are those announced: only replaying shows it."""
    event.record(1, 1, event.change(0, "31"))
    follow(event, tmp_path / "s")
    event.record(1, 1, event.change(0, "32", rev=1))
    content, head = bytes_of(event)
    forged = changed(content, tmp_path, FORGED[what])
    owner = str(event.organizer.competition_id)
    before = copies.newest(tmp_path / "s", owner)
    assert before is not None
    with pytest.raises(copies.CopyRefused, match="findings"):
        copies.take(tmp_path / "s", forged, owner, head, before.head)
    assert copies.newest(tmp_path / "s", owner) == before
    assert len(copies.copies(tmp_path / "s")) == 1


def test_bytes_that_are_no_database_are_not_kept(event: Event, tmp_path: Path):
    """Nor a half of one."""
    content, head = bytes_of(event)
    owner = str(event.organizer.competition_id)
    for bad in (b"", b"hello", content[: len(content) // 2]):
        with pytest.raises(copies.CopyRefused):
            copies.take(tmp_path / "s", bad, owner, head, None)
    assert copies.copies(tmp_path / "s") == []


def test_another_record_of_the_same_generation_is_not_kept(event: Event, tmp_path: Path):
    """The first laptop went back to an older file and nobody began a generation."""
    old, old_head = bytes_of(event)
    event.record(1, 1, event.change(0, "31"))
    newest = follow(event, tmp_path / "s")
    owner = str(event.organizer.competition_id)
    with pytest.raises(copies.CopyRefused, match="forked"):
        copies.take(tmp_path / "s", old, owner, old_head, newest.head)


def test_an_older_generation_is_not_kept_and_a_newer_one_is(event: Event, tmp_path: Path):
    """A restored first laptop begins a newer one; an old laptop that came back has an older."""
    old, old_head = bytes_of(event)
    owner = str(event.organizer.competition_id)
    event.record(1, 1, event.change(0, "31"))
    follow(event, tmp_path / "s")
    begin(event, "restored", at=later(9))
    newest = follow(event, tmp_path / "s")
    assert newest.head.number == 2
    with pytest.raises(copies.CopyRefused, match="older_generation"):
        copies.take(tmp_path / "s", old, owner, old_head, newest.head)


def test_a_head_that_is_another_than_announced(event: Event, tmp_path: Path):
    """The copy may be sound and yet not the one that was spoken of."""
    content, head = bytes_of(event)
    named = heads.parse(head)
    assert named is not None
    wrong = str(heads.Head(named.number, named.token, named.n + 1, named.hash))
    with pytest.raises(copies.CopyRefused, match="other_head"):
        copies.take(tmp_path / "s", content, str(event.organizer.competition_id), wrong, None)


def test_a_certified_rounds_copy_passes_the_second_verifier(closed: Event, tmp_path: Path):
    """Each certified round's record is checked by code that is not scoring's."""
    closed.certify(at=later(500))
    assert follow(closed, tmp_path / "s").head.n > 0
