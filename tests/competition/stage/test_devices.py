"""The check of devices: each tick is what a tablet has really shown; the folder is written."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from competition.errors import Forbidden
from competition.people import links
from competition.stage import beats, devices, pad_work
from competition.stage.devices import TabletCheck
from competition.stage.pad_work import Beat
from tests.competition.event import AT, Event, later


@pytest.fixture(autouse=True)
def forgets() -> Iterator[None]:
    """No beat of another test is remembered."""
    beats.forget()
    yield
    beats.forget()


def check(event: Event, judge: int, at: datetime = AT) -> TabletCheck:
    found = devices.tablets(event.store, event.organizer, event.round_id, at=at)
    return next(one for one in found if one.seat["number"] == judge)


def beat(event: Event, judge: int, **said: object) -> None:
    values = {"unsent": 0, "stores": True, "ahead": 3, **said}
    sign = Beat(tab="a", entrant_id="", **values)
    pad_work.stage_now(event.store, event.visitor(judge), event.round_id, at=AT, beat=sign)


def test_a_tablet_is_ready_once_it_came_opened_stored_and_gave_a_mark(event: Event):
    """Each tick by itself, in the order in which an organizer goes about it."""
    assert not any((check(event, 1).came, check(event, 1).opened, check(event, 1).returned))
    token = links.make_link(event.store, event.organizer, event.judges[1], at=AT)
    links.open_link(event.store, token, at=AT, address="10.0.0.9", device="Pad")
    assert check(event, 1).came
    beat(event, 1)
    assert check(event, 1).opened
    assert check(event, 1).stores
    assert check(event, 1).on_time
    assert not check(event, 1).is_ready
    event.record(1, 1, event.change(0, "50"))
    assert check(event, 1).returned
    assert check(event, 1).is_ready


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        ({"stores": False}, "stores"),
        ({"stores": None}, "stores"),
        ({"unsent": 1}, "returned"),
        ({"ahead": 61}, "on_time"),
        ({"ahead": -61}, "on_time"),
        ({"ahead": None}, "on_time"),
    ],
)
def test_what_a_tablet_says_takes_its_tick_away(event: Event, said: dict[str, object], lost: str):
    """A storage that keeps nothing, an unsent mark, a clock a minute off, an older page."""
    event.record(1, 1, event.change(0, "50"))
    beat(event, 1, **said)
    assert not getattr(check(event, 1), lost)


def test_a_silent_tablet_is_not_ticked_by_what_it_once_said(event: Event):
    """Eleven seconds without a beat: only that a device came in remains."""
    event.record(1, 1, event.change(0, "50"))
    beat(event, 1)
    silent = check(event, 1, later(11))
    assert not any((silent.opened, silent.stores, silent.returned, silent.on_time))


def test_the_backup_folder_is_written_and_read_back(event: Event):
    """Nothing is left there; a folder that is a file is named with what the system says."""
    tried = devices.try_backup_folder(event.store, event.organizer)
    assert tried.problem == ""
    assert tried.free > 0
    assert list(tried.folder.iterdir()) == []
    tried.folder.rmdir()
    tried.folder.write_text("in the way", "utf-8")
    assert devices.try_backup_folder(event.store, event.organizer).problem


def test_only_an_organizer_writes_there(event: Event, tmp_path: Path):
    """Nobody else is given the server's folders."""
    with pytest.raises(Forbidden):
        devices.try_backup_folder(event.store, event.visitor("host"))
