"""Two laptops with one event: which of them goes on writing."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import db
from commands.restore import put_back
from competition.generations import begin_generation
from competition.standby import fencing
from db import heads
from db.errors import Superseded
from tests.competition.event import AT, Event, later
from tests.competition.standby.second import follow, paired
from tests.db.copies import reopened


def owner(event: Event) -> str:
    return str(event.organizer.competition_id)


def proof(store: db.Store, event: Event) -> str:
    with store.reading() as tx:
        return fencing.proof_of(tx, owner(event))


@pytest.fixture
def other(event: Event, tmp_path: Path) -> Iterator[db.Store]:
    """A copy of the event on the second laptop."""
    paired(event, tmp_path / "second")
    path = tmp_path / "other.db"
    shutil.copyfile(follow(event, tmp_path / "second").path, path)
    store = db.Store(path)
    yield store
    store.close()


def begin(store: db.Store, event: Event, cause: str = "promoted") -> None:
    with store.writing() as tx:
        begin_generation(tx, owner(event), cause, at=later(60))


def numbered(event: Event, number: int, *, mac: str = "") -> str:
    return f"{number}-0123456789abcdef.{mac or 'a' * 64}"


def test_a_higher_generation_makes_the_first_read_only(event: Event, other: db.Store):
    """At once, on the disk, for every write; reading goes on."""
    begin(other, event)
    assert fencing.meet(event.store, owner(event), proof(other, event))
    with pytest.raises(Superseded) as caught:
        event.record(1, 1, event.change(0, "31"))
    assert caught.value.values == {"generation": "2"}
    with event.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM marks") == 0
    again = reopened(event.store)
    try:
        with pytest.raises(Superseded), again.writing():
            pass
        assert fencing.told(again, owner(event))["serves"] is False
    finally:
        again.close()


def test_the_higher_one_stays(event: Event, other: db.Store):
    """It hears of the lower one, and goes on."""
    begin(other, event)
    assert not fencing.meet(other, owner(event), proof(event.store, event))
    with other.writing():
        pass


SHOWN: dict[str, Callable[[Event, db.Store], str]] = {
    "nothing": lambda event, other: "",
    "its own": lambda event, other: proof(event.store, event),
    "a number without a proof": lambda event, other: "9-0123456789abcdef",
    "a forged proof": lambda event, other: numbered(event, 9),
    "another generation's proof": lambda event, other: numbered(
        event, 9, mac=proof(event.store, event).partition(".")[2]
    ),
    "no number": lambda event, other: "x.y.z",
    "a long text": lambda event, other: "9" * 5000,
    "a text that is no ASCII": lambda event, other: "９-0123456789abcdef.ａ",
}


@pytest.mark.parametrize("shown", SHOWN)
def test_a_judge_or_a_stranger_cannot_stop_the_server(event: Event, other: db.Store, shown: str):
    """A tablet may claim any number: only a copy of the file can prove one."""
    assert not fencing.meet(event.store, owner(event), SHOWN[shown](event, other))
    event.record(1, 1, event.change(0, "31"))


def test_equal_numbers_go_by_the_random_bits(event: Event, other: db.Store):
    """Both began g2 apart: exactly one of them goes on."""
    begin(other, event)
    begin(event.store, event, "restored")
    proofs = {store: proof(store, event) for store in (event.store, other)}
    ended = [
        fencing.meet(event.store, owner(event), proofs[other]),
        fencing.meet(other, owner(event), proofs[event.store]),
    ]
    assert sorted(ended) == [False, True]


@pytest.mark.on_file
def test_a_superseded_file_that_is_restored_goes_on_above(
    event: Event, other: db.Store, tmp_path: Path
):
    """An organizer decides for the first laptop after all: its generation is above the other's."""
    begin(other, event)
    begin(other, event)
    copy = tmp_path / "copy.db"
    shutil.copyfile(follow(event, tmp_path / "third").path, copy)
    fencing.meet(event.store, owner(event), proof(other, event))
    event.store.close()
    put_back(copy, event.store.path)
    store = db.Store(event.store.path)
    try:
        with store.reading() as tx:
            found = heads.last(tx, owner(event))
        assert found is not None
        assert found.number == 4
        with store.writing():
            pass
        assert fencing.meet(other, owner(event), proof(store, event))
    finally:
        store.close()


def test_an_event_of_another_competition_proves_nothing(event: Event, store: db.Store):
    """Salts differ: each competition proves its generations alone."""
    assert not fencing.meet(store, "another", numbered(event, 9))
    assert AT


def test_the_other_laptop_is_asked_for_only_where_one_may_be_paired(
    event: Event, monkeypatch: pytest.MonkeyPatch
):
    """Of many competitions most have none: such a store is looked at again once it has changed."""
    looked = []
    monkeypatch.setattr(fencing, "look", lambda store: looked.append(store) or bool(answers))
    watch, answers = fencing.Watch(lambda: [event.store]), []
    watch.stop()
    for _ in range(3):
        watch.step()
    assert len(looked) == 1
    event.record(1, 1, event.change(0, "31"))
    answers.append("paired")
    for _ in range(3):
        watch.step()
    assert len(looked) == 4
