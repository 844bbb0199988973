"""Acts that wait together share one commit: none returns before it, and none undoes another's."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

import db
from db.errors import DatabaseError, Superseded
from db.store import Transaction
from tests.db.test_store import put, titles


@dataclass
class Hall:
    """Writers of one store, each on a thread, and how each ended."""

    store: db.Store
    commits: list[set[str]] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    raised: dict[str, BaseException] = field(default_factory=dict)
    threads: list[threading.Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store.after_commit(lambda: self.commits.append(set(self.kept)))

    def write(self, name: str, then: Callable[[Transaction], object], *, shares: bool) -> None:
        """Put a competition of a name, do something more, and leave."""
        try:
            with self.store.writing(shares=shares) as tx:
                put(tx, id=name, title=name)
                then(tx)
            self.kept.add(name)
        except BaseException as error:
            self.raised[name] = error

    def begin(
        self, name: str, then: Callable[[Transaction], object] = str, *, shares: bool = True
    ) -> None:
        """A further writer; it waits while another writes."""
        thread = threading.Thread(target=self.write, args=(name, then), kwargs={"shares": shares})
        self.threads.append(thread)
        thread.start()

    @contextmanager
    def held(self, waiting: int) -> Iterator[None]:
        """Hold the writer until so many others wait to share; then all of them go on."""
        inside, go = threading.Event(), threading.Event()

        def hold(_: Transaction) -> None:
            inside.set()
            assert go.wait(60)

        self.begin("first", hold)
        assert inside.wait(60)
        yield
        while len(self.store._turns._waiting) < waiting:
            assert all(thread.is_alive() for thread in self.threads)
        go.set()
        for thread in self.threads:
            thread.join()


@pytest.fixture
def hall(store: db.Store, monkeypatch: pytest.MonkeyPatch) -> Hall:
    """A commit is put off for as long as any writer waits: no machine is too slow for the test."""
    monkeypatch.setattr("db.turns.OLDEST_SECONDS", 3600.0)
    monkeypatch.setattr("db.turns.LOCK_WAIT_SECONDS", 60.0)
    monkeypatch.setattr("db.turns.RESCUE_SECONDS", 60.0)
    return Hall(store)


def test_writers_that_wait_together_share_one_commit_and_none_returns_before_it(hall: Hall):
    """Four acts, one commit; when it is made, none of the four has returned."""
    with hall.held(3):
        for name in ("a", "b", "c"):
            hall.begin(name)
    assert hall.commits == [set()]
    assert hall.kept == {"first", "a", "b", "c"}
    assert titles(hall.store) == sorted(hall.kept)


def test_a_refused_act_in_a_group_undoes_itself_alone(hall: Hall):
    """Its error comes to it; the acts before and after it are kept, in one chain."""

    def refuse(_: Transaction) -> None:
        raise KeyError("refused")

    def unrecorded(tx: Transaction) -> None:
        tx.put("competitions", {**tx.rows("SELECT * FROM competitions")[0], "id": "x"})

    with hall.held(4):
        hall.begin("a")
        hall.begin("bad", refuse)
        hall.begin("worse", unrecorded)
        hall.begin("c")
    assert {name: type(error) for name, error in hall.raised.items()} == {
        "bad": KeyError,
        "worse": db.UnrecordedChange,
    }
    assert titles(hall.store) == ["a", "c", "first"]
    assert len(hall.commits) == 1
    with hall.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM events") == 3


def test_a_commit_that_fails_is_every_acts_failure(hall: Hall):
    """One row's reference is checked by the commit only: none is acknowledged, nothing kept."""

    def refer(tx: Transaction) -> None:
        tx.db.defer_references()
        tx.run("INSERT INTO salts VALUES ('nowhere', 'x')")

    with hall.held(2):
        hall.begin("a")
        hall.begin("bad", refer)
    assert hall.kept == set()
    assert {type(error) for error in hall.raised.values()} == {sqlite3.IntegrityError}
    assert (titles(hall.store), hall.commits) == ([], [])
    hall.write("next", str, shares=True)
    assert titles(hall.store) == ["next"]


@pytest.mark.on_file
def test_a_disk_that_is_full_for_one_act_leaves_what_was_acknowledged(hall: Hall):
    """Each act is in the file or has its refusal, never both and never neither."""
    conn = hall.store._writer.conn
    pages = conn.execute("PRAGMA page_count").fetchone()[0]

    def flood(tx: Transaction) -> None:
        tx.run(f"PRAGMA max_page_count = {pages + 2}")
        put(tx, id="flood", title="x" * 10**6)

    with hall.held(3):
        hall.begin("a")
        hall.begin("flooding", flood)
        hall.begin("b")
    conn.execute("PRAGMA max_page_count = 1000000")
    assert isinstance(hall.raised["flooding"], DatabaseError)
    assert set(titles(hall.store)) == hall.kept
    assert hall.kept | hall.raised.keys() == {"first", "a", "b", "flooding"}
    hall.write("next", str, shares=True)
    assert "next" in titles(hall.store)


def test_an_act_that_may_not_share_begins_after_what_was_left_is_committed(hall: Hall):
    """However long it takes, nobody's tap waits for it."""
    seen: list[set[str]] = []

    def look(tx: Transaction) -> None:
        reader = threading.Thread(target=lambda: seen.append(set(titles(hall.store))))
        reader.start()
        reader.join()
        assert len(tx.rows("SELECT id FROM competitions")) == len(seen[0]) + 1

    with hall.held(1):
        hall.begin("a")
        hall.begin("desk", look, shares=False)
    assert (hall.raised, len(seen)) == ({}, 1)
    assert titles(hall.store) == ["a", "desk", "first"]


def test_a_commit_left_to_a_writer_that_gave_up_is_made_all_the_same(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
):
    """The act makes it itself; it waits for nobody."""
    monkeypatch.setattr("db.turns.RESCUE_SECONDS", 0.01)
    hall.store._turns._waiting.add(-1)
    hall.write("alone", str, shares=True)
    assert (hall.kept, titles(hall.store)) == ({"alone"}, ["alone"])


def test_a_newer_generation_keeps_what_was_left_and_refuses_what_comes(hall: Hall):
    """What has been done before the other laptop was met is committed, not forgotten."""
    hall.store._turns._waiting.add(-1)
    hall.begin("before")
    while hall.store._turns._group is None and hall.threads[0].is_alive():
        pass
    hall.store.supersede("9-0123456789abcdef")
    hall.threads[0].join()
    hall.write("after", str, shares=True)
    assert titles(hall.store) == ["before"]
    assert isinstance(hall.raised["after"], Superseded)


def test_what_a_shared_transaction_reads_is_not_kept_in_memory(hall: Hall):
    """The rows of the acts before it may still be rolled back with it."""
    written: list[bool] = []
    with hall.held(1):
        hall.begin("a", lambda tx: written.append(tx.is_written))
    with hall.store.writing(shares=True) as tx:
        written.append(tx.is_written)
    assert written == [True, False]
