"""Verified copies in a second folder: what the desk knows of them, and what goes wrong."""

import errno
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import db
from commands.restore import put_back
from competition.documents import documents
from competition.lineup import entrants
from competition.standby import apart, copies
from competition.standby.sticks import Stick, StickState, stick_state
from db.document_files import folder_of
from db.invariants import verify
from tests.competition.event import AT, Event

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The stick."""
    path = tmp_path / "stick"
    path.mkdir()
    return path


def state(event: Event, *, after: float = 0) -> StickState:
    return stick_state(event.store, event.organizer, now=time.monotonic() + after)


def stored(path: Path, event: Event) -> int:
    store = db.Store(path, read_only=True)
    try:
        with store.reading() as tx:
            return int(tx.value("SELECT count(*) FROM marks"))
    finally:
        store.close()


def test_a_copy_a_minute_and_none_where_nothing_is_new(event: Event, folder: Path):
    """It was verified; the desk knows its age."""
    assert state(event) == StickState()
    stick = Stick(event.store, folder)
    try:
        assert (state(event).seconds, state(event).problem) == (None, "")
        stick.step()
        stick.step()
        assert len(copies.copies(folder)) == 1
        shown = state(event, after=90)
        assert (shown.folder, shown.problem, shown.is_late) == (str(folder), "", False)
        assert shown.seconds in (90, 91, 92, 93, 94, 95)
        assert state(event, after=400).is_late
        event.record(1, 1, event.change(0, "31"))
        stick.step()
        newest = copies.copies(folder)[-1]
        assert (len(copies.copies(folder)), stored(newest, event)) == (2, 1)
    finally:
        stick.stop()
    assert state(event) == StickState()


def test_a_stick_that_was_pulled_is_missed_and_found_again(event: Event, folder: Path):
    """Nothing is written in its place, and the age goes on counting."""
    stick = Stick(event.store, folder)
    try:
        stick.step()
        at = stick.copied_at
        shutil.rmtree(folder)
        event.record(1, 1, event.change(0, "31"))
        stick.step()
        assert (state(event).problem, stick.copied_at, folder.exists()) == ("gone", at, False)
        folder.mkdir()
        stick.step()
        assert (state(event).problem, len(copies.copies(folder))) == ("", 1)
    finally:
        stick.stop()


def test_an_empty_folder_left_on_the_machines_disk_is_no_stick(event: Event, folder: Path):
    """Where the stick was mounted there is a folder still, on the disk of the database."""
    stick = Stick(event.store, folder)
    try:
        stick._device = -2
        stick.step()
        assert (state(event).problem, list(folder.iterdir())) == ("gone", [])
    finally:
        stick.stop()


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "full"), (errno.EROFS, "unwritable"), (errno.EIO, "unwritable")],
)
def test_a_stick_that_takes_nothing_is_named(
    event: Event, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
):
    """Full, read-only, broken; the copies before stay."""
    stick = Stick(event.store, folder)
    try:
        stick.step()
        event.record(1, 1, event.change(0, "31"))

        def fails(*given: object) -> None:
            raise OSError(number, os.strerror(number))

        with monkeypatch.context() as patch:
            patch.setattr(copies, "write_private", fails)
            stick.step()
        assert (state(event).problem, len(copies.copies(folder))) == (said, 1)
    finally:
        stick.stop()


@contextmanager
def having_kept_one(event: Event, folder: Path) -> Iterator[Stick]:
    """A stick that has kept a copy of a mark, and ends."""
    event.record(1, 1, event.change(0, "31"))
    stick = Stick(event.store, folder)
    try:
        stick.step()
        assert (state(event).problem, len(copies.copies(folder))) == ("", 1)
        yield stick
    finally:
        stick.stop()


def test_a_copy_that_does_not_verify_is_not_kept(event: Event, folder: Path):
    """A mark that no event explains is found; the copy before stays."""
    with having_kept_one(event, folder) as stick:
        forge(event)
        stick.step()
        assert (state(event).problem, len(copies.copies(folder))) == ("findings", 1)


@pytest.mark.usefixtures("copies_verified_apart")
def test_a_copy_is_verified_by_a_process_apart(event: Event, folder: Path):
    """One that is in order is kept."""
    with having_kept_one(event, folder):
        pass


def test_the_process_apart_says_what_it_finds(
    event: Event, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """The same as is found here; a process that ends in a fault is a finding."""
    event.record(1, 1, event.change(0, "31"))
    forge(event)
    given = (event.store.path, event.store.path)
    monkeypatch.setattr(apart, "LOWEST", 0)
    apart.main([*map(str, given)])
    said = capsys.readouterr().out.encode()
    found = copies.check_file(*given)
    assert found
    monkeypatch.setattr(subprocess, "run", lambda command, **_: CompletedProcess(command, 0, said))
    assert apart.check_apart(*given) == found
    monkeypatch.setattr(subprocess, "run", lambda command, **_: CompletedProcess(command, 0, b""))
    assert [one.check for one in apart.check_apart(*given)] == ["verified_apart"]


def forge(event: Event) -> None:
    """Change marks behind the app's back, after another one was given."""
    event.record(1, 1, event.change(1, "32"))
    with event.store.writing() as tx:
        tx.run("UPDATE marks SET value = 1000")


def test_a_copy_of_the_stick_is_put_back_with_its_documents(event: Event, folder: Path):
    """By `arena.py restore`, as any backup; the stick stays as it is."""
    spare = entrants.add_entrant(
        event.store, event.organizer, code="532509100200", county="绿春县", at=AT
    )
    documents.add_document(event.store, event.organizer, spare, name="规划.pdf", content=PDF, at=AT)
    stick = Stick(event.store, folder)
    try:
        stick.step()
        assert stick.problem == ""
    finally:
        stick.stop()
    path = folder.parent / "again.db"
    put_back(copies.copies(folder)[-1], path)
    store = db.Store(path)
    try:
        assert [one.read_bytes() for one in folder_of(path).iterdir()] == [PDF]
        assert verify(store) == []
    finally:
        store.close()
    assert len(copies.copies(folder)) == 1
