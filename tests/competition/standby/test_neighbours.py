"""What processes that serve one file tell each other: presence, copies, and which one leads."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import db
from competition.stage import beats
from competition.standby import lag, second_folder, sticks
from competition.standby.neighbours import Neighbours, Topic
from competition.standby.sticks import StickState
from tests.competition.event import later

AT = later(3600)
ROUND, JUDGE = "round", "judge"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No beat of another test."""
    beats.forget()
    yield
    beats.forget()


def beat(store: db.Store, tab: str, unsent: int, seconds: int) -> None:
    """A beat of the judge's page."""
    at = AT + timedelta(seconds=seconds)
    beats.keep_beat(store, ROUND, JUDGE, tab=tab, entrant_id="e", unsent=unsent, at=at)


def sent(told: Any) -> Any:
    """As it arrives: through JSON."""
    return json.loads(json.dumps(told))


def test_a_pad_that_went_to_another_process_is_on_line_with_its_newest_beat(store: db.Store):
    """Each page counts by its newest beat, wherever; a process that ended tells no more."""
    beat(store, "tab", 0, 30)
    beat(store, "second tab", 4, 28)
    told = sent(beats.tell(store))
    beats.forget()
    beat(store, "tab", 2, 0)
    at = AT + timedelta(seconds=32)
    assert beats.signs(store, ROUND, at=at)[JUDGE].state == "offline"
    beats.hear(store, [told])
    sign = beats.signs(store, ROUND, at=at)[JUDGE]
    assert (sign.state, sign.unsent, sign.silent) == ("online", 4, 2)
    beat(store, "tab", 7, 31)
    assert beats.signs(store, ROUND, at=at)[JUDGE].unsent == 7
    beats.hear(store, [])
    assert beats.signs(store, ROUND, at=at)[JUDGE].unsent == 7
    assert beats.tell(store)[0][:3] == [ROUND, JUDGE, "tab"]


def test_the_second_laptop_s_last_beat_counts_wherever_it_came(store: db.Store):
    """With the copies that any process lent it; an older beat changes nothing."""
    lag.note_beat(store, "s", "head-2", 3, "", now=20.0)
    lag.note_lent(store, "s", "head-2", 3, now=15.0)
    lag.hear(store, [sent({"s": [10.0, "head-1", 0, "not_read", {"head-1+0": 9.0}]})])
    assert lag.tell(store)["s"] == [20.0, "head-2", 3, "", {"head-2+3": 15.0, "head-1+0": 9.0}]
    lag.hear(store, [sent({"s": [30.0, "head-3", 4, "full", {}]})])
    assert lag.tell(store)["s"][:4] == [30.0, "head-3", 4, "full"]


def test_every_process_shows_the_copies_of_the_one_that_makes_them(store: db.Store):
    """One copies; the others say so, with its age."""
    assert sticks.state_of(store, now=100.0) == StickState()
    sticks.hear(store, [[], ["/media/usb", 70.0, "", False]])
    assert sticks.state_of(store, now=100.0) == StickState("/media/usb", 30, "", False)
    sticks.hear(store, [])
    assert sticks.state_of(store, now=100.0) == StickState()


@pytest.mark.on_file
def test_one_leads_and_the_next_leads_after_it(store: db.Store):
    """It alone checkpoints; each hears the others and heeds a newer generation."""
    heard: list[Any] = []
    other = db.Store(store.path)
    topic = Topic(
        lambda of: "first" if of is store else "second", lambda _, told: heard.append(told)
    )
    one = Neighbours(store, topics={"trial": topic})
    two = Neighbours(other, topics={"trial": topic})
    assert (one.leads, two.leads) == (True, False)
    assert [pages(store), pages(other)] == [1000, 0]
    assert heard[-1] == ["first"]
    store.supersede("9-0123456789abcdef")
    two.step()
    assert other.superseded.startswith("9-")
    one.stop()
    two.step()
    assert two.leads
    assert [pages(store), pages(other)] == [0, 1000]
    two.stop()
    other.close()


def pages(store: db.Store) -> int:
    """After how many pages of the journal a store's writer checkpoints."""
    return int(store._writer.execute("PRAGMA wal_autocheckpoint").fetchone()[0])


def test_the_one_that_leads_copies_into_the_folder_chosen_elsewhere(
    store: db.Store, tmp_path: Path
):
    """Another process wrote its name beside the database."""
    folder = tmp_path / "usb"
    folder.mkdir()
    one = Neighbours(store)
    second_folder._keep(store, str(folder))
    one.step()
    assert sticks.running_folder(store) == folder
    second_folder._keep(store, "")
    one.step()
    assert sticks.running_folder(store) is None
    one.stop()
    second_folder.end_at_stop(store)
