"""The second folder is chosen, changed and stopped in the running app, by organizers alone."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from competition.errors import Forbidden, Refused
from competition.standby import copies, second_folder, sticks
from competition.standby.errors import (
    CopyFolderFull,
    CopyFolderInside,
    CopyFolderMissing,
    CopyFolderUnwritable,
)
from db import events
from tests.browser.waits import until
from tests.competition.event import AT, Event, later


@pytest.fixture
def served(event: Event) -> Iterator[Event]:
    """The event while a server serves it."""
    second_folder.begin_at_start(event.store, "")
    yield event
    second_folder.end_at_stop(event.store)


@pytest.fixture
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the data's own."""
    return tmp_path_factory.mktemp("stick")


def choose(event: Event, folder: object, role: str = "organizer") -> None:
    second_folder.choose_copy_folder(event.store, event.visitor(role), str(folder), at=AT)


def kinds(event: Event) -> list[str]:
    with event.store.reading() as tx:
        found = events.whole(tx, str(event.organizer.competition_id))
    return [one["kind"] for one in found if "cop" in one["kind"]]


def test_a_copy_comes_at_once_then_into_another_then_none(
    served: Event, stick: Path, tmp_path_factory: pytest.TempPathFactory
):
    """Each choice is an event; what was copied stays; the path is in no event."""
    choose(served, f'  "{stick}" ')
    until(lambda: len(copies.copies(stick)) == 1)
    other = tmp_path_factory.mktemp("other")
    choose(served, other)
    until(lambda: len(copies.copies(other)) == 1)
    assert sticks.running_folder(served.store) == other
    second_folder.stop_copies(served.store, served.organizer, at=later(1))
    assert sticks.running_folder(served.store) is None
    assert len(copies.copies(stick)) == 1
    assert kinds(served) == ["copy_folder_chosen", "copy_folder_chosen", "copies_stopped"]
    with served.store.reading() as tx:
        found = events.whole(tx, str(served.organizer.competition_id))
    assert str(stick) not in str(found)


def test_the_choice_outlives_a_restart_and_the_start_goes_before_it(
    served: Event, stick: Path, tmp_path_factory: pytest.TempPathFactory
):
    """Kept beside the database; a folder named at the start is taken for that time."""
    choose(served, stick)
    second_folder.end_at_stop(served.store)
    assert sticks.running_folder(served.store) is None
    second_folder.begin_at_start(served.store, "")
    assert sticks.running_folder(served.store) == stick
    second_folder.end_at_stop(served.store)
    named = tmp_path_factory.mktemp("named")
    second_folder.begin_at_start(served.store, str(named))
    assert sticks.running_folder(served.store) == named
    second_folder.stop_copies(served.store, served.organizer, at=later(1))
    second_folder.end_at_stop(served.store)
    second_folder.begin_at_start(served.store, "")
    assert sticks.running_folder(served.store) is None


def test_no_server_no_copy(event: Event, stick: Path):
    """A command that does the act copies nothing itself."""
    choose(event, stick)
    assert sticks.running_folder(event.store) is None


@pytest.mark.parametrize("role", ["host", "timekeeper", "scorekeeper", "supervisor"])
def test_others_may_not_choose_where_copies_of_all_marks_go(served: Event, stick: Path, role: str):
    """Nor stop them."""
    with pytest.raises(Forbidden):
        choose(served, stick, role)
    with pytest.raises(Forbidden):
        second_folder.stop_copies(served.store, served.visitor(role), at=AT)
    assert (kinds(served), list(stick.iterdir())) == ([], [])


def refused(event: Event, folder: object) -> type[Refused]:
    with pytest.raises(Refused) as caught:
        choose(event, folder)
    assert caught.value.values["field"] == "folder"
    assert kinds(event) == []
    assert sticks.running_folder(event.store) is None
    return caught.type


def test_a_folder_that_is_not_there_is_refused(served: Event, stick: Path):
    """Nothing is made; nor is a file, a path from here, or one with a zero in it taken."""
    (stick / "file").write_text("x")
    (stick / "broken").symlink_to(stick / "gone")
    wrong = (
        "",
        stick / "gone",
        stick / "file",
        "stick",
        "~",
        f"{stick}\0",
        stick / "broken",
        "/" * 2000,
    )
    assert {refused(served, one) for one in wrong} == {CopyFolderMissing}
    assert not (stick / "gone").exists()


def test_a_folder_in_the_datas_own_is_refused(served: Event, stick: Path):
    """Also by a link from outside, or by two points."""
    home = served.store.path.parent
    inside = home / "copies"
    inside.mkdir()
    link = stick / "link"
    link.symlink_to(inside, target_is_directory=True)
    for folder in (home, inside, link, stick / ".." / home.name / "copies"):
        if folder.is_dir():
            assert refused(served, folder) is CopyFolderInside


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.EROFS, CopyFolderUnwritable),
        (errno.EACCES, CopyFolderUnwritable),
        (errno.ENOSPC, CopyFolderFull),
    ],
)
def test_a_disk_that_takes_nothing_is_refused(
    served: Event, stick: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Refused]
):
    """Read-only, another's, full; no trace is left."""

    def fails(_: Path) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(second_folder, "_try", fails)
        assert refused(served, stick) is error
    assert list(stick.iterdir()) == []


def test_a_stick_that_is_gone_at_the_next_start_is_missed(served: Event, stick: Path):
    """The server starts, and its line turns red."""
    choose(served, stick)
    second_folder.end_at_stop(served.store)
    for one in sorted(stick.rglob("*"), reverse=True):
        one.rmdir() if one.is_dir() else one.unlink()
    stick.rmdir()
    second_folder.begin_at_start(served.store, "")
    running = sticks._sticks[served.store.path]
    until(lambda: running.problem == "gone")
    assert not stick.exists()
